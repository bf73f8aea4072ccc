import type { Heard } from '../../doors.ts';
import type { Place } from '../../model/place.ts';
import type { Refusal } from '../../model/refusal.ts';
import { authorise } from '../may/authorise.ts';
import { spanIn, timeOfDayIn } from '../clockWords.ts';
import { nextTimeOfDay, zoneOr } from '../localTime.ts';
import type { Next } from '../next.ts';
import { presentSubscriptions } from './presentSubscriptions.ts';
import { presentRefusal } from '../presentTalk.ts';
import { mute, stop, subscriptionsOf } from './subscribe.ts';
import { maySubscribe, refuseSubscriber } from './subscriber.ts';
import { defineTalk } from '../talk.ts';
import { timeInWords } from './zoneWords.ts';
import type { World } from '../world.ts';

type Meant =
  | { readonly is: 'list' | 'stop' | 'stopSummary' | 'unmute' }
  | { readonly is: 'mute'; readonly span?: number | undefined; readonly until?: number | undefined };

const whole: readonly (readonly [RegExp, Exclude<Meant['is'], 'mute'>])[] = [
  [/^(?:(?:show|list) )?(?:my |the )?(?:subscriptions|notifications)$/iu, 'list'],
  [/^(?:stop|end|no more) (?:all )?(?:notifications|notices|notifying(?: (?:here|us|me))?)(?: here)?$/iu, 'stop'],
  [/^unsubscribe(?: (?:all|here))?$/iu, 'stop'],
  [/^(?:stop|end|no more) (?:the )?(?:daily )?summar(?:y|ies)(?: here)?$/iu, 'stopSummary'],
  [/^un-?mute(?: here)?$/iu, 'unmute'],
];
const mutePattern = /^mute(?: (?:here|notifications))?(?: (for|until|till) (.+)| (.+))?$/iu;

const longestMute = 30 * 24 * 60 * 60_000;
const headings: Readonly<Record<Meant['is'], string>> = {
  list: 'Subscriptions',
  stop: 'Stop notifications',
  stopSummary: 'Stop the daily summary',
  mute: 'Mute',
  unmute: 'Unmute',
};

/** Lists, mutes and stops what a place hears about. */
export const muteTalk = defineTalk<Meant>({
  summary: 'See, mute or stop what this chat or channel hears about',
  examples: ['subscriptions', 'mute for 2 hours', 'unmute', 'stop notifications'],
  isFor: maySubscribe,
  read: ({ text }) => {
    const is = whole.find(([pattern]) => pattern.test(text))?.[1];
    if (is) return { is };
    const said = mutePattern.exec(text);
    if (!said) return undefined;
    const [, how, time = '', bare = ''] = said;
    if (how?.toLowerCase() === 'for' || bare) return { is: 'mute', span: spanIn(time || bare) };
    return { is: 'mute', until: timeOfDayIn(time) };
  },
  heading: ({ is }) => headings[is],
  answer: async (world, heard, meant) => {
    const { person, place } = heard;
    const { refusal, roles } = await authorise(world, person, headings[meant.is]);
    if (refusal) return refused(world, refusal);
    if (meant.is === 'list') return list(world, place, maySubscribe(roles, place));
    const no = refuseSubscriber(roles, place, headings[meant.is]);
    return no ? refused(world, no) : change(world, heard, meant);
  },
});

const refused = (world: World, refusal: Refusal, commands: readonly string[] = []): Next => ({
  draw: () => presentRefusal(world, refusal, undefined, commands),
});

async function list(world: World, place: Place, mayChange: boolean): Promise<Next> {
  const here = await subscriptionsOf(world, place);
  return { draw: () => presentSubscriptions(world, place, here, { mayChange }) };
}

/** What was typed is answered in a line; the card with everything is there for whoever asks for it. */
const inShort = (text: string): Next => ({ draw: () => ({ text }) });

const nothingHere = 'Nothing is told here at present.';

async function change(world: World, heard: Heard, meant: Meant): Promise<Next> {
  if (meant.is === 'mute') return muteHere(world, heard, meant);
  if (meant.is === 'unmute') {
    const count = await mute(world, heard.person, heard.place, undefined);
    return inShort(count > 0 ? 'From now on I tell here again.' : nothingHere);
  }
  return stopHere(world, heard, meant.is === 'stopSummary');
}

async function stopHere(world: World, { person, place }: Heard, isSummary: boolean): Promise<Next> {
  const here = await subscriptionsOf(world, place);
  const count = await stop(world, person, place, isSummary ? here.filter(({ wants }) => wants.is === 'summary') : here);
  if (isSummary)
    return inShort(count > 0 ? 'There is no daily summary here any more.' : 'There is no daily summary here.');
  return inShort(count > 0 ? 'I tell nothing more here.' : nothingHere);
}

const whatTime: Refusal = {
  code: 'incomplete',
  understood: 'Mute',
  why: 'I need to know for how long, up to 30 days. Nothing was changed.',
  instead: 'For example:',
};

async function muteHere(world: World, heard: Heard, { span, until }: Meant & { is: 'mute' }): Promise<Next> {
  const now = world.clock.now();
  const end =
    span === undefined ? until !== undefined && nextTimeOfDay(until, zoneOr(heard.timeZone), now) : now + span;
  if (end === false || end - now > longestMute) {
    return refused(world, whatTime, ['mute for 2 hours', 'mute for 30 minutes', 'mute until 17:00']);
  }
  if ((await mute(world, heard.person, heard.place, end)) === 0) return inShort(nothingHere);
  const time = timeInWords(end, now, heard.timeZone);
  return inShort(`Nothing new is told here until ${time}. Type unmute to hear it again.`);
}
