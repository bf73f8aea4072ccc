import { holds } from '../whole/leaks.ts';
import { visiting } from './visit.ts';

const visit = visiting();

describe('Clicks', () => {
  test.each(['sameId', 'newId'])('delivered twice (%s) are one act', async (how) => {
    const { company, open } = await visit();
    const { panes, misbehaviour, picture } = await open('alex:personal');
    const [alex] = panes;

    await alex.say('lock MBP-042');
    await alex.card('Lock MBP-042?');
    await misbehaviour.choose('invoke-twice', how);
    await alex.press('Lock MBP-042?', 'Lock MBP-042');
    await alex.reads('Lock MBP-042', 'Done');
    await alex.hears('Lock MBP-042: done.');
    await picture(`click-twice-${how}`);
    expect(await company.writes()).toHaveLength(1);
    expect(await alex.root.getByText('Lock MBP-042: done.').count()).toBe(1);
  });

  test.each(['sameId', 'newId'])('on a message that was delivered twice (%s) find one card', async (how) => {
    const { company, open } = await visit();
    const { panes, misbehaviour, picture } = await open('alex:personal');
    const [alex] = panes;

    await misbehaviour.choose('message-twice', how);
    await alex.say('lock MBP-042');
    await alex.press('Lock MBP-042?', 'Lock MBP-042');
    await alex.hears('Lock MBP-042: done.');
    await picture(`message-twice-${how}`);
    expect(await company.writes()).toHaveLength(1);
  });

  test('on an old card do nothing, and tell how things stand', async () => {
    const { company, open } = await visit();
    const { panes, misbehaviour, picture } = await open('alex:personal');
    const [alex] = panes;

    await alex.say('lock MBP-042');
    await alex.card('Lock MBP-042?');
    // The card cannot be found when it is to be changed, so it stays as it was and a new one comes.
    await misbehaviour.set('updates-not-found', 1);
    await alex.press('Lock MBP-042?', 'Lock MBP-042');
    await alex.hears('Lock MBP-042: done.');
    await misbehaviour.forget();
    await alex.press('Lock MBP-042?', 'Lock MBP-042');
    await alex.cards('Lock MBP-042?').waitFor({ state: 'detached' });
    await picture('old-card-clicked');
    expect(await alex.cards('Lock MBP-042').first().innerText()).toMatch(/Done/u);
    expect(await company.writes()).toHaveLength(1);
  });

  test('of a phone that knows no Action.Execute go the whole way, PIN and all', async () => {
    const { company, open } = await visit();
    const { panes, misbehaviour, picture } = await open('alex:personal', 'megan:personal');
    const [alex] = panes;

    await misbehaviour.check('old-client');
    await alex.say('lock MBP-042');
    await alex.press('Lock MBP-042?', 'Lock MBP-042');
    await alex.reads('Lock MBP-042', 'Done');
    await alex.press('Lock MBP-042', 'Show unlock PIN');
    const secret = await alex.reads('Unlock PIN of MBP-042', /^\d{6}$/u);
    await picture('old-client-pin');
    const shown = await secret.getByText(/^\d{6}$/u).innerText();
    await alex.press('Unlock PIN of MBP-042', 'Hide it now');
    await alex.reads('Lock MBP-042', 'Done');
    expect(holds(await alex.text(), shown)).toBe(false);
    expect(holds(company.printed(), shown)).toBe(false);
    expect(await company.writes()).toHaveLength(1);
  });

  test('of a phone that knows no Action.Execute cancel too', async () => {
    const { company, open } = await visit();
    const { panes, misbehaviour, picture } = await open('megan:channel:incidents', 'alex:channel:incidents');
    const [megan, alex] = panes;

    await misbehaviour.check('old-client');
    await megan.say('@Device Desk lock MBP-042');
    await alex!.press('Lock MBP-042?', 'Lock MBP-042');
    await megan.press('Lock MBP-042?', 'Do not lock MBP-042');
    await megan.cards('Lock MBP-042').filter({ hasText: 'Cancelled' }).waitFor();
    await megan.hears(/Only Megan Bowen/u);
    await picture('old-client-cancels');
    expect(await company.writes()).toEqual([]);
  });
});
