import { inOwnChat } from '../ownChat.ts';
import { presentRefusal } from '../presentTalk.ts';
import { openHeading, tellOpen } from './showOpen.ts';
import { defineTalk } from '../talk.ts';
import { isWhyNot } from '../../model/refusal.ts';

const words =
  /^(?:open|(?:show )?my desk|(?:show )?(?:what['’]?s|what is)(?: still)? (?:open|running|under way|going on|on my desk))$/iu;

/** "My desk": what is under way, with buttons to look now or to stop watching. */
export const openTalk = defineTalk<true>({
  summary: 'See what is open, look now, or stop watching',
  examples: ['what’s open'],
  command: { title: 'what’s open', description: 'What is under way: yours, and your team’s where your role shows it' },
  read: ({ text }) => (words.test(text) ? true : undefined),
  heading: () => openHeading,
  answer: async (world, { person, place }) => {
    const told = await tellOpen(world, person);
    return isWhyNot(told)
      ? { draw: () => presentRefusal(world, told) }
      : inOwnChat(world, person, place, openHeading, told);
  },
});
