import { cardWith, buttonOf, heard } from './acts.ts';
import { openHouse } from './house.ts';
import type { House } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.stop());

const confirmed = async (ids: readonly string[]) => {
  const { activity } = await house.chat.say('alex', 'personal', 'lock MBP-042');
  const card = await cardWith(house, 'alex', 'personal', 'Lock MBP-042');
  const { verb, data } = buttonOf(card, 'Lock MBP-042');
  const { text: _text, attachments: _attachments, ...base } = activity;
  const value = { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' };
  const invoke = { ...base, type: 'invoke', name: 'adaptiveCard/action', replyToId: card.id, value };
  const responses = await Promise.all(ids.map((id) => house.chat.deliver({ ...invoke, id })));
  return Promise.all(responses.map(async (response) => ({ status: response.status, body: await response.json() })));
};

const cardAnswer = { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' } };

test.each([
  ['the same id', ['f:1', 'f:1', 'f:1', 'f:1', 'f:1', 'f:1']],
  ['new ids', ['f:1', 'f:2', 'f:3', 'f:4', 'f:5', 'f:6']],
])('a click delivered six times at once with %s is one act, and each delivery gets a card', async (_how, ids) => {
  const answers = await confirmed(ids);
  expect(answers).toMatchObject(ids.map(() => cardAnswer));
  await heard(house, 'alex', 'personal', 'Lock MBP-042: done.');
  await house.chat.idle();
  expect(house.writes()).toHaveLength(1);
  expect(house.chat.messages('personal', 'alex').filter(({ text }) => text === 'Lock MBP-042: done.')).toHaveLength(1);
});

test('the same delivery again, long after it ended, is told how things stand', async () => {
  await confirmed(['f:1']);
  await heard(house, 'alex', 'personal', 'Lock MBP-042: done.');
  const [card] = house.chat.messages('personal', 'alex').filter((message) => message.card);
  expect(JSON.stringify(card?.card)).toMatch(/Done/u);
  expect(house.writes()).toHaveLength(1);
});

test('a message delivered six times at once is one question', async () => {
  const { activity } = await house.chat.say('alex', 'personal', 'help');
  await house.chat.until('personal', (all) => all.length === 2);
  const message = { ...activity, id: '1795300000001', text: 'lock MBP-042' };
  const answers = await Promise.all(Array.from({ length: 6 }, () => house.chat.deliver(message)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  await cardWith(house, 'alex', 'personal', 'Lock MBP-042');
  await house.chat.idle();
  expect(house.chat.messages('personal', 'alex').filter(({ from }) => from === 'bot')).toHaveLength(2);
  expect((await house.store.entries()).filter(({ event }) => event === 'asked')).toHaveLength(1);
});

test('two people confirm the same deed at the same moment: one act, and the other is told', async () => {
  await house.chat.say('alex', 'personal', 'lock MBP-042');
  await house.chat.say('megan', 'personal', 'lock MBP-042');
  const cards = {
    alex: await cardWith(house, 'alex', 'personal', 'Lock MBP-042'),
    megan: await cardWith(house, 'megan', 'personal', 'Lock MBP-042'),
  };
  await Promise.all(
    (['alex', 'megan'] as const).map((who) => house.chat.press(who, 'personal', cards[who].id, 'Lock MBP-042')),
  );
  await house.chat.until('personal', (all) => all.some(({ text }) => text === 'Lock MBP-042: done.'), 10_000);
  await house.chat.idle();
  expect(house.writes()).toHaveLength(1);
});
