import type { World } from '../../../src/flow/world.ts';
import { amend } from '../../../src/flow/amend.ts';
import { createCourier } from '../../../src/flow/courier/courier.ts';
import type { Operation } from '../../../src/model/operation.ts';
import type { Policy } from '../../../src/model/policy.ts';
import { NotNow, Unreachable } from '../../../src/ports.ts';
import type { Content } from '../../../src/ports.ts';
import { alex, mac, noon, personal } from '../../world.ts';
import { group, hearing, megan, ops, thread } from './notices.ts';
import type { Hearing } from './notices.ts';

const minute = 60_000;
const whole = (content: Content | undefined) => JSON.stringify(content ?? {});
const events = async (at: Hearing) => (await at.store.entries()).map(({ event }) => event);

describe('a place that subscribed', () => {
  test('is told of an operation in a post of its own, which is kept up to date until the end', async () => {
    const at = await hearing();
    await at.say('notify here about anything');
    expect(at.news()).toEqual(['post From now on I tell about anything here. Type subscriptions to see or change it.']);
    const operation = await at.accepted('1');
    expect(at.news()).toEqual(['post Lock MBP-1: accepted by Intune, not yet taken up']);
    const post = at.posts.at(-1);
    expect(post?.to).toBe(ops.id);
    await at.finish(operation);
    expect(at.news()).toEqual([`update ${post?.id} Lock MBP-1: done`]);
    expect(whole(post?.content)).toContain('Asked by Megan Bowen');
    expect(await at.store.census(at.clock.now)).toMatchObject({ tellings: 0 });
  });

  test('updates the post by its thread’s address', async () => {
    const at = await hearing();
    const addresses: string[] = [];
    at.before = async (what, _content, place) => void (what === 'update' && addresses.push(place.id));
    await at.say('notify here about anything');
    const operation = await at.accepted('1');
    await at.finish(operation);
    const card = at.posts.find(({ to }) => to === ops.id);
    expect(addresses.filter((to) => to.startsWith(ops.id))).toEqual([`${ops.id};messageid=${card?.id}`]);
  });

  test('is not told what it did not ask for, nor what stands there already, nor what nobody confirmed', async () => {
    const at = await hearing();
    await at.say('notify here about failed locks on Macs');
    at.news();
    await at.finish(await at.accepted('1'));
    await at.finish(await at.accepted('2', { device: { ...mac, platform: 'iOS' } }), 'failed');
    await at.finish(await at.accepted('3', { place: thread }), 'failed');
    const offered = await at.ask(group);
    await at.desk.onButton(at.press(offered, 'cancel'));
    await at.settle();
    expect(at.posts.filter(({ to }) => to === ops.id)).toEqual([]);
    at.news();
    const failing = await at.accepted('4');
    expect(at.news()).toEqual([]);
    await at.finish(failing, 'failed');
    expect(at.news()).toEqual(['post Lock MBP-4: failed']);
  });

  test('that has several reasons to hear is told once', async () => {
    const at = await hearing();
    await at.say('notify here about anything');
    await at.say('notify here about locks');
    await at.say('notify here about locks');
    expect(await at.store.subscriptions(ops.id)).toHaveLength(2);
    at.news();
    await at.accepted('1');
    expect(at.news()).toHaveLength(1);
  });

  test.each([
    [true, 'Adele Vance'],
    [false, undefined],
  ])('owners in notices %s, as the policy says; secrets never', async (ownersInNotices, owner) => {
    const at = await hearing();
    const policy = at.world.policy();
    Object.assign(at.world, { policy: (): Policy => ({ ...policy, ownersInNotices }) });
    await at.say('notify here about anything');
    const result = { actionName: 'remoteLock', state: 'done', detail: { is: 'remoteLock', unlockPin: true } } as const;
    const operation = await at.accepted('1', { ticket: 'INC7' });
    await amend(at.world, operation.id, (now) => ({ ...now, state: { ...now.state, result } }) as Operation);
    await at.settle();
    const text = whole(at.posts.at(-1)?.content);
    expect(text.includes('Adele')).toBe(owner !== undefined);
    expect(text).toContain('#INC7');
    expect(text).not.toMatch(/pin|123456/iu);
    expect(text).toContain('"verb":"details"');
  });
});

