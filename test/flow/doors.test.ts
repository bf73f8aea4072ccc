import { policyOfGroup } from '../../src/model/policy.ts';
import type { Policy, Rule } from '../../src/model/policy.ts';
import type { Device } from '../../src/model/device.ts';
import { channel, mac, noon } from '../world.ts';
import { lockResult, scene } from './scene.ts';

const all = policyOfGroup('helpdesk-id');

/** The helpdesk may lock Macs, and what else is said. */
function ruled(further: Partial<Rule> = {}): Policy {
  const rule: Rule = { name: 'helpdesk.may[0]', line: 5, actions: ['remoteLock'], platforms: ['macOS'], ...further };
  return { ...all, roles: all.roles.map((role) => ({ ...role, may: [rule] })) };
}

/** A scene in which policy and device can change at any time. */
async function opened(policy: Policy = ruled()) {
  const now = { policy, device: mac };
  const at = await scene({
    world: { policy: () => now.policy },
    graph: {
      findDevices: async () => [now.device],
      inspect: async () => ({ device: now.device, results: at.results }),
    },
  });
  return { at, now };
}

type At = Awaited<ReturnType<typeof opened>>['at'];

async function click(at: At, ...asked: Parameters<At['press']>) {
  const answered = await at.desk.onButton(at.press(...asked));
  await answered.afterwards?.();
  await at.settle();
  return 'text' in answered.content ? answered.content.text : answered.content.summary;
}

const notes = async (at: At) => (await at.store.entries()).map(({ event, note }) => [event, note]);
const late: Partial<Rule> = { hours: { from: 0, to: 1, days: [0], timeZone: 'UTC' } };

test.each<[string, Policy, string]>([
  ['the device is protected', { ...ruled(), protected: { devices: [mac.id], people: [] } }, 'protected'],
  ['its owner is protected', { ...ruled(), protected: { devices: [], people: [mac.owner.id] } }, 'protected'],
  ['the action is taken from the role', ruled({ actions: ['reprovision'] }), 'notYourAction'],
  ['the platform is', ruled({ platforms: ['windows'] }), 'notYourPlatform'],
  ['the ownership is', ruled({ ownership: ['personal'] }), 'notYourOwnership'],
  ['the hours are over', ruled(late), 'notNow'],
  ['the role goes to others', { ...ruled(), roles: [] }, 'noRole'],
])(
  'between card and click, %s: the click is refused, written down, and nothing is sent',
  async (_what, policy, code) => {
    const { at, now } = await opened();
    const operation = await at.ask();
    now.policy = policy;
    await click(at, operation, 'confirm');
    expect(at.sent).toEqual([]);
    expect((await at.now(operation)).state.is).toBe('proposed');
    expect((await notes(at)).slice(1)).toEqual([['denied', code]]);
  },
);

test.each<[string, Partial<Device>]>([
  ['ownership', { ownership: 'personal' }],
  ['owner', { owner: { ...mac.owner, id: 'somebody-else' } }],
])('between click and call, its %s changes in Intune: nothing is sent', async (_what, further) => {
  const { at, now } = await opened(ruled({ ownership: ['company'] }));
  const operation = await at.ask();
  now.device = { ...mac, ...further };
  await click(at, operation, 'confirm');
  expect(at.sent).toEqual([]);
  expect((await at.now(operation)).state).toMatchObject({ outcome: 'refused', reason: { code: 'changed' } });
});

test('the rule that allowed it is written down with the confirmation', async () => {
  const { at } = await opened();
  await click(at, await at.ask(), 'confirm');
  expect(await notes(at)).toContainEqual(['confirmed', 'helpdesk.may[0]']);
});

test('who asks for what their role does not allow gets no card', async () => {
  const { at } = await opened(ruled({ platforms: ['windows'] }));
  expect(await at.ask()).toBeUndefined();
  expect(at.told.at(-1)).toMatch(/^post Lock MBP-042: Your role allows this action on Windows devices only/u);
});

test('a ceiling holds however many cards are clicked at once', async () => {
  const { at } = await opened(ruled({ perHour: 1 }));
  const cards = [await at.ask(), await at.ask(channel)];
  const [first, second] = cards;
  expect(first?.id).not.toBe(second?.id);
  await Promise.all(cards.map((operation) => click(at, operation, 'confirm')));
  expect(at.sent).toHaveLength(1);
  expect((await notes(at)).filter(([event]) => event === 'confirmed')).toHaveLength(1);
});

test('a ceiling that is reached between card and click says when there is room again, and the card stays', async () => {
  const { at } = await opened(ruled({ perHour: 1 }));
  const operation = await at.ask();
  const confirmed = [{ action: 'remoteLock', at: noon - 50 * 60_000 }];
  at.store.confirmedSince = async () => confirmed;
  expect(await click(at, operation, 'confirm')).toContain('You can do the next one in 10 minutes.');
  at.store.confirmedSince = async () => [];
  await click(at, operation, 'confirm');
  expect(at.sent).toHaveLength(1);
});

test('what was confirmed and not sent is carried on, though its hours are over and it fills the ceiling itself', async () => {
  const { at, now } = await opened(ruled({ perHour: 1 }));
  const operation = await at.ask();
  await at.desk.onButton(at.press(operation, 'confirm'));
  now.policy = ruled({ perHour: 1, ...late });
  await at.pass(120_000);
  expect(at.sent).toHaveLength(1);
});

test('what was confirmed and not sent is not carried on once the device is protected', async () => {
  const { at, now } = await opened();
  const operation = await at.ask();
  await at.desk.onButton(at.press(operation, 'confirm'));
  now.policy = { ...ruled(), protected: { devices: [mac.serialNumber.toLowerCase()], people: [] } };
  await at.pass(120_000);
  expect(at.sent).toEqual([]);
  expect((await at.now(operation)).state).toMatchObject({ outcome: 'refused', reason: { code: 'protected' } });
});

test.each<[string, Policy, boolean]>([
  ['after the hours', ruled(late), true],
  ['at the ceiling', ruled({ perHour: 1 }), true],
  ['without the action', ruled({ actions: ['reprovision'] }), false],
  ['without a role', { ...ruled(), roles: [] }, false],
])('the PIN of a lock, asked for %s', async (_what, policy, isShown) => {
  const { at, now } = await opened(ruled({ perHour: 1 }));
  const operation = await at.ask();
  await click(at, operation, 'confirm');
  at.results = [lockResult('done')];
  await at.pass(20_000);
  now.policy = policy;
  await click(at, await at.now(operation), 'showSecret');
  expect((await notes(at)).some(([event]) => event === 'secretViewed')).toBe(isShown);
});
