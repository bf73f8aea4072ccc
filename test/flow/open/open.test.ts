import type { State } from '../../../src/model/operation.ts';
import { isRivalOf } from '../../../src/flow/twin.ts';
import type { Place } from '../../../src/model/place.ts';
import type { Content } from '../../../src/ports.ts';
import { alex, channel, mac, noon } from '../../world.ts';
import { lockResult } from '../scene.ts';
import { debra, done, linesOf, lynne, megan, ownChat, readers, running } from '../history/readers.ts';
import type { Readers } from '../history/readers.ts';

let desk: Readers;
beforeEach(async () => {
  desk = await readers();
});

const later = noon + 3_600_000;
const shown = (content: Content | undefined) =>
  linesOf(content).filter((line) => /^(?:Lock|Yours|Others|\[Look|\[Stop)/u.test(line));
const events = async () => (await desk.store.entries()).map(({ event, personId }) => `${event} by ${personId}`);

describe('what is open', () => {
  beforeEach(async () => {
    await desk.put('his', alex, 1, { device: { ...mac, name: 'MAC-1' }, state: running(later) });
    await desk.put('hers', megan, 2, { device: { ...mac, name: 'MAC-2' }, state: running(later) });
    await desk.put('offered', megan, 3, { device: { ...mac, name: 'MAC-3' } });
    await desk.put('over', megan, 4, { device: { ...mac, name: 'MAC-4' }, state: done });
  });
  const buttons = (name: string) => [`[Look now: ${name}]`, `[Stop watching: ${name}]`];

  test('a lead sees theirs and the team’s', async () => {
    expect(shown(await desk.say(alex, 'what’s open'))).toEqual([
      'Yours',
      'Lock MAC-1',
      ...buttons('MAC-1'),
      'Others’',
      'Lock MAC-3',
      'Lock MAC-2',
      ...buttons('MAC-2'),
    ]);
  });

  test('an auditor sees the team’s, and has nothing to press', async () => {
    expect(shown(await desk.say(debra, 'my desk'))).toEqual(['Others’', 'Lock MAC-3', 'Lock MAC-2', 'Lock MAC-1']);
  });

  test('first line sees its own', async () => {
    expect(shown(await desk.say(megan, 'open'))).toEqual(['Yours', 'Lock MAC-3', 'Lock MAC-2', ...buttons('MAC-2')]);
    expect(linesOf(await desk.say(lynne, 'what is running'))).toContain('Nothing is open.');
  });

  test('asked in a channel, it is told in the own chat', async () => {
    await desk.say(alex, 'what’s open', channel);
    expect(desk.posted.map(({ at }) => at)).toEqual([channel.id, ownChat(alex).id]);
    expect(shown(desk.posted[0]?.content)).toEqual([]);
  });
});

test('of an offer is told until when it may be confirmed, and of each which device it is', async () => {
  await desk.put('offered', alex, 0);
  const told = linesOf(await desk.say(alex, 'what’s open')).join('\n');
  expect(told).toMatch(/Waiting for a confirmation until \{\{TIME\(2026-11-21T\d\d:\d\d:00Z\)\}\}\./u);
  expect(told).toContain(`Device: ${mac.serialNumber} · ${mac.owner.name}`);
  expect(told).not.toContain('Last evidence');
});

test('what is still waited for is said once', async () => {
  const result = lockResult('pending', noon + 100);
  await desk.put('his', alex, -90, { state: { ...running(later), looks: 9, result } as State });
  const told = linesOf(await desk.say(alex, 'what’s open')).join('\n');
  expect(told.match(/waiting/giu)).toHaveLength(1);
  expect(told).toContain('Still waiting');
});

test('age, last evidence and next look are told', async () => {
  const steps = [{ is: 'accepted', at: noon, by: '', note: 'r' }] as const;
  await desk.put('his', alex, -90, { steps, state: running(later), ticket: 'INC0012' });
  const told = linesOf(await desk.say(alex, 'what’s open')).join('\n');
  expect(told).toContain('Ticket: #INC0012');
  expect(told).toMatch(/Asked: .* by Alex Wilber, 1 hour ago/u);
  expect(told).toMatch(/Last evidence: .*TIME\(2026-11-21T10:00:00Z\).* Accepted by Graph/u);
  expect(told).toMatch(/Next look: .*TIME\(2026-11-21T11:00:00Z\)/u);
});

test('of very many, the newest are shown, with the one that is asked about', async () => {
  for (let number = 1; number <= 9; number += 1)
    await desk.put(`o-${number}`, alex, number, { device: { ...mac, name: `MAC-${number}` }, state: running(later) });
  expect(shown(await desk.say(alex, 'what’s open')).filter((line) => line.startsWith('Lock'))).toHaveLength(5);
  expect(linesOf(desk.posted.at(-1)?.content)).toContain(
    '4 older ones are not shown; type status with a device’s name.',
  );
  const { content } = await desk.click(alex, 'stopWatching', { operation: 'o-1' });
  expect(linesOf(content)).toEqual(expect.arrayContaining(['Lock MAC-1', '[Stop watching for good]']));
});

describe('look now', () => {
  const nextLook = async () => {
    const { state } = (await desk.store.operation('his'))!;
    return state.is === 'running' ? state.nextLookAt : undefined;
  };
  beforeEach(async () => {
    await desk.put('his', alex, 1, { state: running(later) });
  });

  test('whoever asked makes it due at once, and the card says so', async () => {
    desk.clock.now = noon + 120_000;
    const { audience, content } = await desk.click(alex, 'lookNow', { operation: 'his' });
    expect(audience).toBe('client');
    expect(linesOf(content)[1]).toContain('I am asking Intune now');
    expect(linesOf(content)).toContain('Next look: now');
    expect(await nextLook()).toBe(desk.clock.now);
    await desk.click(alex, 'lookNow', { operation: 'his' });
    expect(await events()).toEqual(['lookedNow by alex-id']);
  });

  test('then Intune is asked, within the budget that all looks share', async () => {
    let looks = 0;
    desk.world.graph.look = async (lookups) => ((looks += 1), lookups.map(() => ({ is: 'seen', results: [] })));
    await desk.click(alex, 'lookNow', { operation: 'his' });
    await desk.pass(1_000);
    expect(looks).toBe(1);
    expect(await nextLook()).toBeGreaterThan(desk.clock.now);
  });

  test.each([
    [4_999, later],
    [5_000, noon],
  ])('%d ms after the last look out of turn the next one is due at %d', async (ago, due) => {
    await desk.put('again', alex, 2, { state: { ...running(later), hurriedAt: noon - ago } as State });
    await desk.click(alex, 'lookNow', { operation: 'again' });
    expect((await desk.store.operation('again'))?.state).toMatchObject({ nextLookAt: due });
  });

  test.each([
    ['first line, of others', megan],
    ['an auditor', debra],
    ['whoever reads nothing', lynne],
  ])('%s: no, and nothing moves', async (_who, person) => {
    for (const verb of ['lookNow', 'stopWatching', 'stopWatchingSure'])
      expect(await desk.click(person, verb, { operation: 'his' })).toMatchObject({ audience: 'clicker' });
    expect(await nextLook()).toBe(later);
    expect((await events()).filter((event) => !event.startsWith('denied'))).toEqual([]);
  });

  test('a lead looks at others’', async () => {
    await desk.put('hers', megan, 2, { state: running(later) });
    await desk.click(alex, 'lookNow', { operation: 'hers' });
    expect(await events()).toEqual(['lookedNow by alex-id']);
  });
});

describe('stop watching', () => {
  test('two clicks end it for good, once, and its place and asker hear of it', async () => {
    await desk.put('hers', megan, 1, { state: running(later), place: channel, message: { place: channel, id: 'm9' } });
    const { content } = await desk.click(alex, 'stopWatching', { operation: 'hers' });
    expect(linesOf(content)).toContain('[Stop watching for good]');
    expect((await desk.store.operation('hers'))?.state.is).toBe('running');
    const clicks = await Promise.all([1, 2].map(() => desk.click(alex, 'stopWatchingSure', { operation: 'hers' })));
    expect(clicks.map((click) => linesOf(click.content)[1]).toSorted()).toEqual([
      'Lock MBP-042: I no longer watch it.',
      'Lock MBP-042: it is not under way any more, so there is nothing to stop.',
    ]);
    expect((await desk.store.operation('hers'))?.state).toMatchObject({
      is: 'finished',
      outcome: 'unproven',
      reason: { why: 'Alex Wilber stopped watching it, so I no longer look. It may still happen.' },
    });
    expect(await events()).toEqual(['stoppedWatching by alex-id']);
    expect(desk.told.filter((line) => line.includes('unproven'))).toEqual([
      'update m9 Lock MBP-042: unproven: it may or may not have happened',
      'post Lock MBP-042: unproven: it may or may not have happened.',
    ]);
  });

  const pending = (changes: object = {}) =>
    ({ ...running(later), result: lockResult('pending', noon + 100), ...changes }) as State;
  const stop = async (operation: string) => {
    await desk.click(alex, 'stopWatchingSure', { operation });
    return (await desk.store.operation(operation))!;
  };

  test('what becomes of its PIN is told of, where there is one', async () => {
    const due = { is: 'due', at: later, tries: 0 } as const;
    const kept = { is: 'kept', at: noon, until: later } as const;
    await desk.put('unseen', alex, 1, { state: running(later) });
    await desk.put('seen', alex, 2, { state: pending() });
    await desk.put('due', alex, 3, { state: pending(), keeping: due });
    await desk.put('kept', alex, 4, { state: pending(), keeping: kept });
    await desk.put('phone', alex, 5, { device: { ...mac, id: 'p', platform: 'iOS' }, state: pending() });
    const asked = async (operation: string) =>
      linesOf((await desk.click(alex, 'stopWatching', { operation })).content).find((line) =>
        line.includes('for good?'),
      );
    expect(await asked('unseen')).toMatch(/ Nor would I fetch its unlock PIN\.$/u);
    expect(await asked('seen')).toMatch(/ Its unlock PIN I would still fetch, if Intune shows it within a day\.$/u);
    expect(await asked('due')).toMatch(/I would still fetch/u);
    expect(await asked('kept')).not.toContain('unlock PIN');
    expect(await asked('phone')).not.toContain('unlock PIN');
  });

  test.each<[string, Place, string]>([
    ['their own chat', ownChat(alex), 'update card-his Lock MBP-042: unproven: it may or may not have happened'],
    ['a channel', channel, 'The unlock PIN is waiting here'],
  ])('a PIN that Intune makes later is fetched all the same, for %s', async (_where, place, told) => {
    await desk.put('his', alex, 1, { place, state: pending() });
    const pins: string[] = [];
    desk.world.graph.secret = async () => pins[0];
    expect((await stop('his')).keeping).toMatchObject({ is: 'due' });
    for (let hours = 0; hours < 10; hours += 1) {
      desk.clock.now += 3_600_000;
      await desk.pass(1_000);
    }
    expect((await desk.store.operation('his'))?.keeping).toMatchObject({ is: 'due' });
    pins.push('123456');
    desk.told.length = 0;
    desk.clock.now += 3_600_000;
    await desk.pass(1_000);
    expect((await desk.store.operation('his'))?.keeping).toMatchObject({ is: 'kept' });
    expect(desk.told).toContainEqual(expect.stringContaining(told));
    const shown = await desk.click(alex, 'showSecret', { operation: 'his' });
    expect(JSON.stringify(shown.content)).toContain('123456');
  });

  test('one that never comes is given up after a day, and none is read where there is none', async () => {
    let reads = 0;
    desk.world.graph.secret = async () => void (reads += 1);
    await desk.put('his', alex, 1, { state: pending() });
    await desk.put('phone', alex, 2, { device: { ...mac, id: 'p', platform: 'iOS' }, state: pending() });
    await stop('his');
    expect((await stop('phone')).keeping).toBeUndefined();
    for (let hours = 0; hours < 30; hours += 1) {
      desk.clock.now += 3_600_000;
      await desk.pass(1_000);
    }
    expect((await desk.store.operation('his'))?.keeping).toEqual({ is: 'none' });
    expect(reads).toBeLessThan(30);
  });

  describe('of which Intune showed nothing yet', () => {
    const hour = 3_600_000;
    const said = async (at: number, person = alex) => {
      desk.clock.now = at;
      return linesOf(await desk.say(person, 'lock MBP-042')).join('\n');
    };
    beforeEach(async () => {
      await desk.put('hers', megan, 1, { state: running(later) });
      desk.clock.now = noon + 60_000;
    });

    test('the same is not sent a second time for an hour, and a day longer with a warning', async () => {
      await stop('hers');
      const refused = await said(noon + hour / 2);
      expect(refused).toContain('Megan Bowen already asked for this. It was sent 30 minutes ago');
      expect(refused).toContain('Look at the device in Intune. If it was not done, ask again in 30 minutes.');
      expect(await said(noon + hour - 1, megan)).toContain('You already asked for this.');
      const beware = 'was asked for by Megan Bowen and sent';
      expect(await said(noon + hour)).toContain(`“Lock MBP-042” ${beware} 1 hour ago. Nobody watches it any more`);
      expect(await said(noon + 25 * hour - 1)).toContain(beware);
      const last = await said(noon + 26 * hour);
      expect(last).toContain('Lock MBP-042?');
      expect(last).not.toContain(beware);
      expect(desk.sent).toEqual([]);
    });

    test('nor by a click on a card from before', async () => {
      await desk.put('older', alex, 0);
      await stop('hers');
      const answered = await desk.click(alex, 'confirm', { operation: 'older', token: 'token-1' });
      expect(linesOf(answered.content)).not.toContain('Confirmed');
      expect((await desk.store.operation('older'))?.state).toMatchObject({
        is: 'dropped',
        why: 'duplicate',
        reason: { code: 'alreadySent' },
      });
      expect(desk.sent).toEqual([]);
    });

    test('one that Intune shows holds nothing like that back', async () => {
      await desk.put('seen', megan, 2, { device: { ...mac, id: 'seen' }, state: pending(), keeping: { is: 'none' } });
      const seen = await stop('seen');
      expect(isRivalOf(desk.world, { ...seen })(seen)).toBe(false);
      const hers = await stop('hers');
      expect(isRivalOf(desk.world, { ...hers })(hers)).toBe(true);
      expect(isRivalOf(desk.world, { ...hers, device: { ...mac, id: 'another' } })(hers)).toBe(false);
    });
  });

  test.each([
    ['offered', undefined],
    ['over', done],
  ])('what is %s is not watched', async (id, state) => {
    await desk.put(id, alex, 1, state ? { state } : {});
    for (const verb of ['stopWatching', 'stopWatchingSure', 'lookNow'])
      expect(linesOf((await desk.click(alex, verb, { operation: id })).content)[1]).toContain('not under way any more');
    expect(await events()).toEqual([]);
  });
});
