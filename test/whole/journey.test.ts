import { cardSaying, cardWith, heard, press } from './acts.ts';
import { openHouse } from './house.ts';
import type { House } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.stop());

test('a Mac is locked, and its PIN shown to the one who asked', async () => {
  const { answers } = await house.chat.say('alex', 'personal', 'lock MBP-042');
  expect(answers).toMatchObject([{ status: 200 }]);
  expect(await press(house, 'alex', 'personal', 'Lock MBP-042')).toMatchObject({ shown: 'card' });
  await heard(house, 'alex', 'personal', 'Lock MBP-042: done.');
  const shown = await press(house, 'alex', 'personal', 'Show unlock PIN');
  const [pin] = house.tenant.issuedSecrets().filter((secret) => JSON.stringify(shown.card).includes(`"${secret}"`));
  expect(pin).toMatch(/^\d{6}$/u);
  await press(house, 'alex', 'personal', 'Hide it now');
  await cardWith(house, 'alex', 'personal', 'Show unlock PIN');
  expect(house.writes()).toHaveLength(1);
  expect(house.chat.connectorCalls().every(({ authorization }) => authorization === 'Bearer ours')).toBe(true);
  const events = (await house.store.entries()).map(({ event }) => event);
  // By the clock or by the click, whichever comes first.
  expect(events).toContain('secretKept');
  expect(events.filter((event) => event !== 'secretKept')).toEqual([
    'asked',
    'confirmed',
    'sending',
    'accepted',
    'finished',
    'secretAsked',
    'secretViewed',
  ]);
});

test('what is asked in a thread is answered in that thread', async () => {
  const { thread } = await house.chat.say('megan', 'channel:incidents', 'lock MBP-042');
  await press(house, 'megan', 'channel:incidents', 'Lock MBP-042');
  await heard(house, 'megan', 'channel:incidents', 'Lock MBP-042: done.');
  const said = house.chat.messages('channel:incidents').filter(({ from }) => from === 'bot');
  expect(said.map((message) => message.thread)).toEqual(said.map(() => thread));
  expect(await cardSaying(house, 'megan', 'channel:incidents', 'delivered privately')).toMatchObject({ thread });
});

test('the app comes to a group without anybody asking, and nobody is spoken to', async () => {
  await house.chat.faults.removeApp('group');
  const answers = await house.chat.faults.addApp('group');
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  await house.chat.idle();
  expect(house.chat.messages('group')).toEqual([]);
});

test('an edit, a reaction and a message taken back do nothing; of an edit one is told so', async () => {
  const { messageId } = await house.chat.say('alex', 'personal', 'help');
  await house.chat.until('personal', (all) => all.length === 2);
  await house.chat.edit('alex', 'personal', messageId, 'lock MBP-042');
  await house.chat.react('alex', 'personal', messageId, 'like');
  await house.chat.remove('alex', 'personal', messageId);
  await house.chat.idle();
  const [, , told, ...more] = house.chat.messages('personal', 'alex');
  expect(told?.text).toMatch(/edited/u);
  expect(more).toEqual([]);
  expect(await house.store.entries()).toEqual([]);
});
