import type { Filter, Subscription } from '../../src/model/subscription.ts';
import type { Device } from '../../src/model/device.ts';
import type { Operation, Running } from '../../src/model/operation.ts';
import type { Person } from '../../src/model/person.ts';
import type { Place } from '../../src/model/place.ts';
import { alex, mac, noon, personal, proposed } from '../world.ts';

export const agents: readonly Person[] = Array.from({ length: 100 }, (_, index) => ({
  ...alex,
  id: `agent-${index}`,
  name: `Agent ${index}`,
  chatId: `29:${index}`,
}));

export const channels: readonly Place[] = Array.from({ length: 200 }, (_, index) => ({
  ...personal,
  kind: 'channel',
  id: `19:channel-${index}@thread.tacv2`,
  teamId: generalOf(index).id,
}));

/** Five channels have a team, whose own channel subscribes to nothing. */
export function generalOf(index: number): Place {
  const id = `19:team-${Math.floor(index / 5)}@thread.tacv2`;
  return { ...personal, kind: 'channel', id, teamId: id };
}

/** What the channels hear about, by turns: everything, what fails, what fails on one platform, personal devices, one agent each. */
function filterOf(index: number): Filter {
  const filters: readonly Filter[] = [
    { outcomes: ['failed'] },
    { platforms: ['iOS'], outcomes: ['failed'] },
    { ownership: ['personal'] },
    { personId: agents[index % agents.length]?.id },
    { platforms: ['macOS'], ownership: ['company'], outcomes: ['failed'] },
  ];
  return index % 40 === 0 ? {} : (filters[index % filters.length] ?? {});
}

export const subscriptions: readonly Subscription[] = channels.map((place, index) => ({
  id: `subscription-${index}`,
  place,
  by: alex,
  at: noon,
  words: String(index),
  wants: { is: 'notices', filter: filterOf(index) },
}));

/** One action that somebody confirmed, and what will become of it. */
export interface Deed {
  readonly operation: Operation;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly end: 'done' | 'failed';
}

const minute = 60_000;

/** Spread over some minutes, with a rush in the middle of it. */
export function deeds(count: number, chance: () => number): readonly Deed[] {
  return Array.from({ length: count }, (_, index) => {
    const rush = index % 5 === 0;
    const startsAt = noon + Math.floor(rush ? 3 * minute + chance() * 10_000 : chance() * 5.5 * minute);
    const endsAt = startsAt + Math.floor(20_000 + chance() * 60_000);
    return { operation: operationOf(index, startsAt), startsAt, endsAt, end: index % 10 === 7 ? 'failed' : 'done' };
  });
}

function operationOf(index: number, at: number): Operation {
  const asker = agents[index % agents.length] ?? alex;
  const device: Device = {
    ...mac,
    id: `device-${index}`,
    name: `DEV-${index}`,
    platform: index % 3 === 0 ? 'iOS' : 'macOS',
    ownership: index % 25 === 0 ? 'personal' : 'company',
  };
  const state: Running = {
    is: 'running',
    acceptance: 'accepted',
    sending: {
      sentAt: at,
      lookup: { source: 'managedDevice', id: device.id, kind: 'remoteLock', names: ['remotelock'] },
      before: [],
    },
    looks: 0,
    nextLookAt: at + 30_000,
  };
  const place: Place = { ...personal, id: `a:${asker.id}` };
  return { ...proposed, id: `operation-${index}`, origin: `${index}`, device, asker, place, askedAt: at, state };
}

/** What a channel must have heard of in the end, reckoned without the bot. */
export function expectedIn({ wants }: Subscription, all: readonly Deed[]): readonly Deed[] {
  const { platforms, ownership, outcomes, personId }: Filter = wants.is === 'notices' ? wants.filter : {};
  return all.filter(
    ({ operation: { device, asker }, end }) =>
      (platforms === undefined || platforms.includes(device.platform)) &&
      (ownership === undefined || ownership.some((one) => one === device.ownership)) &&
      (outcomes === undefined || outcomes.includes(end)) &&
      (personId === undefined || personId === asker.id),
  );
}
