import { presentOperation } from '../../../src/flow/present.ts';
import type { Content } from '../../../src/ports.ts';
import { alex, channel, mac, noon } from '../../world.ts';
import { buttonOf } from '../../stories/read.ts';
import { debra, done, linesOf, lynne, megan, ownChat, readers, running } from './readers.ts';
import type { Readers } from './readers.ts';

let desk: Readers;
beforeEach(async () => {
  desk = await readers();
});

const deeds = (content: Content | undefined) => linesOf(content).filter((line) => line.startsWith('Lock '));
const device = (name: string) => ({ ...mac, id: `id-of-${name}`, name });

/** Twenty of Alex's, newest `MAC-20`. */
async function twenty(): Promise<void> {
  for (let number = 1; number <= 20; number += 1)
    await desk.put(`o-${number}`, alex, number, { device: device(`MAC-${number}`), state: done });
}
const names = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, index) => `Lock MAC-${from - index}`);

test('pages of eight, older and newer, each asked of the store anew', async () => {
  await twenty();
  const first = await desk.say(alex, 'history');
  expect(deeds(first)).toEqual(names(20, 13));
  expect(buttonOf(first!, 'Newer')).toBeUndefined();
  const second = await desk.click(alex, 'history', buttonOf(first!, 'Older')!.data);
  expect(second.audience).toBe('client');
  expect(deeds(second.content)).toEqual(names(12, 5));
  const third = await desk.click(alex, 'history', buttonOf(second.content, 'Older')!.data);
  expect(deeds(third.content)).toEqual(names(4, 1));
  expect(buttonOf(third.content, 'Older')).toBeUndefined();
  const back = await desk.click(alex, 'history', buttonOf(third.content, 'Newer')!.data);
  expect(deeds(back.content)).toEqual(names(12, 5));
  const newest = await desk.click(alex, 'history', buttonOf(back.content, 'Newer')!.data);
  expect(deeds(newest.content)).toEqual(names(20, 13));
});

test('of the same moment, none is lost or told twice', async () => {
  for (let number = 1; number <= 10; number += 1)
    await desk.put(`o-${number}`, alex, 0, { device: device(`MAC-${number}`), state: done });
  const first = await desk.say(alex, 'history');
  const second = await desk.click(alex, 'history', buttonOf(first!, 'Older')!.data);
  const all = [...deeds(first), ...deeds(second.content)];
  expect(new Set(all).size).toBe(10);
  expect(all).toHaveLength(10);
});

test('a page button shows nobody more than their role does, and is no use elsewhere', async () => {
  await twenty();
  await desk.put('hers', megan, 30, { state: done });
  const page = buttonOf((await desk.say(alex, 'history'))!, 'Older')!.data;
  expect(deeds((await desk.click(debra, 'history', page)).content)).not.toEqual([]);
  expect(deeds((await desk.click(megan, 'history', page)).content)).toEqual([]);
  expect((await desk.click(lynne, 'history', page)).content).toEqual({
    text: expect.stringContaining('Your role does not include reading the history.'),
  });
  const elsewhere = await desk.click(alex, 'history', page, channel);
  expect(elsewhere).toEqual({ audience: 'clicker', content: { text: expect.stringContaining('own chat') } });
});

test.each([
  undefined,
  7,
  '',
  'e30',
  'x'.repeat(5_000),
  Buffer.from('{"filter":{},"trail":[{}]}').toString('base64url'),
])('a page %j that no button of ours has does nothing', async (page) => {
  const { content, audience } = await desk.click(alex, 'history', { page });
  expect(audience).toBe('clicker');
  expect(content).toEqual({
    text: expect.stringContaining('This click does not belong to a card that I sent. It did nothing.'),
  });
});

