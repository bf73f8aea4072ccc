import type { Role } from '../../model/policy.ts';
import { list } from '../../model/text.ts';
import type { Content } from '../../ports.ts';
import type { Confirmed } from '../../storePort.ts';
import { furtherRights, ruleWords } from './rightsWords.ts';
import type { Told } from './rightsWords.ts';
import type { World } from '../world.ts';

/** What somebody with these roles may do. `confirmed`: within the last 24 hours. */
export function presentRights(world: World, roles: readonly Role[], confirmed: readonly Confirmed[]): Content {
  const summary = 'What you may do';
  const now = world.clock.now();
  const viewOf = ({ may, but }: Told) => ({ may, but: but.map((text) => ({ text })) });
  const card = world.cards.fill('rights', {
    heading: summary,
    status: `Your ${roles.length === 1 ? 'role' : 'roles'}: ${list(roles.map(({ name }) => name))}.`,
    tone: 'accent',
    roles: roles.map((role) => ({
      name: role.name,
      rules: [
        ...role.may.map((rule) => ruleWords(rule, world.catalogue, confirmed, now)),
        ...furtherRights(role).map((may) => ({ may, but: [] })),
      ].map(viewOf),
    })),
    note: [
      roles.every(({ may }) => may.length === 0) ? 'You may act on no device.' : '',
      roles.length > 1 ? 'What any of your roles allows, you may do.' : '',
      isAnythingProtected(world) ? 'Some devices are protected: nobody acts on them from here.' : '',
      'Your Microsoft 365 admin decides who has which role.',
    ]
      .filter(Boolean)
      .join(' '),
    plain: { summary },
  });
  return { card, summary };
}

function isAnythingProtected(world: World): boolean {
  const { devices, people } = world.policy().protected;
  return devices.length + people.length > 0;
}
