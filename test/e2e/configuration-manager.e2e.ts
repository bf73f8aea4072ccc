import { visiting } from './visit.ts';

const visit = visiting();

describe('Refreshing policy', () => {
  test.each([
    ['LT-119', /-2147024891 \(0x80070005\)/u, /denied/iu],
    ['LT-120', /\b1 \(0x00000001\)/u, /publishes no meaning/iu],
  ])('on %s: delivery and state side by side, and the error code in decimal and hex', async (name, code, meaning) => {
    const { company, open } = await visit();
    const { panes, picture } = await open('alex:personal');
    const [alex] = panes;

    await alex.say(`refresh policy on ${name}`);
    await alex.press(`Refresh machine policy on ${name}?`, `Refresh policy on ${name}`);
    const card = await alex.reads(`Refresh machine policy on ${name}`, 'Failed');
    await alex.hears(`Refresh machine policy on ${name}: failed.`);
    await picture(`refresh-${name}`);
    await card.getByRole('heading', { name: 'Delivery' }).waitFor();
    expect(await card.innerText()).toMatch(/Waiting to be delivered[^]*connector service[^]*on-premises server/u);
    expect(await card.innerText()).toMatch(code);
    expect(await card.innerText()).toMatch(meaning);
    expect(await company.writes()).toHaveLength(1);
  });

  test('on LT-118: not delivered is told as that', async () => {
    const { open } = await visit();
    const { panes, picture } = await open('alex:personal');
    const [alex] = panes;
    await alex.say('refresh policy on LT-118');
    await alex.press('Refresh machine policy on LT-118?', 'Refresh policy on LT-118');
    await alex.reads('Refresh machine policy on LT-118', 'Failed');
    await picture('refresh-LT-118');
  });

  test('user policy is chosen on the card, and that is what is sent', async () => {
    const { company, open } = await visit();
    const { panes, picture } = await open('alex:personal');
    const [alex] = panes;

    await alex.say('refresh policy on LT-117');
    const card = await alex.card('Refresh machine policy on LT-117?');
    await card.getByLabel('Which policy').selectOption('User policy');
    await picture('refresh-user-policy-chosen');
    await card.getByRole('button', { name: 'Refresh policy on LT-117', exact: true }).click();
    await alex.reads('Refresh user policy on LT-117', 'Done');
    await picture('refresh-LT-117');
    expect(await company.writes()).toMatchObject([
      { body: { configurationManagerAction: { action: 'refreshUserPolicy' } } },
    ]);
  });
});
