import type { Operation } from '../../../src/model/operation.ts';
import type { Policy } from '../../../src/model/policy.ts';
import { NotNow, Unreachable } from '../../../src/ports.ts';
import { alex, mac, personal } from '../../world.ts';
import { hearing, ops, thread } from './notices.ts';
import type { Hearing } from './notices.ts';

const minute = 60_000;
const journalled = async (at: Hearing, event: string) =>
  (await at.store.entries()).filter((entry) => entry.event === event && entry.note !== 'card').map(({ note }) => note);

/** Everything that happens meanwhile is told at once afterwards. */
async function atOnce<T>(at: Hearing, work: () => Promise<T>): Promise<T> {
  const { deliver } = at.desk;
  Object.assign(at.desk, { deliver: async () => 0 });
  const done = await work();
  Object.assign(at.desk, { deliver });
  await at.settle();
  return done;
}

/** An operation in which nothing can be drawn. */
const flawed = {
  device: {
    ...mac,
    get name(): string {
      throw new Error('no name');
    },
  },
};

describe('a card that cannot be edited', () => {
  const refusing = (at: Hearing, fault: Error) => {
    at.before = async (what, _content, place) => {
      if (what === 'update' && place.id.startsWith(ops.id)) throw fault;
    };
  };

  test.each([new Unreachable('403'), new Error('400')])('%s: is told anew, and the channel hears on', async (fault) => {
    const at = await hearing();
    await at.say('notify here about anything');
    const operation = await at.accepted('1');
    at.news();
    refusing(at, fault);
    await at.finish(operation);
    expect(at.news()).toEqual(['post Lock MBP-1: done']);
    expect(await journalled(at, 'notUpdated')).toEqual([`bulletin in ${ops.id}: operation/1`]);
    await at.accepted('2');
    expect(at.news()).toEqual(['post Lock MBP-2: accepted by Intune, not yet taken up']);
    expect(await at.store.census(at.clock.now)).toMatchObject({ deadPlaces: 0, tellings: 0 });
    at.before = async () => undefined;
    const [notice] = await at.store.noticesOf({ is: 'operation', id: '1' });
    expect(at.posts.find(({ id }) => id === notice?.card)?.to).toBe(ops.id);
  });

  test('in a muted place is given up, and nothing new is told', async () => {
    const at = await hearing();
    await at.say('notify here about anything');
    const operation = await at.accepted('1');
    await at.say('mute for 2 hours');
    at.news();
    refusing(at, new Unreachable('403'));
    await at.finish(operation);
    expect(at.news()).toEqual([]);
    expect(await journalled(at, 'notUpdated')).toHaveLength(1);
    expect(await at.store.census(at.clock.now)).toMatchObject({ deadPlaces: 0, tellings: 0 });
  });

  test('where nothing can be posted either, the place is out of reach, and its cards stay its own', async () => {
    const at = await hearing();
    await at.say('notify here about anything');
    const operation = await at.accepted('1');
    at.news();
    at.before = async (_what, _content, place) => {
      if (place.id.startsWith(ops.id)) throw new Unreachable('403');
    };
    await at.finish(operation);
    expect(await at.store.census(at.clock.now)).toMatchObject({ deadPlaces: 1 });
    at.before = async () => undefined;
    await at.desk.onArrival(ops, alex);
    await at.settle();
    expect(at.news()).toEqual([expect.stringMatching(/^update .* done$/u)]);
  });

  test('of an operation is posted anew, and everything else in its place goes on', async () => {
    const at = await hearing();
    const operation = await at.ask();
    at.before = async (what) => {
      if (what === 'update') throw new Unreachable('403');
    };
    await at.desk.onButton(at.press(operation, 'cancel'));
    await at.settle();
    expect(at.told.at(-1)).toContain('post Lock MBP-042');
    expect((await at.now(operation)).message?.id).not.toBe(operation.message?.id);
    expect(await at.store.census(at.clock.now)).toMatchObject({ deadPlaces: 0, tellings: 0 });
  });
});

test('one card for many takes in only what is still heard, also when it is drawn anew', async () => {
  const at = await hearing();
  await at.say('notify here about locks on Macs');
  await at.say('notify here about what I do');
  const locks = (await at.store.subscriptions(ops.id))[0];
  at.before = async (_what, _content, place) => {
    if (place.id.startsWith(ops.id)) throw new NotNow('429', { retryAfterMs: minute, lost: false });
  };
  const mine = { asker: alex, place: { ...personal, id: 'a:other' } };
  for (const id of ['1', '2', '3']) await at.accepted(id);
  const all = [];
  for (const id of ['4', '5', '6', '7']) all.push(await at.accepted(id, mine));
  expect(await at.store.dueNotices(ops.id, 10)).toHaveLength(7);
  await at.store.unsubscribe([String(locks?.id)], { at: 0, event: 'x', tenantId: 't', personId: 'p' });
  at.before = async () => undefined;
  at.news();
  await at.pass(2 * minute);
  expect(at.news()).toEqual(['post 4 actions on devices: 4 accepted by Intune, not yet taken up']);
  await at.finish(all[0] as Operation);
  expect(at.news()).toEqual([expect.stringMatching(/^update .* 4 actions on devices: 3 accepted .*, 1 done$/u)]);
  expect(await at.store.dueNotices(ops.id, 10)).toEqual([]);
});

