import { isWhyNot } from '../../model/refusal.ts';
import { confirmedBy, rolesFor } from './authorise.ts';
import { presentRights } from './presentRights.ts';
import { presentRefusal } from '../presentTalk.ts';
import { defineTalk } from '../talk.ts';

const heading = 'What you may do';

const words =
  /^(?:(?:please )?(?:tell|show) me )?(?:what (?:may|can) i do(?: here)?|(?:what (?:is|are) )?my (?:roles?|rights|permissions)|who am i)$/iu;

/** `what may I do?`: the person's roles, and rule by rule what these allow. */
export const whatMayIDo = defineTalk<true>({
  summary: 'See what you may do, and how often',
  examples: ['what may I do?'],
  read: ({ text }) => (words.test(text) ? true : undefined),
  heading: () => heading,
  answer: async (world, { person }) => {
    const roles = await rolesFor(world, person);
    if (isWhyNot(roles)) return { draw: () => presentRefusal(world, { understood: heading, ...roles }) };
    const confirmed = await confirmedBy(world, person);
    return { draw: () => presentRights(world, roles, confirmed) };
  },
});
