import type { Operation } from '../../../src/model/operation.ts';
import { alex } from '../../world.ts';
import { group, hearing, megan, ops } from './notices.ts';
import type { Hearing } from './notices.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

async function told(at: Hearing): Promise<string> {
  await at.desk.onTick();
  await at.settle();
  return JSON.stringify(at.posts.findLast(({ to }) => to === ops.id)?.content);
}

test('names what ended in the last day, whenever it was asked for, and counts what is still under way', async () => {
  const at = await hearing();
  const old = await at.accepted('old');
  await at.accepted('longing');
  await at.finish(await at.accepted('before'), 'failed');
  at.clock.now += 3 * day;
  await at.say('daily summary at 10:05', ops);
  await at.finish(old, 'failed');
  at.clock.now += 5 * minute;
  const text = await told(at);
  expect(text).toContain('The last 24 hours: 0 actions were confirmed.');
  expect(text).toContain('"title":"Failed","value":"1"');
  expect(text).toContain('"title":"Under way","value":"1"');
  expect(text).toContain('Details of Lock MBP-old');
  expect(text).not.toContain('MBP-before');
  expect(text).toContain('2 more were asked for earlier, and ended only now or are still under way.');
});

test('of many places at the same time is counted once, and at another time anew', async () => {
  const at = await hearing();
  const places = Array.from({ length: 45 }, (_, index) => ({ ...group, id: `19:${index}@thread.v2` }));
  for (const place of places) await at.say('daily summary at 10:05', place);
  await at.say('daily summary at 10:20', ops);
  const { operationsOf } = at.store;
  let reads = 0;
  at.store.operationsOf = async (...asked) => ((reads += 1), operationsOf(...asked));
  at.clock.now += 5 * minute;
  while ((await at.desk.onTick()) > 0) await at.settle();
  const summaries = () => at.posts.filter(({ content }) => JSON.stringify(content).includes('The last 24 hours'));
  expect(summaries()).toHaveLength(45);
  expect(reads).toBe(3);
  await at.finish(await at.accepted('new'));
  at.clock.now += 15 * minute;
  expect(await told(at)).toContain('The last 24 hours: 1 action was confirmed.');
  expect(reads).toBe(6);
});

describe('a place that is gone for good', () => {
  const megans = { person: megan };
  const lines = (at: Hearing) => at.told.filter((line) => line.includes('I can no longer post'));
  const goneFrom = async (): Promise<Hearing> => {
    const { Unreachable } = await import('../../../src/ports.ts');
    const at = await hearing();
    await at.say('notify here about locks', ops);
    await at.say('notify here about anything', ops);
    await at.say('notify here about failed actions', ops, megans);
    at.before = async (_what, _content, place) => {
      if (place.id.startsWith(ops.id)) throw new Unreachable('403');
    };
    return at;
  };

  test('is told once to each who asked for something there, in their own chat, and noted', async () => {
    const at = await goneFrom();
    const failing: Operation = await at.accepted('1');
    await at.accepted('2');
    await at.finish(failing, 'failed');
    at.clock.now += 3 * minute;
    await at.accepted('3');
    expect(lines(at)).toHaveLength(2);
    expect(lines(at)[0]).toContain('a channel where you asked me to tell about “locks”, “anything”');
    expect(at.posts.filter(({ to }) => to === ops.id)).toHaveLength(3);
    const noted = (await at.store.entries()).filter(({ event }) => event === 'placeGone');
    expect(noted.map(({ personId, note }) => [personId, note])).toEqual([
      [alex.id, `${ops.id}: 3 subscriptions`],
      [megan.id, `${ops.id}: 3 subscriptions`],
    ]);
  });

  test('where nobody asked for anything, nobody is told', async () => {
    const at = await goneFrom();
    await at.store.unsubscribe(
      (await at.store.subscriptions()).map(({ id }) => id),
      { at: at.clock.now, event: 'unsubscribed', tenantId: 't', personId: '' },
    );
    const operation = await at.accepted('1', { place: { ...ops }, asker: alex });
    await at.finish(operation);
    expect(lines(at)).toEqual([]);
  });
});