describe('whose history', () => {
  beforeEach(async () => {
    await desk.put('his', alex, 1, { device: device('MAC-1'), state: done });
    await desk.put('hers', megan, 2, { device: device('MAC-2'), state: done, ticket: 'INC0012' });
  });

  test.each([
    ['a lead', alex, 'history', ['Lock MAC-2', 'Lock MAC-1']],
    ['a lead', alex, 'my history', ['Lock MAC-1']],
    ['an auditor', debra, 'history', ['Lock MAC-2', 'Lock MAC-1']],
    ['first line', megan, 'history', ['Lock MAC-2']],
    ['first line', megan, '#inc0012', ['Lock MAC-2']],
    ['a lead', alex, 'history #INC0012', ['Lock MAC-2']],
    ['whoever reads nothing', lynne, 'history', []],
  ])('%s (%#) who says %s', async (_who, person, text, shown) => {
    expect(deeds(await desk.say(person, text))).toEqual(shown);
  });

  test('first line is told that it sees its own only', async () => {
    expect(linesOf(await desk.say(megan, 'history'))[1]).toContain('Only what you asked yourself');
  });

  test('of a person by address: whom Intune knows as owner; and not for whoever reads their own only', async () => {
    const owner = { id: megan.id, name: megan.name, userPrincipalName: 'Megan.Bowen@contoso.example' };
    desk.world.graph.findDevices = async () => [{ ...mac, owner }];
    expect(deeds(await desk.say(alex, 'history of megan.bowen@contoso.example'))).toEqual(['Lock MAC-2']);
    expect(deeds(await desk.say(megan, 'history of megan.bowen@contoso.example'))).toEqual(['Lock MAC-2']);
    const other = { id: alex.id, name: alex.name, userPrincipalName: 'alex.wilber@contoso.example' };
    desk.world.graph.findDevices = async () => [{ ...mac, owner: other }];
    expect(linesOf(await desk.say(megan, 'history of alex.wilber@contoso.example'))[1]).toBe(
      'Your role includes reading about your own actions only.',
    );
  });

  test('two owners behind one address are nobody', async () => {
    const owner = (id: string) => ({ id, name: 'x', userPrincipalName: 'shared@contoso.example' });
    desk.world.graph.findDevices = async () => ['a', 'b'].map((id) => ({ ...mac, owner: owner(id) }));
    expect(linesOf(await desk.say(alex, 'history of shared@contoso.example'))[1]).toBe(
      'I could not find out who shared@contoso.example is.',
    );
  });
});

test('asked in a channel, it is told in the own chat, and the channel learns nothing of it', async () => {
  await desk.put('hers', megan, 2, { state: done });
  await desk.say(alex, 'history', channel);
  const [there, here] = desk.posted;
  expect(there).toMatchObject({ at: channel.id });
  expect(linesOf(there?.content).join(' ')).not.toMatch(/MBP-042|Megan/u);
  expect(here).toMatchObject({ at: ownChat(alex).id });
  expect(deeds(here?.content)).toEqual(['Lock MBP-042']);
});

test('who locked it: those who confirmed, not those who only asked', async () => {
  const confirmed = [
    { is: 'asked', at: noon, by: 'Megan Bowen', note: '' },
    { is: 'confirmed', at: noon, by: 'Megan Bowen', note: '' },
  ] as const;
  await desk.put('hers', megan, 1, { steps: confirmed, state: done });
  await desk.put('his', alex, 2, { state: { is: 'dropped', why: 'cancelled', at: noon } });
  const card = await desk.say(debra, 'who locked MBP-042?');
  expect(linesOf(card).slice(0, 3)).toEqual([
    'Who locked MBP-042?',
    'Megan Bowen was the last to ask for it here; what became of it stands below.',
    'Lock MBP-042',
  ]);
  expect(deeds(card)).toHaveLength(1);
  expect(linesOf(await desk.say(debra, 'who touched MBP-042?')).filter((line) => line === 'Lock MBP-042')).toHaveLength(
    2,
  );
});

test('a deed among many others is found, page by page', async () => {
  const confirmed = [{ is: 'confirmed', at: noon, by: 'Alex Wilber', note: '' }] as const;
  const refresh = { action: 'triggerConfigurationManagerAction', options: { action: 'quickScan' } };
  for (let number = 1; number <= 120; number += 1)
    await desk.put(`o-${number}`, alex, number, { steps: confirmed, state: done, ...(number % 10 ? refresh : {}) });
  const first = await desk.say(alex, 'who locked MBP-042?');
  expect(deeds(first)).toHaveLength(8);
  const second = await desk.click(alex, 'history', buttonOf(first!, 'Older')!.data);
  expect(linesOf(second.content)[0]).toBe('Who locked MBP-042?');
  expect(deeds(second.content)).toHaveLength(4);
  expect(buttonOf(second.content, 'Older')).toBeUndefined();
});

test('who saw the secret, as whom Graph was called, and request ids, from the journal', async () => {
  const operation = await desk.put('hers', megan, 1, {
    steps: [
      { is: 'confirmed', at: noon, by: 'Megan Bowen', note: '' },
      { is: 'accepted', at: noon, by: '', note: 'request-7' },
    ],
    state: done,
  });
  const entry = { at: noon, tenantId: 'tenant-id', operationId: operation.id };
  await desk.put('his', debra, 0, { state: done });
  await desk.store.journal({ ...entry, event: 'sending', personId: megan.id, as: 'person' });
  for (const personId of [megan.id, 'gone-id', megan.id, debra.id])
    await desk.store.journal({ ...entry, event: 'secretViewed', personId });
  const told = linesOf(await desk.say(alex, 'history MBP-042')).join('\n');
  expect(told).toMatch(/Graph called: .* as Megan Bowen/u);
  expect(told).toContain('Graph request: request-7');
  expect(told).toContain('Unlock PIN shown: 2 more times before');
  expect(told).toMatch(/Unlock PIN shown: .* to Megan Bowen\nUnlock PIN shown: .* to Debra Berger/u);
});

