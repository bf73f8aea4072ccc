import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inboundRates, rehearsalRates } from '../../src/teams/limits.ts';
import { SlidingWindow } from '../../src/teams/slidingWindow.ts';
import { Framework } from './framework.ts';
import { activity, channel, click, open, post, type House } from './house.ts';

let framework: Framework;
let house: House;

const rates = { window: 60_000, messages: 3, clicks: 4, refreshes: 6, conversation: 9 };
const start = Date.parse('2026-11-21T12:00:00Z');

beforeEach(async () => {
  framework = new Framework();
  await framework.start();
  house = await open(framework, { rates });
});

afterEach(async () => {
  await house.teams.stop();
  await framework.stop();
});

const sent = (body: unknown) => post(house, body, { authorization: framework.token() });
const says = (more: Record<string, unknown> = {}) => sent(activity(framework, more));
const clicks = (more: Record<string, unknown> = {}) =>
  sent(click(framework, { type: 'Action.Execute', verb: 'confirm', data: {} }, more));
const refresh = { value: { action: { type: 'Action.Execute', verb: 'refresh', data: {} }, trigger: 'automatic' } };
const after = (milliseconds: number) => (house.time.now = () => start + milliseconds);
const times = async <T>(count: number, task: () => Promise<T>): Promise<T[]> => {
  const done: T[] = [];
  while (done.length < count) done.push(await task());
  return done;
};
const told = () => framework.calls.map(({ body }) => body['text']);
const byAdele = { from: { id: '29:adele', name: 'Adele Vance', aadObjectId: '7c0a3d52-8a2e-4a63-8a39-8f5f2f3c2005' } };

const tooFast =
  'That was too fast for me. Nothing was done with this message, nor with any that follows within a minute. Wait a minute, then send it again.';

test('of too many messages the first is answered, and none is acted on until a minute has passed', async () => {
  const answers = await times(6, says);
  expect(answers.map(({ status, text }) => [status, text])).toEqual(Array(6).fill([200, '']));
  await framework.until((calls) => calls.length === 1);
  expect(house.desk.heard).toHaveLength(3);
  expect(told()).toEqual([tooFast]);
  after(59_999);
  await says();
  expect(house.desk.heard).toHaveLength(3);
  after(60_000);
  await says();
  expect(house.desk.heard).toHaveLength(4);
  await house.teams.stop();
  expect(framework.calls).toHaveLength(1);
  expect(house.log.lines.map(({ message }) => message)).toEqual([
    'more is asked than is heard; a pause of a minute begins',
  ]);
  expect(JSON.stringify(house.log.lines)).not.toMatch(/Megan|MBP-042/u);
});

test('the window slides: what came a minute ago counts no more', async () => {
  await says();
  after(30_000);
  await times(2, says);
  after(60_000);
  await says();
  expect(house.desk.heard).toHaveLength(4);
  await says();
  expect(house.desk.heard).toHaveLength(4);
});

test('another person is heard all the same, and in another chat the same person is not', async () => {
  await times(4, says);
  await says(byAdele);
  expect(house.desk.heard).toHaveLength(4);
  await says(channel);
  expect(house.desk.heard).toHaveLength(4);
});

test('a message that is delivered again is not counted again, and one that was refused stays refused', async () => {
  const one = activity(framework);
  await times(10, () => sent(one));
  await times(2, says);
  expect(house.desk.heard).toHaveLength(3);
  const refused = activity(framework);
  await sent(refused);
  after(120_000);
  await sent(refused);
  expect(house.desk.heard).toHaveLength(3);
  await says();
  expect(house.desk.heard).toHaveLength(4);
});

test('every click too many is told that nothing was done, and reaches no desk', async () => {
  const answers = await times(7, clicks);
  const words = answers.map(({ body }) => String(body['value']));
  expect(words.slice(0, 4)).toEqual(Array(4).fill('done'));
  expect(new Set(words.slice(4))).toEqual(
    new Set([
      'That was too fast for me. Nothing was done with this click, nor with any that follows within a minute. Wait a minute, then click again.',
    ]),
  );
  expect(answers.every(({ status, body }) => status === 200 && body['statusCode'] === 200)).toBe(true);
  expect(house.desk.pressed).toHaveLength(4);
});

