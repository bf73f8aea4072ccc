import type { Elsewhere } from '../../model/subscription.ts';
import { GraphFault } from '../../ports.ts';
import type { World } from '../world.ts';

/** Object ids by sign-in address; people keep theirs, and there are few who act in a portal. */
export type Names = Map<string, string>;

const mostNames = 5_000;

/** What Graph does not tell is not known. */
async function orNothing<T>(world: World, read: () => Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await read();
  } catch (fault) {
    if (!(fault instanceof GraphFault)) throw fault;
    world.log.warn({ reason: fault.reason, fault: fault.message }, 'could not find out about what was done elsewhere');
    return [];
  }
}

/** With the object id of whoever started each, where it can be known. `names`: those that were found out before. */
export async function withPeople(
  world: World,
  audits: readonly Elsewhere[],
  names: Names,
): Promise<readonly Elsewhere[]> {
  const strangers = audits.map(({ initiatedBy }) => initiatedBy).filter((by) => by.includes('@') && !names.has(by));
  if (names.size + strangers.length > mostNames) names.clear();
  const ask = async () => [...(await world.graph.idsOf(strangers))];
  const found = strangers.length > 0 ? await orNothing(world, ask) : [];
  for (const [name, id] of found) names.set(name, id);
  return audits.map((audit) => ({ ...audit, initiatedById: names.get(audit.initiatedBy) }));
}

/**
 * With platform and ownership of each device: as they were found out `before`, and where they were not, as Graph tells
 * them. A device that was wiped is soon gone, so what was once found out is kept.
 */
export async function withDevices(
  world: World,
  audits: readonly Elsewhere[],
  before: ReadonlyMap<string, Elsewhere>,
): Promise<readonly Elsewhere[]> {
  const unknown = audits.filter(({ id }) => before.get(id)?.platform === undefined).map(({ deviceId }) => deviceId);
  const found = unknown.length > 0 ? await orNothing(world, () => world.graph.devicesWith(unknown)) : [];
  const devices = new Map(found.map((device) => [device.id, device]));
  return audits.map((audit) => {
    const { platform, ownership } = before.get(audit.id) ?? {};
    const device = devices.get(audit.deviceId);
    return { ...audit, platform: platform ?? device?.platform, ownership: ownership ?? device?.ownership };
  });
}
