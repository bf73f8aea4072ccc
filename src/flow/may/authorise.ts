import type { Person } from '../../model/person.ts';
import { groupsOf } from '../../model/policy.ts';
import type { Role, Rule } from '../../model/policy.ts';
import { isWhyNot } from '../../model/refusal.ts';
import type { Refusal, WhyNot } from '../../model/refusal.ts';
import { GraphFault } from '../../ports.ts';
import { day } from './ceilings.ts';
import type { Confirmed } from '../../storePort.ts';
import { decide, rolesOf, rulesAbout } from './decide.ts';
import type { Decision, Wanted } from './decide.ts';
import { noteDenial } from './denials.ts';
import { guest, noRole, roleUnknown, unknownPerson } from './noes.ts';
import type { World } from '../world.ts';

export interface Verdict {
  /** Why not; undefined: they may. */
  readonly refusal?: Refusal | undefined;
  /** Empty only where they may not. */
  readonly roles: readonly Role[];
  /** The one that allows what was wanted; undefined where nothing in particular was. */
  readonly rule?: Rule | undefined;
}

/** The roles that this person has by the policy as it stands now, or why they have none. A look-up that fails is a no. */
export async function rolesFor(world: World, person: Person): Promise<readonly Role[] | WhyNot> {
  const policy = world.policy();
  try {
    const standing = await world.graph.standing(person, groupsOf(policy));
    if (standing.is !== 'member') return standing.is === 'guest' ? guest : unknownPerson;
    const roles = rolesOf(policy, standing.groups);
    return roles.length > 0 ? roles : noRole;
  } catch (fault) {
    if (!(fault instanceof GraphFault)) throw fault;
    world.log.error({ reason: fault.reason, person: person.id, fault: fault.message }, 'could not look up a role');
    return roleUnknown;
  }
}

/**
 * May this person use the desk at all, and if something is wanted, do that? Stands at every door. Who is turned away is
 * written down.
 */
export async function authorise(world: World, person: Person, understood: string, wanted?: Wanted): Promise<Verdict> {
  const roles = await rolesFor(world, person);
  const decision = isWhyNot(roles) ? { no: roles } : wanted && (await decisionOn(world, person, roles, wanted));
  if (decision && 'no' in decision) {
    await noteDenial(world, person, decision.no.code, wanted);
    return { refusal: { understood, ...decision.no }, roles: [] };
  }
  return { roles: isWhyNot(roles) ? [] : roles, rule: decision?.rule };
}

async function decisionOn(
  world: World,
  person: Person,
  roles: readonly Role[],
  { action, device, isConfirmed }: Wanted,
): Promise<Decision> {
  const wanted: Wanted = { action, device, ...(isConfirmed ? { isConfirmed } : {}) };
  const isCounted = rulesAbout(roles, action).some(({ perHour, perDay }) => (perHour ?? perDay) !== undefined);
  const confirmed = isCounted && !isConfirmed ? await confirmedBy(world, person) : [];
  return decide(world.policy(), roles, wanted, confirmed, world.clock.now());
}

/** Within the last 24 hours. */
export const confirmedBy = (world: World, { id }: Person): Promise<readonly Confirmed[]> =>
  world.store.confirmedSince(id, world.clock.now() - day);