test('a click that an older client sends as a message counts as a click, and each too many is told', async () => {
  const submit = { text: '', value: { verb: 'confirm' } };
  await times(7, () => says(submit));
  const aboutClicks = () => told().filter((text) => String(text).includes('Nothing was done with this click'));
  await framework.until(() => aboutClicks().length === 3);
  expect(house.desk.pressed).toHaveLength(4);
  const one = activity(framework, submit);
  await times(3, () => sent(one));
  await framework.until(() => aboutClicks().length === 4);
  await says();
  expect(house.desk.heard).toHaveLength(1);
});

test('what clients refresh by themselves takes nothing from clicks and messages, and has a limit of its own', async () => {
  const answers = await times(8, () => clicks(refresh));
  expect(house.desk.pressed).toHaveLength(6);
  expect(answers.at(-1)?.body['value']).toContain('This card will show how it stands');
  await clicks();
  await says();
  expect([house.desk.pressed.length, house.desk.heard.length]).toEqual([7, 1]);
});

test('a conversation has its limit, whoever speaks in it', async () => {
  const person = (number: number) => ({ id: `29:p${number}`, name: 'P', aadObjectId: `p-${number}` });
  for (let number = 0; number < 12; number += 1) await says({ ...channel, from: person(number) });
  await framework.until((calls) => calls.length === 1);
  expect(house.desk.heard).toHaveLength(9);
  expect(told()).toEqual([expect.stringMatching(/^More is asked here than I can keep up with\. Nothing was done/u)]);
  await says({ from: person(11) });
  expect(house.desk.heard).toHaveLength(10);
});

test('a thread that is full takes every click on its cards, and clicks do not fill it', async () => {
  const person = (number: number) => ({ id: `29:p${number}`, name: 'P', aadObjectId: `p-${number}` });
  for (let number = 0; number < 12; number += 1) await clicks({ ...channel, from: person(number) });
  expect(house.desk.pressed).toHaveLength(12);
  for (let number = 0; number < 12; number += 1) await says({ ...channel, from: person(number) });
  expect(house.desk.heard).toHaveLength(9);
  const { body } = await clicks({ ...channel, from: person(11) });
  expect(body['value']).toBe('done');
  expect(house.desk.pressed).toHaveLength(13);
});

test('edits count as messages, and strangers are told once why they are not heard', async () => {
  const from = { id: '29:guest', name: 'Anonymous' };
  await times(9, () => says({ from }));
  await framework.until((calls) => calls.length === 4);
  expect(told()).toEqual([...Array(3).fill('I only work with people of this organisation.'), tooFast]);
  await times(9, () => says({ ...byAdele, type: 'messageUpdate', channelData: edit }));
  await house.teams.stop();
  expect(framework.calls.filter(({ body }) => String(body['text']).includes('edited'))).toHaveLength(3);
});

const edit = { tenant: { id: '7a6a3f77-6d9e-4d5e-8a8b-0d6f5f3c2001' }, eventType: 'editMessage' };

test('one person alone never fills a conversation, and a hurried one meets no limit', () => {
  for (const each of [inboundRates, rehearsalRates]) {
    expect(each.messages).toBeLessThan(each.conversation);
    expect(each.refreshes).toBeGreaterThan(each.clicks);
  }
  // One command a second, each confirmed, and its card closed.
  expect([inboundRates.messages, inboundRates.clicks]).toEqual([60, 120]);
});

test('SECURITY.md tells these numbers', () => {
  const page = readFileSync(join(import.meta.dirname, '../../SECURITY.md'), 'utf8');
  const { messages, clicks, refreshes, conversation } = inboundRates;
  expect(page).toContain(
    `In any minute: ${messages} messages, ${clicks} clicks and ${refreshes} automatic refreshes by one person, ${conversation} messages in one conversation.`,
  );
});

test('whoever is counted is forgotten, oldest first, beyond 5,000', () => {
  const window = new SlidingWindow(1, 1_000);
  window.take('first', 0);
  expect(window.hasRoom('first', 0)).toBe(false);
  for (let number = 0; number < 5_000; number += 1) window.take(`k${number}`, 0);
  expect(window.hasRoom('first', 0)).toBe(true);
  expect(window.hasRoom('k4999', 0)).toBe(false);
});

test('a clock that is set back does not lock anybody out', () => {
  const window = new SlidingWindow(1, 1_000);
  window.take('a', 1_000_000);
  expect(window.refuse('a', 1_000_000)).toBe(true);
  expect(window.hasRoom('a', 0)).toBe(true);
});
