import type { Catalogue } from '../../catalogue.ts';
import type { Place } from '../../model/place.ts';
import type { Filter, Subscription } from '../../model/subscription.ts';
import { cut, iso } from '../../model/text.ts';
import type { Content } from '../../ports.ts';
import { timeOfDay } from '../clockWords.ts';
import { filterInWords, widerThanSaid } from './filterInWords.ts';
import { nameOfKind } from './places.ts';
import { isMuted } from './subscribe.ts';
import type { World } from '../world.ts';

/** What the card offers; everything else is typed. */
export const offers = ['anything', 'failed actions', 'irreversible actions', 'actions on personal devices'] as const;

/** What has just been changed, if anything, and whether whoever looks may change more. */
interface Look {
  readonly done?: string;
  readonly mayChange?: boolean;
}

/** Everything that a place hears about, with the buttons to change it for those who may. */
export function presentSubscriptions(
  world: World,
  place: Place,
  here: readonly Subscription[],
  { done = '', mayChange = true }: Look = {},
): Content {
  const mutedUntil = Math.max(
    0,
    ...here.filter((one) => isMuted(one, world.clock.now())).map((one) => one.mutedUntil ?? 0),
  );
  const heading = `What ${nameOfKind[place.kind]} hears about`;
  const standing = here.length > 0 ? '' : 'Nothing is told here at present.';
  const summary = done || heading;
  const card = world.cards.fill('subscriptions', {
    heading,
    status: [[done, standing].filter(Boolean).join(' ') || usual, blindnessOf(world, here)].filter(Boolean).join(' '),
    tone: 'accent',
    isMuted: mutedUntil > 0,
    mutedUntil: mutedUntil > 0 ? iso(mutedUntil) : '',
    subscriptions: here.map((subscription) => ({ ...lineOf(world, subscription), mayChange })),
    canStop: mayChange && here.length > 0,
    canMute: mayChange && here.length > 0 && mutedUntil === 0,
    canUnmute: mayChange && mutedUntil > 0,
    hasForm: mayChange,
    question: here.length > 0 ? 'What else shall be told here?' : 'What shall be told here?',
    choices: offers.map((offer) => ({ plain: { title: offer, value: offer } })),
    note: mayChange ? howElse : 'Your role lets you see this and not change it. Ask a colleague whose role allows it.',
    plain: { summary, chosen: offers[1] },
  });
  return { card, summary };
}

const howElse =
  'Or type, for example: notify here about failed locks on Macs · mute for 30 minutes · daily summary at 17:00';

const usual = 'One card per action, kept up to date until it has ended.';

/** Where people expect to hear of what is done elsewhere, and cannot. */
export const blindnessOf = ({ graph }: World, here: readonly Subscription[]): string =>
  here.some(({ wants }) => wants.is === 'notices') && graph.auditsDeniedSince() !== undefined
    ? 'What is done elsewhere cannot be read at present: Graph refuses it. Ask whoever runs me to look after what I may read.'
    : '';

const aboutOf = (filter: Filter, catalogue: Catalogue): string =>
  `Told: ${filterInWords(filter, catalogue)}.${widerThanSaid(filter, catalogue) && ' I cannot tell these apart.'}`;

function lineOf(world: World, { id, by, at, words, wants }: Subscription) {
  const isSummary = wants.is === 'summary';
  const title = isSummary ? `Daily summary at ${timeOfDay(wants.minutes)} (${wants.timeZone})` : words;
  return {
    words: title,
    about: isSummary
      ? 'What became of everything that was asked of me, in the 24 hours before.'
      : aboutOf(wants.filter, world.catalogue),
    by: `Asked by ${by.name}`,
    at: iso(at),
    plain: { id, stop: `Stop: ${cut(title, 60)}` },
  };
}
