import { people } from '../../src/sandbox/company.ts';
import type { PersonKey, RoomKey } from '../../src/sandbox/chat/rooms.ts';
import { cardSaying, cardWith, press } from './acts.ts';
import { openHouse } from './house.ts';
import type { House } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse(undefined, ['remoteLock']);
}, 60_000);
afterEach(() => house.stop());

const lock = async (who: PersonKey, room: RoomKey, name = 'MBP-042') => {
  await house.chat.say(who, room, `lock ${name}`);
  return press(house, who, room, `Lock ${name}`);
};
/** In whose names Graph was called to act. */
const actedAs = () => house.writes().map(({ as }) => as);
/** A JWT, of whomever. */
const token = /eyJ[\w-]+\.[\w-]+/u;

test.each<[PersonKey, RoomKey]>([
  ['megan', 'personal'],
  ['alex', 'channel:general'],
])('%s, in %s: signed in by the click itself, and done in their name', async (who, room) => {
  const { answers, shown } = await lock(who, room);
  expect(shown).toBe('card');
  expect(answers.map(({ status, body }) => [status, (body as { statusCode: number }).statusCode])).toEqual([
    [200, 401],
    [200, 200],
  ]);
  const card = await cardSaying(house, who, room, 'Graph called as');
  expect(JSON.stringify(card.card)).toContain(`"title":"Graph called as","value":"${people[who].displayName}"`);
  expect(actedAs()).toEqual([people[who].id]);
  const sending = (await house.store.entries()).filter(({ event }) => event === 'sending');
  expect(sending).toMatchObject([{ as: 'person', personId: people[who].id }]);
});

test('whose own Intune role is too small is told that it is theirs', async () => {
  await lock('isaiah', 'group');
  const card = await cardSaying(house, 'isaiah', 'group', 'their Intune role does not allow it');
  expect(JSON.stringify(card.card)).toContain('Ask your Intune admin for a role that allows it');
  expect(house.writes().map(({ status }) => status)).toEqual([403]);
});

test('nobody has consented: nothing is sent, and the card says whom to ask', async () => {
  house.tenant.consent(false);
  await lock('megan', 'personal');
  await cardSaying(house, 'megan', 'personal', 'grant admin consent for Device Desk');
  expect(house.writes()).toEqual([]);
});

test('a client that cannot sign in: nothing is done, and the button is still there', async () => {
  house.chat.faults.noSignIn = true;
  expect(await lock('megan', 'personal')).toMatchObject({ shown: 'failure' });
  house.chat.faults.noSignIn = false;
  expect(await press(house, 'megan', 'personal', 'Lock MBP-042')).toMatchObject({ shown: 'card' });
  await house.chat.idle();
  expect(actedAs()).toEqual([people.megan.id]);
});

test('an old client is told where it works', async () => {
  house.chat.faults.oldClient = true;
  await lock('megan', 'personal');
  const messages = await house.chat.until(
    'personal',
    (all) => all.some(({ text }) => text?.includes('this Teams app cannot sign you in') === true),
    10_000,
    'megan',
  );
  expect(messages.at(-1)?.text).toContain('Open this chat in Teams on your computer');
  expect(house.writes()).toEqual([]);
  await cardWith(house, 'megan', 'personal', 'Lock MBP-042');
});

test('no token in what is logged, remembered, or said to anybody', async () => {
  await lock('megan', 'personal');
  await cardWith(house, 'megan', 'personal', 'Show unlock PIN');
  await lock('isaiah', 'group', 'MBP-055');
  await house.chat.idle();
  const operations = await house.store.operationsOf({}, 100);
  const remembered = JSON.stringify([await house.store.entries(), operations]);
  expect(operations).toHaveLength(2);
  expect(house.logged()).not.toBe('');
  for (const text of [house.logged(), remembered, JSON.stringify(house.chat.connectorCalls())])
    expect(text).not.toMatch(token);
});