describe('bursts', () => {
  const burst = async (at: Hearing, count: number) => {
    // Nothing goes out while they happen.
    const { deliver } = at.desk;
    Object.assign(at.desk, { deliver: async () => 0 });
    const operations: Operation[] = [];
    for (let index = 0; index < count; index += 1) operations.push(await at.accepted(`b${index}`));
    Object.assign(at.desk, { deliver });
    await at.settle();
    return operations;
  };

  test('of three are told one by one, of four and more on one card with counts', async () => {
    const at = await hearing();
    await at.say('notify here about anything');
    at.news();
    await burst(at, 3);
    expect(at.news()).toHaveLength(3);
    const more = await hearing();
    await more.say('notify here about anything');
    more.news();
    await burst(more, 14);
    expect(more.news()).toEqual(['post 14 actions on devices: 14 accepted by Intune, not yet taken up']);
    const text = whole(more.posts.at(-1)?.content);
    expect(text.match(/"text":"Lock MBP-b\d+"/gu)).toHaveLength(10);
    expect(text).toContain('4 more are counted above');
    expect(text.match(/Asked by Megan Bowen/gu)).toHaveLength(1);
  });

  test('of up to twelve hide none', async () => {
    const at = await hearing();
    await at.say('notify here about anything');
    await burst(at, 12);
    const text = whole(at.posts.at(-1)?.content);
    expect(text.match(/"text":"Lock MBP-b\d+"/gu)).toHaveLength(12);
    expect(text).not.toContain('counted above');
  });

  test('stay on their card, which is drawn anew in place', async () => {
    const at = await hearing();
    await at.say('notify here about anything');
    const operations = await burst(at, 5);
    const card = at.posts.at(-1)?.id;
    at.news();
    await at.finish(operations[0] as Operation, 'failed');
    expect(at.news()).toEqual([
      `update ${card} 5 actions on devices: 1 failed, 4 accepted by Intune, not yet taken up`,
    ]);
  });
});

