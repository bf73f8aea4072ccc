import type { Elsewhere } from '../../../src/model/subscription.ts';
import type { Graph } from '../../../src/ports.ts';
import { GraphFault } from '../../../src/ports.ts';
import { mac, noon } from '../../world.ts';
import { hearing, megan, thread } from './notices.ts';
import type { Hearing } from './notices.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

const audit: Elsewhere = {
  id: 'a1',
  tenantId: '',
  action: 'remoteLock',
  deviceId: mac.id,
  deviceName: 'MBP-042',
  ownerUserPrincipalName: 'adele@contoso.example',
  initiatedBy: 'megan@contoso.example',
  requestedAt: noon + minute,
  state: 'pending',
};

const denied = () => Promise.reject(new GraphFault('denied', 'no'));

/** A Graph with these audits, and what it was asked. */
async function intune(graph: Partial<Graph> = {}) {
  const all: Elsewhere[] = [];
  const asked: number[] = [];
  const looked: string[] = [];
  const at = await hearing({
    audits: async (since, limit) => {
      asked.push(since);
      return all.filter(({ requestedAt }) => requestedAt >= since).slice(0, limit);
    },
    devicesWith: async (ids) => (looked.push(...ids), ids.includes(mac.id) ? [mac] : []),
    idsOf: async (names) => new Map(names.includes('megan@contoso.example') ? [[audit.initiatedBy, megan.id]] : []),
    ...graph,
  });
  return { at, all, asked, looked };
}

/** One look at what was done elsewhere, so much later. */
async function later(at: Hearing, milliseconds: number): Promise<void> {
  at.clock.now += milliseconds;
  await at.desk.onTick();
  await at.settle();
}

test.each([
  ['actions on Macs', 1],
  ['actions on company devices', 1],
  ['actions on personal devices', 0],
  ['actions on Windows devices', 0],
])('of what is done in the portal, %s are heard by whoever asked for them: %d', async (words, count) => {
  const { at, all } = await intune();
  await at.say(`notify here about ${words}`);
  at.news();
  all.push(audit);
  await later(at, 2 * minute);
  expect(at.news()).toHaveLength(count);
});

test('what somebody does in the portal is theirs by the directory’s id', async () => {
  const { at, all } = await intune();
  at.world.messenger.whoIs = async () => ({ id: megan.id, userPrincipalName: 'm', name: 'Megan' });
  const mentions = [{ text: '@Megan Bowen', chatId: '29:megan', name: 'Megan Bowen' }];
  await at.say('notify here about what @Megan Bowen does', thread, { mentions });
  at.news();
  all.push(audit, { ...audit, id: 'a2', initiatedBy: 'admin@contoso.example' });
  await later(at, 2 * minute);
  expect(at.news()).toEqual(['post Lock MBP-042: waiting for the device']);
});

test('where Graph does not tell of the device or the person, it is told, and fits no filter that asks', async () => {
  const { at, all } = await intune({ devicesWith: denied, idsOf: denied });
  await at.say('notify here about locks');
  await at.say('notify here about actions on Macs', { ...thread, id: '19:macs@thread.tacv2' });
  all.push(audit);
  await later(at, 2 * minute);
  expect(at.told.filter((line) => line === 'post Lock MBP-042: waiting for the device')).toHaveLength(1);
  expect(await at.store.elsewhere('a1')).toMatchObject({ state: 'pending', deviceName: 'MBP-042' });
});

test('what was found out of a device stays when Intune no longer has it, and is asked for once', async () => {
  const { at, all, looked } = await intune();
  await at.say('notify here about actions on Macs');
  at.news();
  all.push(audit);
  await later(at, 2 * minute);
  at.world.graph.devicesWith = async (ids) => (looked.push(...ids), []);
  all[0] = { ...audit, state: 'done' };
  await later(at, minute);
  await later(at, minute);
  expect(at.news().at(-1)).toMatch(/^update \S+ Lock MBP-042: done$/u);
  expect(await at.store.elsewhere('a1')).toMatchObject({ platform: 'macOS', ownership: 'company' });
  expect(looked).toEqual([mac.id]);
});

