import type { Heard } from '../../doors.ts';
import type { Person } from '../../model/person.ts';
import type { Place } from '../../model/place.ts';
import { isWhyNot } from '../../model/refusal.ts';
import type { Refusal } from '../../model/refusal.ts';
import type { Filter } from '../../model/subscription.ts';
import { cut } from '../../model/text.ts';
import { authorise } from '../may/authorise.ts';
import { filterIn } from './filterWords.ts';
import type { Wanted } from './filterWords.ts';
import type { Next } from '../next.ts';
import { presentSubscriptions } from './presentSubscriptions.ts';
import { presentRefusal } from '../presentTalk.ts';
import { subscribeTo, subscriptionsOf } from './subscribe.ts';
import { readsAll, maySubscribe, refuseSubscriber } from './subscriber.ts';
import { defineTalk } from '../talk.ts';
import type { World } from '../world.ts';

interface Meant {
  /** What followed "about". */
  readonly words: string;
  /** Undefined: not understood. */
  readonly wanted: Wanted | undefined;
}

const pattern =
  /^(?:please )?(?:notify|subscribe|alert)(?: (?:me|us))?(?: (?:here|this channel|this chat))?(?: (?:about|of|on|to|when|for))?(?: (.*))?$/isu;

const examples = [
  'notify here about failed actions',
  'notify here about locks on Macs',
  'notify here about irreversible actions',
  'notify here about anything',
];

export const notifyTalk = defineTalk<Meant>({
  summary: 'Be told in this chat or channel what is done to devices',
  examples,
  isFor: maySubscribe,
  read: ({ text, mentions }, catalogue) => {
    const said = pattern.exec(text);
    if (!said) return undefined;
    const words = (said[1] ?? '').trim();
    return { words, wanted: filterIn(words, mentions, catalogue) };
  },
  heading: ({ words }) => headingOf(words),
  answer: async (world, heard, { words, wanted }) => {
    if (!wanted) return refused(world, notUnderstood(words));
    const filter = await filterFor(world, heard, wanted);
    return notifyHere(world, heard.person, heard.place, words, filter);
  },
});

const headingOf = (words: string): string => (words ? `Notify here about ${cut(words, 80)}` : 'Notify here');

const refused = (world: World, refusal: Refusal): Next => ({
  draw: () => presentRefusal(world, refusal, undefined, refusal.code === 'notUnderstood' ? examples : []),
});

export const notUnderstood = (words: string): Refusal => ({
  code: 'notUnderstood',
  understood: headingOf(words),
  why: words ? 'I do not know what all of these words are about, so I changed nothing.' : 'I need to know what about.',
  instead:
    'It can be about an action (locks, removals, policy refreshes), how it ended (failed, unproven, done), its risk (irreversible, disruptive, harmless), a platform (Macs, Windows, iPhones, Android), personal or company devices, and one person whom you @mention; or about anything. For example:',
});

/** The directory's id of whoever is meant; a mention alone names nobody. */
async function filterFor(world: World, heard: Heard, { filter, person }: Wanted): Promise<Filter | Refusal> {
  if (person === undefined) return filter;
  if (person === 'me') return { ...filter, personId: heard.person.id };
  const known = await world.messenger.whoIs(heard.place, person.chatId);
  if (known) return { ...filter, personId: known.id };
  return {
    code: 'unknownPerson',
    understood: `Notify here about ${cut(person.name, 80)}`,
    why: 'I cannot find this person among the members of this chat or channel. Nothing was changed.',
    instead: 'Mention somebody who is a member here.',
  };
}

/** Writes it down for those whose role allows it; whoever reads only their own actions hears only of those. */
async function notifyHere(
  world: World,
  person: Person,
  place: Place,
  words: string,
  filter: Filter | Refusal,
): Promise<Next> {
  if (isWhyNot(filter)) return refused(world, filter);
  const no = await subscribeAs(world, person, place, words, filter);
  if (typeof no !== 'string') return refused(world, no);
  const here = await subscriptionsOf(world, place);
  return { draw: () => presentSubscriptions(world, place, here, no) };
}

/** Answers what was done, or why nothing. */
export async function subscribeAs(
  world: World,
  person: Person,
  place: Place,
  words: string,
  filter: Filter,
): Promise<string | Refusal> {
  const { refusal, roles } = await authorise(world, person, headingOf(words));
  const no = refusal ?? refuseSubscriber(roles, place, headingOf(words));
  if (no) return no;
  const isOwn = !readsAll(roles);
  const wants = { is: 'notices', filter: isOwn ? { ...filter, personId: person.id } : filter } as const;
  const tooMany = await subscribeTo(world, { person, place, words }, wants);
  if (tooMany) return tooMany;
  const limit = isOwn ? ' Your role lets you read about your own actions only, so I tell of yours alone.' : '';
  return `From now on I tell about ${cut(words, 80)} here.${limit}`;
}