describe('a card', () => {
  test('that is gone is posted anew, in the channel and not in a thread, and known by its new id', async () => {
    const at = await hearing();
    await at.say('notify here about anything');
    const operation = await at.accepted('1');
    at.posts.splice(0);
    await at.finish(operation);
    const [notice] = await at.store.noticesOn(ops.id, String(at.posts.at(-1)?.id), 10);
    expect(notice).toMatchObject({ about: { is: 'operation', id: '1' }, due: false });
  });

  test('that the chat will never take holds up no other', async () => {
    const at = await hearing();
    await at.say('notify here about anything');
    at.news();
    at.before = async (_what, content) => {
      if (whole(content).includes('MBP-1:')) throw new Error('400');
    };
    await at.accepted('1');
    await at.accepted('2');
    expect(at.news()).toEqual(['post Lock MBP-2: accepted by Intune, not yet taken up']);
    expect(await at.store.census(at.clock.now)).toMatchObject({ tellings: 0 });
  });

  test('is told once by whoever comes after a courier that died before it was posted', async () => {
    const at = await hearing();
    await at.say('notify here about anything');
    at.news();
    const never = new Promise<never>(() => undefined);
    const { deliver } = at.desk;
    Object.assign(at.desk, { deliver: async () => 0 });
    await at.accepted('1');
    const dying = createCourier({ ...at.world, messenger: { ...at.world.messenger, post: () => never } });
    while ((await at.store.dueNotices(ops.id, 1)).length === 0) {
      await dying.deliver();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await dying.deliver();
    Object.assign(at.desk, { deliver });
    await at.settle();
    expect(at.news()).toEqual([]);
    at.clock.now += 120_000;
    await at.settle();
    expect(at.news()).toEqual(['post Lock MBP-1: accepted by Intune, not yet taken up']);
  });

  test('is drawn twice in the same place where a courier died after it was updated', async () => {
    const at = await hearing();
    await at.say('notify here about anything');
    const operation = await at.accepted('1');
    at.news();
    const told = at.store.told.bind(at.store);
    let deaths = 1;
    at.store.told = async (...all) => {
      if (all[2]?.shown && deaths-- > 0) throw new Error('died');
      return told(...all);
    };
    await at.finish(operation).catch(() => undefined);
    await at.pass(5_000);
    expect(new Set(at.news()).size).toBe(1);
    expect(at.posts.filter(({ to }) => to === ops.id)).toHaveLength(1);
  });
});

describe('mute', () => {
  test('tells nothing new, keeps what stands true, and makes up for nothing', async () => {
    const at = await hearing();
    await at.say('notify here about anything');
    const before = await at.accepted('before');
    await at.say('mute for 2 hours');
    const card = at.posts.find(({ to }) => to === ops.id)?.id;
    at.news();
    const meanwhile = await at.accepted('meanwhile');
    await at.finish(before);
    expect(at.news()).toEqual([`update ${card} Lock MBP-before: done`]);
    await at.pass(2 * 60 * minute);
    expect(at.news()).toEqual([]);
    await at.accepted('after');
    expect(at.news()).toEqual(['post Lock MBP-after: accepted by Intune, not yet taken up']);
    await at.finish(meanwhile);
    expect(at.news()).toEqual(['post Lock MBP-meanwhile: done']);
  });

  test.each(['mute for 2 hours', 'unmute', 'stop notifications'])('of nothing: %s', async (text) => {
    const at = await hearing();
    await at.say(text);
    expect(at.news()).toEqual(['post Nothing is told here at present.']);
  });

  test('ends before its time when somebody says so', async () => {
    const at = await hearing();
    await at.say('notify here about anything');
    await at.say('mute until 17:00', thread, { timeZone: 'Europe/Berlin' });
    expect(at.news().at(-1)).toBe(
      'post Nothing new is told here until 17:00 by the clock of Europe/Berlin. Type unmute to hear it again.',
    );
    expect((await at.store.subscriptions(ops.id))[0]?.mutedUntil).toBe(noon + 6 * 60 * minute);
    await at.say('unmute');
    at.news();
    await at.accepted('1');
    expect(at.news()).toHaveLength(1);
  });

  test.each(['mute', 'mute for ever', 'mute until dawn', 'mute for 2 years'])('%s is asked about', async (text) => {
    const at = await hearing();
    await at.say('notify here about anything');
    at.news();
    await at.say(text);
    expect(at.news()).toEqual(['post Mute: I need to know for how long, up to 30 days. Nothing was changed.']);
    expect((await at.store.subscriptions(ops.id))[0]?.mutedUntil).toBeUndefined();
  });
});

describe('who may', () => {
  const policyWith = (at: Hearing, history: 'all' | 'own', subscriptions = false) => {
    const policy = at.world.policy();
    const roles = policy.roles.map((role) => ({ ...role, subscriptions, history }));
    Object.assign(at.world, { policy: (): Policy => ({ ...policy, roles }) });
  };

  test.each(['notify here about anything', 'mute for 2 hours', 'stop notifications', 'daily summary at 17:00'])(
    'not without the role: %s',
    async (text) => {
      const at = await hearing();
      await at.say('notify here about anything');
      policyWith(at, 'all');
      at.news();
      await at.say(text);
      expect(at.news()[0]).toContain('Your role does not let you say what is told here. Nothing was changed.');
      for (const verb of ['subscribe', 'unsubscribe', 'mute', 'unmute'])
        expect(await at.click(verb, { subscription: 'all' })).toMatchObject({ audience: 'clicker' });
      const [only, ...others] = await at.store.subscriptions();
      expect([only?.mutedUntil, others]).toEqual([undefined, []]);
    },
  );

  test('who may not change it sees it, and nothing to press', async () => {
    const at = await hearing();
    await at.say('notify here about anything');
    policyWith(at, 'all');
    await at.say('subscriptions');
    const text = whole(at.posts.at(-1)?.content);
    expect(text).toContain('Told: all actions.');
    expect(text).toContain('Your role lets you see this and not change it.');
    expect(text).not.toMatch(/Action\.|Input\./u);
  });

  test('in their own chat they hear what they may read, as long as they may', async () => {
    const at = await hearing();
    policyWith(at, 'own');
    await at.say('notify here about anything', personal);
    at.news(personal);
    await at.accepted('1');
    await at.accepted('2', { asker: alex, place: thread });
    expect(at.news(personal)).toEqual(['post Lock MBP-2: accepted by Intune, not yet taken up']);
    Object.assign(at.world.graph, { standing: async () => ({ is: 'member', groups: [] }) });
    await at.accepted('3', { asker: alex, place: thread });
    expect(at.news(personal)).toEqual([]);
    expect(await at.store.subscriptions()).toHaveLength(1);
    expect(await events(at)).not.toContain('unsubscribed');
  });

  test('whoever reads their own actions only lets others hear of those only, said or clicked', async () => {
    const at = await hearing();
    policyWith(at, 'own', true);
    await at.say('notify here about anything', group);
    expect(at.news(group)).toEqual([
      'post From now on I tell about anything here. Your role lets you read about your own actions only, so I tell of yours alone. Type subscriptions to see or change it.',
    ]);
    const clicked = await at.click('subscribe', {}, thread, { inputs: { about: 'irreversible actions' } });
    expect(whole(clicked.content)).toContain('so I tell of yours alone.');
    expect((await at.store.subscriptions()).map(({ wants }) => wants)).toEqual([
      { is: 'notices', filter: { personId: alex.id, personName: alex.name } },
      { is: 'notices', filter: { risks: ['irreversible'], personId: alex.id, personName: alex.name } },
    ]);
    await at.accepted('1');
    expect([at.news(group), at.news(ops)]).toEqual([[], []]);
    await at.accepted('2', { asker: alex });
    expect(at.news(group)).toEqual(['post Lock MBP-2: accepted by Intune, not yet taken up']);
    at.world.messenger.whoIs = async () => ({ id: megan.id, userPrincipalName: 'm', name: 'Megan' });
    const mentions = [{ text: '@Megan Bowen', chatId: '29:megan', name: 'Megan Bowen' }];
    await at.say('notify here about what @Megan Bowen does', group, { mentions });
    await at.accepted('3');
    expect(at.news(group).filter((line) => line.includes('MBP-3'))).toEqual([]);
    await at.say('daily summary at 17:00', group);
    expect(at.news(group)[0]).toContain('A summary tells about everybody’s actions');
  });

  test('a role that cannot be looked up keeps a notice waiting', async () => {
    const at = await hearing();
    await at.say('notify here about anything', personal);
    at.news(personal);
    const { standing } = at.world.graph;
    const { GraphFault } = await import('../../../src/ports.ts');
    Object.assign(at.world.graph, { standing: () => Promise.reject(new GraphFault('unreachable', 'x')) });
    await at.accepted('1');
    expect(at.news(personal)).toEqual([]);
    Object.assign(at.world.graph, { standing });
    await at.pass(3_000);
    expect(at.news(personal)).toHaveLength(1);
  });
});

describe('subscriptions', () => {
  test('are listed with buttons that stop them, here only', async () => {
    const at = await hearing();
    await at.say('notify here about locks');
    await at.say('notify here about failed actions');
    await at.say('notify here about anything', group);
    await at.say('subscriptions');
    const text = whole(at.posts.at(-1)?.content);
    expect(text).toContain('Told: locks.');
    expect(text).toContain('What else shall be told here?');
    const [first, , elsewhere] = await at.store.subscriptions();
    expect(await at.click('unsubscribe', { subscription: elsewhere?.id })).toMatchObject({ audience: 'clicker' });
    expect(await at.click('unsubscribe', { subscription: first?.id })).toMatchObject({ audience: 'everyone' });
    expect(await at.click('unsubscribe', { subscription: first?.id })).toMatchObject({ audience: 'clicker' });
    expect((await at.store.subscriptions()).map(({ words }) => words)).toEqual(['failed actions', 'anything']);
    await at.click('subscribe', {}, thread, { inputs: { about: 'irreversible actions' } });
    await at.click('mute', {});
    const muted = (await at.store.subscriptions(ops.id)).map(({ words, mutedUntil }) => [words, mutedUntil]);
    expect(muted).toEqual([
      ['failed actions', noon + 120 * minute],
      ['irreversible actions', noon + 120 * minute],
    ]);
    await at.click('unmute', {});
    await at.click('unsubscribe', { subscription: 'all' });
    expect(await at.store.subscriptions(ops.id)).toEqual([]);
    expect(await at.store.subscriptions(group.id)).toHaveLength(1);
    expect(await events(at)).toEqual([
      ...['subscribed', 'subscribed', 'subscribed', 'unsubscribed', 'subscribed'],
      ...['muted', 'muted', 'unmuted', 'unmuted', 'unsubscribed'],
    ]);
  });

  test('about a person are theirs by the directory’s id', async () => {
    const at = await hearing();
    const mentions = [{ text: '@Megan Bowen', chatId: '29:megan', name: 'Megan Bowen' }];
    await at.say('notify here about what @Megan Bowen does', thread, { mentions });
    expect(at.news()[0]).toContain('I cannot find this person');
    at.world.messenger.whoIs = async () => ({ id: megan.id, userPrincipalName: 'm', name: 'Megan' });
    await at.say('notify here about what @Megan Bowen does', thread, { mentions });
    at.news();
    await at.accepted('1');
    await at.accepted('2', { asker: alex });
    expect(at.news()).toHaveLength(1);
    await at.say('subscriptions');
    expect(whole(at.posts.at(-1)?.content)).toContain('Told: what Megan does.');
  });

  test('that are for me are told in my own chat, wherever I say so', async () => {
    const at = await hearing();
    await at.world.store.rememberPlace(personal, alex);
    await at.say('notify me about locks');
    expect(at.news()).toEqual([
      'post From now on I tell about locks in your own chat with me. Type subscriptions there to see or change it.',
    ]);
    expect((await at.store.subscriptions()).map(({ place }) => place.id)).toEqual([personal.id]);
    await at.say('notify me here about failed actions');
    await at.say('notify us about anything');
    expect((await at.store.subscriptions()).map(({ place }) => place.id)).toEqual([personal.id, ops.id, ops.id]);
  });

  test('for somebody who has no chat of their own are refused', async () => {
    const at = await hearing();
    at.world.messenger.privately = async () => undefined;
    await at.say('notify me about locks');
    expect(at.news()).toEqual([
      'post Notify you about locks: That is for your own chat with me, and you have none yet. Nothing was changed.',
    ]);
    expect(await at.store.subscriptions()).toEqual([]);
  });

  test('are asked about with an empty list, too', async () => {
    const at = await hearing();
    await at.say('subscriptions');
    expect(whole(at.posts.at(-1)?.content)).toContain('"What shall be told here?"');
  });

  test('misspelt get the nearest words', async () => {
    const at = await hearing();
    await at.say('notify here about anythin');
    const text = whole(at.posts.at(-1)?.content);
    expect(text).toContain('notify here about anything');
    expect(text).not.toContain('notify here about locks');
  });

  test.each(['notify here', 'notify here about the weather'])('%s: what it can be about is said', async (text) => {
    const at = await hearing();
    await at.say(text);
    expect(whole(at.posts.at(-1)?.content)).toContain('It can be about an action (locks, removals');
    expect(await at.store.subscriptions()).toEqual([]);
  });

  test('that are stopped take what waits with them', async () => {
    const at = await hearing();
    await at.say('notify here about anything');
    at.before = async () => {
      throw new NotNow('429', { lost: false });
    };
    await at.accepted('1');
    at.before = async () => undefined;
    await at.say('stop notifications');
    at.news();
    await at.pass(10_000);
    expect(at.news()).toEqual([]);
  });
});

describe('a place that is gone', () => {
  const gone = async () => {
    throw new Unreachable('403');
  };

  test('is dormant, and hears on one card what waited when it is back', async () => {
    const at = await hearing();
    await at.say('notify here about anything');
    at.news();
    at.before = async (_what, _content, place) => (place.id.startsWith(ops.id) ? gone() : undefined);
    for (let index = 0; index < 130; index += 1) await at.accepted(String(index));
    expect(await at.store.census(at.clock.now)).toMatchObject({ deadPlaces: 1 });
    at.clock.now += 2 * 60 * minute;
    at.before = async () => undefined;
    await at.desk.onArrival(ops, alex);
    await at.settle();
    expect(at.news()).toEqual(['post 130 actions on devices: 130 accepted by Intune, not yet taken up']);
    await at.accepted('new');
    expect(at.news()).toEqual(['post Lock MBP-new: accepted by Intune, not yet taken up']);
    expect((await events(at)).filter((event) => event === 'notTold')).toEqual([]);
  });

  test('for good: what it subscribed to goes with the app, in all channels of the team', async () => {
    const at = await hearing();
    const general = { ...ops, id: '19:team@thread.tacv2', teamId: '19:team@thread.tacv2' };
    const other = { ...ops, teamId: '19:team@thread.tacv2' };
    await at.say('notify here about anything', general);
    await at.say('notify here about anything', other);
    await at.say('notify here about anything', { ...group });
    await at.desk.onDeparture(general, alex);
    await at.desk.onDeparture(general, alex);
    expect((await at.store.subscriptions()).map(({ place }) => place.id)).toEqual([group.id]);
    expect((await events(at)).filter((event) => event === 'unsubscribed')).toHaveLength(1);
  });

  test('tells the asker alone how it ended, and the journal who was not told', async () => {
    const at = await hearing();
    const operation = await at.accepted('1', { asker: alex, place: thread });
    at.before = async (_what, _content, place) => (place.id === thread.id ? gone() : undefined);
    at.news();
    await at.finish(operation);
    expect(at.told.at(-1)).toBe('post Lock MBP-1: done.');
    expect(at.posts.at(-1)?.to).toBe(personal.id);
    expect((await at.store.entries()).map(({ event, note, operationId }) => [event, note, operationId])).toContainEqual(
      ['notTold', 'end', '1'],
    );
  });
});

describe('a daily summary', () => {
  test('comes at its time, once, day after day, with counts and what went wrong', async () => {
    const at = await hearing();
    await at.say('daily summary at 5 pm', thread, { timeZone: 'Europe/Berlin' });
    expect(at.news()).toEqual([
      'post A summary comes every day at 17:00 by the clock of Europe/Berlin. Type subscriptions to see or change it.',
    ]);
    await at.finish(await at.accepted('1'));
    await at.finish(await at.accepted('2'), 'failed');
    await at.accepted('3');
    at.clock.now += 6 * 60 * minute - 1;
    await at.desk.onTick();
    await at.settle();
    expect(at.news()).toEqual([]);
    at.clock.now += 1;
    await at.desk.onTick();
    await at.desk.onTick();
    await at.settle();
    expect(at.news()).toEqual(['post The last 24 hours: 3 actions were confirmed.']);
    const text = whole(at.posts.at(-1)?.content);
    expect(text).toContain('"title":"Failed","value":"1"');
    expect(text).toContain('Details of Lock MBP-2');
    at.clock.now += 24 * 60 * minute;
    await at.desk.onTick();
    await at.settle();
    expect(at.news()).toEqual(['post The last 24 hours: 0 actions were confirmed.']);
  });

  test('is told once when whoever told it died before the next one was set', async () => {
    const at = await hearing();
    await at.say('daily summary at 10:05');
    at.clock.now += 5 * minute;
    const amend = at.store.amendSubscription.bind(at.store);
    at.store.amendSubscription = async () => {
      throw new Error('died');
    };
    await expect(at.desk.onTick()).rejects.toThrow('died');
    at.store.amendSubscription = amend;
    at.clock.now += at.world.settings.lease;
    at.news();
    await at.desk.onTick();
    await at.settle();
    expect(at.news()).toHaveLength(1);
  });

  test('that is stopped, or muted, while it is being told stays so', async () => {
    const at = await hearing();
    await at.say('daily summary at 10:05');
    await at.say('daily summary at 10:05', group);
    at.clock.now += 5 * minute;
    const counted = at.store.operationsOf.bind(at.store);
    at.store.operationsOf = async (...asked) => {
      at.store.operationsOf = counted;
      await at.say('stop daily summary');
      await at.say('mute for 2 days', group);
      return counted(...asked);
    };
    await at.desk.onTick();
    await at.settle();
    expect(await at.store.subscriptions(ops.id)).toEqual([]);
    const [left] = await at.store.subscriptions(group.id);
    expect(left?.mutedUntil).toBe(at.clock.now + 2 * 24 * 60 * minute);
    expect(left?.wants).toMatchObject({ nextAt: at.clock.now + 24 * 60 * minute });
  });

  test('in somebody’s own chat is for as long as they may read it', async () => {
    const at = await hearing();
    await at.say('daily summary at 10:05', personal);
    at.news(personal);
    const { GraphFault } = await import('../../../src/ports.ts');
    Object.assign(at.world.graph, { standing: () => Promise.reject(new GraphFault('unreachable', 'x')) });
    at.clock.now += 5 * minute;
    await at.desk.onTick();
    await at.settle();
    expect([at.news(personal), await at.store.subscriptions()]).toMatchObject([[], [{}]]);
    Object.assign(at.world.graph, { standing: async () => ({ is: 'member', groups: [] }) });
    at.clock.now += at.world.settings.lease;
    await at.desk.onTick();
    await at.settle();
    const wants = { nextAt: noon + (24 * 60 + 5) * minute };
    expect([at.news(personal), await at.store.subscriptions()]).toMatchObject([[], [{ wants }]]);
  });

  test('in a time zone that nobody can reckon with is at that time in UTC, and says so', async () => {
    const at = await hearing();
    await at.say('daily summary at 17:00', thread, { timeZone: 'W. Europe Standard Time' });
    expect(at.news()[0]).toContain('17:00 UTC, because I do not know the time zone that your client names.');
  });

  test('without a known time zone is at that time in UTC, and says so', async () => {
    const at = await hearing();
    await at.say('daily summary at 17:00');
    expect(at.news()[0]).toContain('17:00 UTC, because your client does not tell your time zone.');
    expect((await at.store.subscriptions())[0]?.wants).toMatchObject({ nextAt: noon + 7 * 60 * minute });
    await at.say('stop daily summary');
    expect(await at.store.subscriptions()).toEqual([]);
  });
});

describe('what was done elsewhere', () => {
  const audit = {
    id: 'a1',
    tenantId: '',
    action: 'factoryReset',
    deviceId: 'd9',
    deviceName: 'TAB-9',
    ownerUserPrincipalName: 'adele@contoso.example',
    initiatedBy: 'admin@contoso.example',
    requestedAt: noon + minute,
    state: 'pending',
  };

  test('is told as not from here, and kept up to date', async () => {
    let audits = [audit];
    const asked: number[] = [];
    const at = await hearing({ audits: async (since) => (asked.push(since), audits) });
    await at.desk.onTick();
    expect(asked).toEqual([]);
    await at.say('notify here about irreversible actions');
    at.news();
    await at.pass(2 * minute);
    expect(asked).toEqual([noon]);
    expect(at.news()).toEqual(['post Wipe TAB-9: waiting for the device']);
    const post = at.posts.at(-1);
    const text = whole(post?.content);
    expect(text).toContain('Not from here: started in Intune by admin@contoso.example');
    expect(text).not.toContain('"details"');
    audits = [{ ...audit, state: 'done' }];
    await at.pass(minute);
    expect(at.news()).toEqual([`update ${post?.id} Wipe TAB-9: done`]);
  });

  test('is not what was done from here', async () => {
    const sent = { ...audit, action: 'remoteLock', deviceId: 'device-1', requestedAt: noon + 500, initiatedBy: '' };
    const again = { ...sent, id: 'a2', requestedAt: noon + 90_000 };
    const at = await hearing({ audits: async () => [again, sent] });
    await at.say('notify here about anything');
    await at.accepted('1');
    at.news();
    await at.pass(2 * minute);
    expect(at.news()).toEqual(['post Lock TAB-9: waiting for the device']);
    expect(await at.store.elsewhere('a1')).toBeUndefined();
    expect(await at.store.elsewhere('a2')).toBeDefined();
  });

  test('is asked for by one process of many, and a Graph that does not answer stops nothing', async () => {
    const { GraphFault } = await import('../../../src/ports.ts');
    let asked = 0;
    const at = await hearing({
      audits: async () => {
        asked += 1;
        throw new GraphFault('unreachable', 'x');
      },
    });
    await at.say('notify here about anything');
    const { createBeats, tickOf } = await import('../../../src/flow/on-tick.ts');
    const createTick = (world: World) => tickOf(createBeats(world));
    const ticks = [createTick(at.world), createTick(at.world), createTick(at.world)];
    for (const tick of ticks) expect(await tick()).toBe(0);
    await at.world.errands.idle();
    expect(asked).toBe(1);
  });
});
