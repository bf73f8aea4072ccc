import { visiting } from './visit.ts';

const visit = visiting();

describe('When Teams misbehaves', () => {
  test.each([
    ['429', 2],
    ['429-after', 1],
    ['429-after', 2],
    ['502', 2],
    ['503', 1],
    ['412', 1],
  ])('%s, %d times: the card still arrives', async (answer, times) => {
    const { open } = await visit();
    const { panes, misbehaviour } = await open('alex:personal');
    const [alex] = panes;

    await misbehaviour.answer(answer, times);
    await alex.say('lock MBP-042');
    await alex.card('Lock MBP-042?');
  });

  test('a 502 at the end of the journey: the result still arrives', async () => {
    const { company, open } = await visit();
    const { panes, misbehaviour, picture } = await open('alex:personal');
    const [alex] = panes;

    await alex.say('lock MBP-042');
    await alex.card('Lock MBP-042?');
    await misbehaviour.answer('502', 2);
    await alex.press('Lock MBP-042?', 'Lock MBP-042');
    await alex.reads('Lock MBP-042', 'Done');
    await alex.hears('Lock MBP-042: done.');
    await picture('bad-gateway');
    expect(await company.writes()).toHaveLength(1);
  });

  test('a card that is gone when it is to be changed is sent anew', async () => {
    const { company, open } = await visit();
    const { panes, misbehaviour, picture } = await open('megan:channel:general', 'alex:channel:general');
    const [megan, alex] = panes;

    await megan.say('@Device Desk refresh policy on LT-117');
    await megan.card('Refresh machine policy on LT-117?');
    await misbehaviour.set('updates-not-found', 1);
    await megan.press('Refresh machine policy on LT-117?', 'Refresh policy on LT-117');
    await alex!.reads('Refresh machine policy on LT-117', 'Done');
    await alex!.hears('Refresh machine policy on LT-117: done.');
    await picture('card-sent-anew');
    expect(await alex!.root.getByTestId('thread').count()).toBe(1);
    expect(await company.writes()).toHaveLength(1);
  });
});
