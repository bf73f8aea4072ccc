import { authorise } from '../../../src/flow/may/authorise.ts';
import type { Wanted } from '../../../src/flow/may/decide.ts';
import type { World } from '../../../src/flow/world.ts';
import { policyOfGroup } from '../../../src/model/policy.ts';
import type { Policy, Role } from '../../../src/model/policy.ts';
import { GraphFault } from '../../../src/ports.ts';
import type { Graph, Standing } from '../../../src/ports.ts';
import { StoreFault } from '../../../src/storePort.ts';
import { alex, mac, memoryStore, noGraph, noon, worldOf } from '../../world.ts';

const firstLine: Role = {
  name: 'firstLine',
  groups: ['first'],
  may: [{ name: 'firstLine.may[0]', line: 7, actions: ['remoteLock'], platforms: ['macOS'], perHour: 2 }],
  history: 'own',
  subscriptions: false,
};
const policy: Policy = { ...policyOfGroup('lead'), roles: [...policyOfGroup('lead').roles, firstLine] };

async function at(standing: Graph['standing'], parts: Partial<World> = {}) {
  const clock = { now: noon };
  const store = await memoryStore({ now: () => clock.now });
  const graph: Graph = { ...noGraph, standing };
  const world = await worldOf({ graph, store, policy: () => policy, clock: { now: () => clock.now }, ...parts });
  const ask = (wanted?: Wanted, person = alex) => authorise(world, person, 'Lock MBP-042', wanted);
  const denials = async () => (await store.entries()).map(({ event, note, action }) => [event, note, action]);
  return { world, store, clock, ask, denials };
}

const member =
  (...groups: readonly string[]): Graph['standing'] =>
  async () => ({ is: 'member', groups });
const lock: Wanted = { action: 'remoteLock', device: mac };

test.each<[string, Standing, string]>([
  ['a member of no group', { is: 'member', groups: [] }, 'noRole'],
  ['a member of a group that no role has', { is: 'member', groups: ['other'] }, 'noRole'],
  ['a guest', { is: 'guest' }, 'guest'],
  ['nobody', { is: 'unknown' }, 'unknownPerson'],
])('%s may not even ask', async (_who, standing, code) => {
  const { ask, denials } = await at(async () => standing);
  expect(await ask()).toMatchObject({ refusal: { code, understood: 'Lock MBP-042' }, roles: [] });
  expect(await ask(lock)).toMatchObject({ refusal: { code } });
  expect(await denials()).toEqual([
    ['denied', code, undefined],
    ['denied', code, 'remoteLock'],
  ]);
});

test('a look-up that fails is a no', async () => {
  const { ask, denials } = await at(() => Promise.reject(new GraphFault('throttled', 'busy')));
  expect(await ask(lock)).toMatchObject({ refusal: { code: 'roleUnknown' }, roles: [] });
  expect(await denials()).toEqual([['denied', 'roleUnknown', 'remoteLock']]);
});

test('a slip of ours is no verdict', async () => {
  const { ask } = await at(() => Promise.reject(new TypeError('a slip')));
  await expect(ask(lock)).rejects.toThrow('a slip');
});

test('the rule that allows it is answered, with the roles', async () => {
  const { ask, denials } = await at(member('first'));
  expect(await ask()).toEqual({ roles: [firstLine], rule: undefined });
  expect(await ask(lock)).toEqual({ roles: [firstLine], rule: firstLine.may[0] });
  expect(await denials()).toEqual([]);
});

test('all groups of the policy are asked about, and nobody else’s', async () => {
  const asked: (readonly string[])[] = [];
  const { ask } = await at(async (_person, groups) => (asked.push(groups), { is: 'member', groups: ['lead'] }));
  await ask();
  expect(asked).toEqual([['lead', 'first']]);
});

test('a policy that has changed counts from the next question on', async () => {
  const now = { policy };
  const { ask } = await at(member('first'), { policy: () => now.policy });
  expect((await ask(lock)).refusal).toBeUndefined();
  now.policy = { ...policy, protected: { devices: [mac.id], people: [] } };
  expect((await ask(lock)).refusal).toMatchObject({ code: 'protected' });
});

test('ceilings count what the store remembers, of this person', async () => {
  const asked: unknown[] = [];
  const { world, store, ask } = await at(member('first'));
  store.confirmedSince = async (...about) => {
    asked.push(about);
    return [noon - 1, noon - 2].map((when) => ({ action: 'remoteLock', at: when }));
  };
  expect((await ask(lock)).refusal).toMatchObject({ code: 'ceiling' });
  expect(asked).toEqual([[alex.id, noon - 24 * 60 * 60_000]]);
  expect((await ask({ ...lock, isConfirmed: true })).refusal).toBeUndefined();
  expect(asked).toHaveLength(1);
  expect(world.policy()).toBe(policy);
});

test('a denial is written down once in a minute, by person, action, device and reason', async () => {
  const { ask, clock, store } = await at(member('first'));
  const reprovision: Wanted = { action: 'reprovision', device: mac };
  for (let times = 0; times < 100; times += 1) await ask(reprovision);
  await ask({ action: 'changeAssignments' });
  await ask({ ...reprovision, device: { ...mac, id: 'other-device' } });
  await ask({ action: 'remoteLock', device: { ...mac, platform: 'iOS' } });
  store.confirmedSince = async () => [noon, noon].map((when) => ({ action: 'remoteLock', at: when }));
  await ask(lock);
  await ask(reprovision, { ...alex, id: 'megan-id' });
  clock.now += 59_999;
  await ask(reprovision);
  clock.now += 1;
  await ask(reprovision);
  expect(
    (await store.entries()).map(({ at: when, event, personId, action, deviceId, note }) => [
      when - noon,
      event,
      personId,
      action,
      deviceId,
      note,
    ]),
  ).toEqual([
    [0, 'denied', alex.id, 'reprovision', mac.id, 'notYourAction'],
    [0, 'denied', alex.id, 'changeAssignments', undefined, 'notYourAction'],
    [0, 'denied', alex.id, 'reprovision', 'other-device', 'notYourAction'],
    [0, 'denied', alex.id, 'remoteLock', mac.id, 'notYourPlatform'],
    [0, 'denied', alex.id, 'remoteLock', mac.id, 'ceiling'],
    [0, 'denied', 'megan-id', 'reprovision', mac.id, 'notYourAction'],
    [60_000, 'denied', alex.id, 'reprovision', mac.id, 'notYourAction'],
  ]);
});

test('of one person ten are written down in a minute, whatever they try', async () => {
  const { ask, clock, denials } = await at(member('first'));
  const tryOn = (number: number) => ask({ action: 'reprovision', device: { ...mac, id: `device-${number}` } });
  for (let number = 0; number < 50; number += 1) await tryOn(number);
  expect(await denials()).toHaveLength(10);
  await ask({ action: 'reprovision', device: mac }, { ...alex, id: 'megan-id' });
  expect(await denials()).toHaveLength(11);
  clock.now += 60_000;
  for (let number = 0; number < 50; number += 1) await tryOn(number);
  expect(await denials()).toHaveLength(21);
});

test('a no that cannot be written down is a no', async () => {
  const { ask, store } = await at(member('first'));
  store.journal = () => Promise.reject(new StoreFault('full', 'no room'));
  expect((await ask({ action: 'reprovision' })).refusal).toMatchObject({ code: 'notYourAction' });
});
