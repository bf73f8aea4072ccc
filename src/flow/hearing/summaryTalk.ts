import { authorise } from '../may/authorise.ts';
import { timeOfDay, timeOfDayIn } from '../clockWords.ts';
import { nextTimeOfDay, zoneOr } from '../localTime.ts';
import { presentRefusal } from '../presentTalk.ts';
import { subscribeTo } from './subscribe.ts';
import { readsAll, maySubscribe, refuseSubscriber } from './subscriber.ts';
import { defineTalk } from '../talk.ts';
import { zoneInWords } from './zoneWords.ts';
import type { Refusal } from '../../model/refusal.ts';
import type { Role } from '../../model/policy.ts';

interface Meant {
  readonly words: string;
  /** Minutes after midnight; undefined: not understood. */
  readonly minutes: number | undefined;
}

const pattern = /^(?:send |post |a )*(?:daily summary|summary (?:every day|daily))(?: here)?(?: (?:at )?(.+))?$/iu;
const heading = 'Daily summary';

const noTime: Refusal = {
  code: 'incomplete',
  understood: heading,
  why: 'I need to know at what time. Nothing was changed.',
  instead: 'For example:',
};

/** It tells about everybody, wherever it is told. */
const refuseReader = (roles: readonly Role[]): Refusal | undefined =>
  readsAll(roles)
    ? undefined
    : {
        code: 'noHistory',
        understood: heading,
        why: 'A summary tells about everybody’s actions, and your role lets you read about your own only.',
        instead: 'Ask a colleague whose role allows it to have one in a channel.',
      };

export const summaryTalk = defineTalk<Meant>({
  summary: 'Be told once a day what became of everything that was asked of me',
  examples: ['daily summary at 17:00', 'stop daily summary'],
  isFor: maySubscribe,
  read: ({ text }) => {
    const said = pattern.exec(text);
    return said ? { words: text, minutes: timeOfDayIn(said[1] ?? '') } : undefined;
  },
  heading: () => heading,
  answer: async (world, { person, place, timeZone: theirs }, { words, minutes }) => {
    const { refusal, roles } = await authorise(world, person, heading);
    const no =
      refusal ??
      refuseSubscriber(roles, place, heading) ??
      refuseReader(roles) ??
      (minutes === undefined ? noTime : undefined);
    if (no || minutes === undefined) {
      const examples = no === noTime ? ['daily summary at 17:00', 'daily summary at 8:30 am'] : [];
      return { draw: () => presentRefusal(world, no ?? noTime, undefined, examples) };
    }
    const timeZone = zoneOr(theirs);
    const nextAt = nextTimeOfDay(minutes, timeZone, world.clock.now());
    const tooMany = await subscribeTo(world, { person, place, words }, { is: 'summary', minutes, timeZone, nextAt });
    if (tooMany) return { draw: () => presentRefusal(world, tooMany) };
    const done = `A summary comes every day at ${timeOfDay(minutes)} ${zoneInWords(theirs)}.`;
    return { draw: () => ({ text: `${done} Type subscriptions to see or change it.` }) };
  },
});
