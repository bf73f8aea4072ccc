import type { Heard } from '../../doors.ts';
import type { Person } from '../../model/person.ts';
import type { Place } from '../../model/place.ts';
import { isWhyNot } from '../../model/refusal.ts';
import type { Refusal } from '../../model/refusal.ts';
import type { Filter } from '../../model/subscription.ts';
import { cut } from '../../model/text.ts';
import { ownChatOf } from '../ownChat.ts';
import { authorise } from '../may/authorise.ts';
import { widerThanSaid } from './filterInWords.ts';
import { filterIn } from './filterWords.ts';
import type { Wanted } from './filterWords.ts';
import { nearestFilter } from './nearestFilter.ts';
import type { Next } from '../next.ts';
import { blindnessOf } from './presentSubscriptions.ts';
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
  /** "Notify me", and not "here": meant is their own chat, wherever it was said. */
  readonly isForMe: boolean;
  /** What may have been meant instead; undefined: nothing comes near. */
  readonly near?: string | undefined;
}

const pattern =
  /^(?:please )?(?:notify|subscribe|alert)(?: (me|us))?(?: (here|this channel|this chat))?(?: (?:about|of|on|to|when|for))?(?: (.*))?$/isu;

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
    const words = (said[3] ?? '').trim();
    const isForMe = said[1]?.toLowerCase() === 'me' && said[2] === undefined;
    const wanted = filterIn(words, mentions, catalogue);
    return { words, wanted, isForMe, near: wanted ? undefined : nearestFilter(words, mentions, catalogue) };
  },
  heading: (meant) => headingOf(meant),
  answer: async (world, heard, { wanted, near, words, isForMe }) => {
    const meant = { words, isForMe: isForMe && heard.place.kind !== 'personal' };
    if (!wanted && near !== undefined)
      return refused(world, { ...notUnderstood(meant), instead: 'Did you mean this?' }, [commandFor(meant, near)]);
    if (!wanted) return refused(world, notUnderstood(meant), examples);
    const place = await placeFor(world, heard, meant);
    if (isWhyNot(place)) return refused(world, place);
    const filter = await filterFor(world, heard, wanted);
    if (isWhyNot(filter)) return refused(world, filter);
    const done = await subscribeAs(world, { ...meant, person: heard.person, place }, filter);
    return typeof done === 'string' ? inShort(world, { ...meant, place }, filter, done) : refused(world, done);
  },
});

type Said = Pick<Meant, 'words'> & Partial<Pick<Meant, 'isForMe'>>;

const headingOf = ({ words, isForMe = false }: Said): string =>
  [`Notify ${isForMe ? 'you' : 'here'}`, words && `about ${cut(words, 80)}`].filter(Boolean).join(' ');

const commandFor = ({ isForMe }: Said, words: string): string =>
  `notify ${isForMe ? 'me' : 'here'} about ${cut(words, 80)}`;

const refused = (world: World, refusal: Refusal, commands: readonly string[] = []): Next => ({
  draw: () => presentRefusal(world, refusal, undefined, commands),
});

export const notUnderstood = (said: Said): Refusal => ({
  code: 'notUnderstood',
  understood: headingOf(said),
  why: said.words
    ? 'I do not know what all of these words are about, so I changed nothing.'
    : 'I need to know what about.',
  instead:
    'It can be about an action (locks, removals, policy refreshes), how it ended (failed, unproven, done), its risk (irreversible, disruptive, harmless), a platform (Macs, Windows, iPhones, Android), personal or company devices, and one person whom you @mention; or about anything. For example:',
});

/** Where it is to be told: here, or in the own chat of whoever said "me". */
async function placeFor(world: World, { person, place }: Heard, said: Said): Promise<Place | Refusal> {
  if (!said.isForMe) return place;
  return (
    (await ownChatOf(world, person, place)) ?? {
      code: 'noOwnChat',
      understood: headingOf(said),
      why: 'That is for your own chat with me, and you have none yet. Nothing was changed.',
      instead: `Search for ${place.bot.name} under Apps, open the chat, and type it there. To be told here instead, type notify here.`,
    }
  );
}

/** The directory's id of whoever is meant; a mention alone names nobody. */
async function filterFor(world: World, heard: Heard, { filter, person }: Wanted): Promise<Filter | Refusal> {
  if (person === undefined) return filter;
  if (person === 'me') return { ...filter, personId: heard.person.id, personName: heard.person.name };
  const known = await world.messenger.whoIs(heard.place, person.chatId);
  if (known) return { ...filter, personId: known.id, personName: known.name };
  return {
    code: 'unknownPerson',
    understood: `Notify here about ${cut(person.name, 80)}`,
    why: 'I cannot find this person among the members of this chat or channel. Nothing was changed.',
    instead: 'Mention somebody who is a member here.',
  };
}

/** What was typed is answered in a line; the card with everything is there for whoever asks for it. */
async function inShort(
  world: World,
  { place, isForMe }: Said & { readonly place: Place },
  filter: Filter,
  done: string,
): Promise<Next> {
  const warnings = [widerThanSaid(filter, world.catalogue), blindnessOf(world, await subscriptionsOf(world, place))];
  const more = `Type subscriptions${isForMe ? ' there' : ''} to see or change it.`;
  const text = [done, ...warnings, more].filter(Boolean).join(' ');
  return { draw: () => ({ text }) };
}

/** Who asked, for which place, in which words. */
interface Asking extends Said {
  readonly person: Person;
  readonly place: Place;
}

/** For those whose role allows it; whoever reads only their own actions hears only of those. Answers what was done, or why nothing. */
export async function subscribeAs(world: World, asking: Asking, filter: Filter): Promise<string | Refusal> {
  const { person, place, words, isForMe } = asking;
  const understood = headingOf(asking);
  const { refusal, roles } = await authorise(world, person, understood);
  const no = refusal ?? refuseSubscriber(roles, place, understood);
  if (no) return no;
  const isOwn = !readsAll(roles);
  const own = { ...filter, personId: person.id, personName: person.name };
  const tooMany = await subscribeTo(world, { person, place, words }, { is: 'notices', filter: isOwn ? own : filter });
  if (tooMany) return tooMany;
  const limit = isOwn ? ' Your role lets you read about your own actions only, so I tell of yours alone.' : '';
  return `From now on I tell about ${cut(words, 80)} ${isForMe ? 'in your own chat with me' : 'here'}.${limit}`;
}
