import type { Heard } from '../../doors.ts';
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
    if (meant.is === 'list') return list(world, heard);
    const no = await refuseHere(world, heard, headings[meant.is]);
    return no ? { draw: () => presentRefusal(world, no) } : change(world, heard, meant);
  },
});

async function refuseHere(world: World, { person, place }: Heard, heading: string): Promise<Refusal | undefined> {
  const { refusal, roles } = await authorise(world, person, heading);
  return refusal ?? refuseSubscriber(roles, place, heading);
}

async function list(world: World, { place }: Heard, done?: string): Promise<Next> {
  const here = await subscriptionsOf(world, place);
  return { draw: () => presentSubscriptions(world, place, here, done) };
}

async function change(world: World, heard: Heard, meant: Meant): Promise<Next> {
  const { person, place } = heard;
  if (meant.is === 'mute') return muteHere(world, heard, meant);
  if (meant.is === 'unmute') {
    await mute(world, person, place, undefined);
    return list(world, heard, 'From now on I tell here again.');
  }
  const here = await subscriptionsOf(world, place);
  const gone = meant.is === 'stop' ? here : here.filter(({ wants }) => wants.is === 'summary');
  await stop(world, person, place, gone);
  return list(
    world,
    heard,
    meant.is === 'stop' ? 'I tell nothing more here.' : 'There is no daily summary here any more.',
  );
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
    const examples = ['mute for 2 hours', 'mute for 30 minutes', 'mute until 17:00'];
    return { draw: () => presentRefusal(world, whatTime, undefined, examples) };
  }
  await mute(world, heard.person, heard.place, end);
  return list(world, heard, 'Nothing new is told here for now.');
}