test('an end that comes days later is told, and what has ended does not begin anew', async () => {
  const { at, all } = await intune();
  await at.say('notify here about anything');
  all.push(audit);
  await later(at, 2 * minute);
  await later(at, 5 * day);
  at.news();
  all[0] = { ...audit, state: 'done' };
  await later(at, 15 * minute);
  expect(at.news()).toHaveLength(1);
  all[0] = { ...audit, state: 'active' };
  await later(at, 15 * minute);
  expect(at.news()).toEqual([]);
  expect(await at.store.elsewhere('a1')).toMatchObject({ state: 'done' });
});

test('what is ended stands behind as many as may be', async () => {
  const { at, all } = await intune();
  await at.say('notify here about wipes');
  at.news();
  all.push({ ...audit, action: 'factoryReset' });
  await later(at, 2 * minute);
  const others = Array.from({ length: 1_200 }, (_, index) => ({
    ...audit,
    id: `o${index}`,
    requestedAt: at.clock.now,
  }));
  all.splice(0, 1, ...others, { ...audit, action: 'factoryReset', state: 'failed' });
  at.news();
  await later(at, minute);
  expect(at.news()).toEqual([expect.stringMatching(/^update .* Wipe MBP-042: failed$/u)]);
});

test('each look goes back a day, now and then one goes back to the oldest that has not ended, a week at most', async () => {
  const { at, all, asked } = await intune();
  await at.say('notify here about anything');
  await later(at, 1);
  all.push({ ...audit, requestedAt: noon + 10 * minute });
  await later(at, day + minute);
  asked.splice(0);
  await later(at, 2 * day);
  for (let looks = 0; looks < 11; looks += 1) await later(at, minute);
  const now = at.clock.now;
  const short = Array.from({ length: 9 }, (_, index) => now - (10 - index) * minute - day);
  expect(asked).toEqual([noon + 10 * minute, ...short, noon + 10 * minute, now - day]);
  await later(at, 9 * day);
  expect(asked.at(-1)).toBe(at.clock.now - 7 * day);
});

test('after a time in which nothing could be read, all of that time is read', async () => {
  const { at, asked, all } = await intune();
  await at.say('notify here about anything');
  await later(at, minute);
  const { audits } = at.world.graph;
  at.world.graph.audits = denied;
  for (let hours = 0; hours < 3; hours += 1) await later(at, day);
  Object.assign(at.world.graph, { audits });
  at.news();
  all.push({ ...audit, requestedAt: noon + 2 * 60 * minute });
  await later(at, minute);
  expect(asked.at(-1)).toBe(noon);
  expect(at.news()).toHaveLength(1);
});

test('what stands written already costs one look at the store, and devices are asked about together', async () => {
  const { at, all } = await intune();
  await at.say('notify here about wipes');
  const { operationsOn } = at.store;
  const reads: number[] = [];
  at.store.operationsOn = async (ids, since) => (reads.push(ids.length), operationsOn(ids, since));
  at.store.operationsOf = () => Promise.reject(new Error('not one by one'));
  all.push(...Array.from({ length: 60 }, (_, index) => ({ ...audit, id: `a${index}`, deviceId: `d${index}` })));
  await later(at, 2 * minute);
  await later(at, minute);
  expect(reads).toEqual([60]);
});

test('a Graph that takes its time holds up nothing, and is not asked a second time meanwhile', async () => {
  let answer: (audits: readonly Elsewhere[]) => void = () => undefined;
  let asked = 0;
  const { at } = await intune({ audits: () => ((asked += 1), new Promise((resolve) => (answer = resolve))) });
  await at.say('notify here about anything');
  at.news();
  for (let ticks = 0; ticks < 4; ticks += 1) {
    at.clock.now += 2 * minute;
    expect(await at.desk.onTick()).toBe(0);
  }
  while (asked === 0) await new Promise((resolve) => setImmediate(resolve));
  answer([audit]);
  await at.settle();
  expect(asked).toBe(1);
  expect(at.news()).toHaveLength(1);
});

test('where Graph refuses it, the card of the subscriptions says so', async () => {
  const { at } = await intune({ auditsDeniedSince: () => noon });
  const card = async () => {
    await at.say('subscriptions');
    return JSON.stringify(at.posts.at(-1)?.content);
  };
  const line = 'What is done elsewhere cannot be read at present: Graph refuses it.';
  expect(await card()).not.toContain(line);
  await at.say('notify here about anything');
  expect(await card()).toContain(line);
  at.world.graph.auditsDeniedSince = () => undefined;
  expect(await card()).not.toContain(line);
});
