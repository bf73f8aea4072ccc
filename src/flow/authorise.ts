import type { Person } from '../model/person.ts';
import { groupsOf } from '../model/policy.ts';
import type { Refusal } from '../model/refusal.ts';
import { GraphFault } from '../ports.ts';
import type { Standing } from '../ports.ts';
import type { World } from './world.ts';

const noRole: Omit<Refusal, 'understood'> = {
  code: 'noRole',
  why: 'You are not in the helpdesk group, and only its members may see or act on devices here.',
  instead: 'Ask your Microsoft 365 admin to add you to the helpdesk group, or ask a colleague who is in it.',
};

const noes: Readonly<Record<Exclude<Standing['is'], 'member'>, Omit<Refusal, 'understood'>>> = {
  guest: {
    code: 'guest',
    why: 'You are a guest in this organisation, and guests may not see or act on its devices.',
    instead: 'Ask a colleague who is a member of this organisation’s helpdesk.',
  },
  unknown: {
    code: 'unknownPerson',
    why: 'This organisation’s directory does not know your account, or it is switched off.',
    instead: 'Ask your Microsoft 365 admin.',
  },
};

/** May this person use the desk? Undefined: yes. A look-up that fails is a no. */
export async function authorise(world: World, person: Person, understood: string): Promise<Refusal | undefined> {
  try {
    const standing = await world.graph.standing(person, groupsOf(world.policy()));
    if (standing.is === 'member' && standing.groups.length > 0) return undefined;
    world.log.warn({ standing: standing.is, person: person.id }, 'refused a person without the role');
    return { understood, ...(standing.is === 'member' ? noRole : noes[standing.is]) };
  } catch (fault) {
    if (!(fault instanceof GraphFault)) throw fault;
    world.log.error({ reason: fault.reason, person: person.id, fault: fault.message }, 'could not look up a role');
    return {
      code: 'roleUnknown',
      understood,
      why: 'I could not look up whether you may do this, so I did not do it.',
      instead: 'Try it again in a minute.',
    };
  }
}
