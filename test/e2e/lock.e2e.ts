import { holds } from '../whole/leaks.ts';
import type { Pane } from './pane.ts';
import { visiting } from './visit.ts';

const visit = visiting();
const pin = /^\d{6}$/u;
const sixDigits = /\b\d{6}\b/u;

/** Clicks for the PIN, reads it, and hides it again. */
async function learnPin(pane: Pane): Promise<string> {
  await pane.press('Unlock PIN of MBP-042', 'Show unlock PIN');
  const secret = await pane.reads('Unlock PIN of MBP-042', pin);
  const shown = await secret.getByText(pin).innerText();
  await secret.getByRole('button', { name: 'Hide it now' }).click();
  await secret.getByRole('button', { name: 'Show unlock PIN' }).waitFor();
  return shown;
}

describe('Locking a Mac', () => {
  test('in the own chat: looked at, confirmed, done; the PIN comes at a click and goes at a click', async () => {
    const { company, open } = await visit();
    const { panes, picture } = await open('alex:personal');
    const [alex] = panes;

    await alex.say('lock MBP-042');
    await alex.reads('Lock MBP-042?', 'C02XK1ABJG5H');
    await picture('lock-confirm');
    await alex.press('Lock MBP-042?', 'Lock MBP-042');
    await alex.reads('Lock MBP-042', 'Done');
    await alex.hears('Lock MBP-042: done.');
    await picture('lock-result');
    await alex.press('Lock MBP-042', 'Details');
    await picture('lock-details');
    expect(await alex.text()).not.toMatch(sixDigits);

    await alex.press('Lock MBP-042', 'Show unlock PIN');
    const secret = await alex.reads('Unlock PIN of MBP-042', pin);
    await picture('lock-pin');
    const shown = await secret.getByText(pin).innerText();
    await secret.getByRole('button', { name: 'Hide it now' }).click();
    await alex.reads('Lock MBP-042', 'Done');
    expect(holds(await alex.text(), shown)).toBe(false);
    expect(holds(company.printed(), shown)).toBe(false);
    expect(await company.writes()).toMatchObject([{ path: expect.stringMatching(/\/remoteLock$/u), status: 204 }]);
  });

  test('in a channel: a colleague sees it and cannot touch it, and the PIN never comes near it', async () => {
    const { company, open } = await visit();
    const channel = await open('megan:channel:incidents', 'alex:channel:incidents');
    const own = await open('megan:personal');
    const [megan, alex] = channel.panes;
    if (!alex) throw new Error('Alex is not there');
    const [meganAlone] = own.panes;

    await megan.mention('', 'Device Desk', 'lock device MBP-042');
    const asked = await alex.card('Lock MBP-042?');
    const thread = await asked.locator('xpath=ancestor::*[@data-testid="thread"]').getAttribute('data-thread-id');
    await alex.press('Lock MBP-042?', 'Lock MBP-042');
    await alex.hears(/Only Megan Bowen/u);
    await channel.picture('channel-colleague-clicks');
    expect(await company.writes()).toEqual([]);

    await megan.press('Lock MBP-042?', 'Lock MBP-042');
    for (const pane of [megan, alex]) {
      const inThread = pane.root.locator(`[data-thread-id="${thread}"]`);
      await inThread.getByText('Lock MBP-042: done.').waitFor();
      await inThread.getByText(/delivered privately: Megan Bowen/u).waitFor();
      expect(await pane.root.getByRole('button', { name: 'Show unlock PIN' }).count()).toBe(0);
    }
    await channel.picture('channel-result');

    const shown = await learnPin(meganAlone);
    await own.picture('channel-pin-in-own-chat');
    for (const pane of [megan, alex]) expect(holds(await pane.text(), shown)).toBe(false);
    for (const pane of [megan, alex]) expect(await pane.text()).not.toMatch(sixDigits);
    expect(holds(company.printed(), shown)).toBe(false);
    expect(await company.writes()).toHaveLength(1);
  });

  test('by somebody without an own chat: the channel says how to open one, and opening it is enough', async () => {
    const { open } = await visit();
    const { panes, picture } = await open('isaiah:channel:general', 'megan:channel:general');
    const [isaiah] = panes;

    await isaiah.say('@Device Desk lock MBP-042');
    await isaiah.press('Lock MBP-042?', 'Lock MBP-042');
    await isaiah.reads('Lock MBP-042', /open that chat/iu);
    await picture('no-own-chat');
    await isaiah.go('personal');
    await isaiah.card('Unlock PIN of MBP-042');
    await picture('own-chat-opened');
    await learnPin(isaiah);
    await isaiah.go('channel:general');
    await isaiah.reads('Lock MBP-042', /delivered privately: Isaiah Langer/u);
  });

  test('cancelled: nothing is sent, and the card says so', async () => {
    const { company, open } = await visit();
    const { panes, picture } = await open('alex:group', 'megan:group');
    const [alex, megan] = panes;

    await alex.say('@Device Desk lock MBP-042');
    await alex.press('Lock MBP-042?', 'Do not lock MBP-042');
    for (const pane of [alex, megan!]) await pane.reads('Lock MBP-042', 'Cancelled');
    await picture('cancelled');
    expect(await company.writes()).toEqual([]);
  });
});