test('one notice that cannot be drawn is passed over, written down, and holds up nothing', async () => {
  const at = await hearing();
  await at.say('notify here about anything');
  at.news();
  const real = at.store.operation.bind(at.store);
  at.store.operation = async (id) => {
    const found = await real(id);
    return id === 'bad' && found
      ? Object.create({ ...found, ...flawed }, Object.getOwnPropertyDescriptors(flawed))
      : found;
  };
  await atOnce(at, async () => {
    await at.accepted('1');
    await at.accepted('bad');
    await at.accepted('2');
  });
  expect(at.news()).toHaveLength(2);
  expect(await journalled(at, 'notTold')).toEqual([`bulletin in ${ops.id}: operation/bad`]);
  expect(await at.store.census(at.clock.now)).toMatchObject({ tellings: 0 });
});

test('a notice that Teams will never take is in the journal', async () => {
  const at = await hearing();
  await at.say('notify here about anything');
  at.before = async () => {
    throw new Error('400');
  };
  await at.accepted('1');
  expect(await journalled(at, 'notTold')).toEqual([`bulletin in ${ops.id}: operation/1`]);
});

describe('in somebody’s own chat', () => {
  const reading = (at: Hearing, history: 'all' | 'own') => {
    const policy = at.world.policy();
    const roles = policy.roles.map((role) => ({ ...role, history }));
    Object.assign(at.world, { policy: (): Policy => ({ ...policy, roles }) });
  };

  test('what stands there is kept up to date only while they may read it', async () => {
    const at = await hearing();
    await at.say('notify here about anything', personal);
    const theirs = await at.accepted('theirs');
    const own = await at.accepted('own', { asker: alex, place: thread });
    reading(at, 'own');
    at.news(personal);
    await at.finish(theirs);
    await at.finish(own);
    expect(at.news(personal)).toEqual([expect.stringMatching(/^update .* Lock MBP-own: done$/u)]);
    expect(await at.store.census(at.clock.now)).toMatchObject({ tellings: 0 });
  });

  test('a role that is missing for a moment costs what happens in it, and no subscription', async () => {
    const at = await hearing();
    await at.say('notify here about anything', personal);
    const { standing } = at.world.graph;
    Object.assign(at.world.graph, { standing: async () => ({ is: 'member', groups: [] }) });
    at.news(personal);
    await at.accepted('1');
    expect(at.news(personal)).toEqual([]);
    expect(await journalled(at, 'unsubscribed')).toEqual([]);
    Object.assign(at.world.graph, { standing });
    await at.accepted('2');
    expect(at.news(personal)).toEqual(['post Lock MBP-2: accepted by Intune, not yet taken up']);
  });
});

test('a card ends although the subscription that began it was stopped, as long as there is another', async () => {
  const at = await hearing();
  await at.say('notify here about locks');
  await at.say('notify here about irreversible actions');
  const operation = await at.accepted('1');
  const [first] = await at.store.subscriptions(ops.id);
  await at.click('unsubscribe', { subscription: first?.id });
  at.news();
  await at.finish(operation);
  expect(at.news()).toEqual([expect.stringMatching(/^update .* Lock MBP-1: done$/u)]);
});

describe('nothing is said', () => {
  test('where the card would show what it shows', async () => {
    const at = await hearing();
    await at.say('notify here about anything');
    await at.accepted('1');
    const before = at.told.length;
    const about = { is: 'operation', id: '1' } as const;
    await at.store.tell({ to: { is: 'subscribers' }, what: { is: 'news', about } }, at.clock.now);
    await at.settle();
    expect(at.told).toHaveLength(before);
    expect(at.news().filter((line) => line.startsWith('update'))).toEqual([]);
    expect(await at.store.dueNotices(ops.id, 10)).toEqual([]);
  });

  test('and none of what may be said is used up, where nobody hears', async () => {
    const at = await hearing();
    const { rates } = at.world.settings;
    const one = { limit: 1, window: 10 * minute };
    await at.say('notify here about anything');
    await at.say('mute for 2 minutes');
    Object.assign(at.world.settings, { rates: { ...rates, conversation: [one] } });
    await at.accepted('1');
    await at.pass(3 * minute);
    at.news();
    await at.accepted('2');
    expect(at.news()).toEqual(['post Lock MBP-2: accepted by Intune, not yet taken up']);
  });
});