test.each([
  ['', 0],
  ['request-7', 1],
])('refused with the request id “%s”, Graph was called %d times', async (note, calls) => {
  const state = { ...done, outcome: 'refused', sending: undefined } as const;
  const steps = [{ is: 'refused', at: noon, by: '', note }] as const;
  const { id: operationId } = await desk.put('hers', megan, 1, { steps, state });
  await desk.store.journal({
    ...{ at: noon, tenantId: 'tenant-id', operationId },
    ...{ event: 'sending', personId: megan.id, as: 'app' },
  });
  const told = linesOf(await desk.say(alex, 'history MBP-042'));
  expect(told.filter((line) => line.startsWith('Graph called'))).toHaveLength(calls);
});

test('what was only asked for was not shown', async () => {
  const { id: operationId } = await desk.put('hers', megan, 1, { state: done });
  await desk.store.journal({ at: noon, tenantId: 'tenant-id', operationId, event: 'secretAsked', personId: megan.id });
  expect(linesOf(await desk.say(alex, 'history MBP-042')).join()).not.toContain('Unlock PIN shown');
});

describe('details', () => {
  test('whoever asked and whoever reads all get a card in their own chat; the card with the button stays', async () => {
    const operation = await desk.put('hers', megan, 1, { place: channel, state: running() });
    for (const person of [megan, alex, debra]) {
      await desk.world.store.rememberPlace(ownChat(person), person);
      const answer = await desk.click(person, 'details', { operation: operation.id }, { ...channel, id: '19:notices' });
      expect(answer).toMatchObject({ audience: 'clicker', content: { text: 'It is in your own chat with me.' } });
      expect(desk.posted.at(-1)).toMatchObject({ at: ownChat(person).id });
      expect(linesOf(desk.posted.at(-1)?.content)[0]).toBe('Lock MBP-042');
    }
  });

  test('whoever has no role, or no longer one, gets nothing: not in the same channel, not of what they asked', async () => {
    const his = await desk.put('his', alex, 1, { place: channel, state: running() });
    const former = { ...alex, id: 'former-id', name: 'Former Agent' };
    const theirs = await desk.put('theirs', former, 1, { place: channel, state: running() });
    await desk.world.store.rememberPlace(ownChat(former), former);
    for (const operation of [his, theirs])
      for (const place of [channel, ownChat(former)]) {
        const { audience, content } = await desk.click(former, 'details', { operation: operation.id }, place);
        expect(audience).toBe('clicker');
        expect(linesOf(content).join(' ')).not.toContain('MBP-042');
      }
    expect(desk.posted).toEqual([]);
    expect((await desk.store.entries()).at(-1)).toMatchObject({ event: 'denied', personId: former.id, note: 'noRole' });
  });

  test('whoever has a role and is in the channel where it stands reads it there anyway', async () => {
    const operation = await desk.put('his', alex, 1, { place: channel, state: running() });
    await desk.world.store.rememberPlace(ownChat(lynne), lynne);
    const thread = { ...channel, id: channel.id.replace(/messageid=.*/u, 'messageid=7') };
    await desk.click(lynne, 'details', { operation: operation.id }, thread);
    expect(linesOf(desk.posted.at(-1)?.content)[0]).toBe('Lock MBP-042');
  });

  test('others are told nothing of it, not even what it is', async () => {
    const operation = await desk.put('his', alex, 1, { state: running() });
    for (const person of [megan, lynne]) {
      const { audience, content } = await desk.click(person, 'details', { operation: operation.id });
      expect(audience).toBe('clicker');
      expect(linesOf(content).join(' ')).not.toContain('MBP-042');
    }
    expect(desk.posted).toEqual([]);
  });

  test('an offer can be read, and confirmed only where it stands', async () => {
    const offer = await desk.put('hers', megan, 1);
    await desk.click(alex, 'details', { operation: offer.id });
    const text = JSON.stringify(desk.posted.at(-1)?.content);
    expect(text).not.toContain('token-1');
    expect(text).not.toContain('"confirm"');
    expect(JSON.stringify(presentOperation(desk.world, offer))).toContain('token-1');
  });

  test('a secret can be asked for by whoever asked for the action, and by nobody else', async () => {
    const result = { actionName: 'remoteLock', state: 'done', detail: { is: 'remoteLock' as const, unlockPin: true } };
    const operation = await desk.put('hers', megan, 1, { state: { ...done, result } });
    await desk.click(alex, 'details', { operation: operation.id });
    expect(buttonOf(desk.posted.at(-1)!.content, 'Show unlock PIN')).toBeUndefined();
    await desk.click(megan, 'details', { operation: operation.id });
    expect(buttonOf(desk.posted.at(-1)!.content, 'Show unlock PIN')).toBeDefined();
  });
});
