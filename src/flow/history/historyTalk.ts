import type { Heard } from '../../doors.ts';
import type { Refusal } from '../../model/refusal.ts';
import { cut } from '../../model/text.ts';
import { askedIn } from '../askedIn.ts';
import { readHistory } from './historyWords.ts';
import type { HistoryMeant } from './historyWords.ts';
import type { Next } from '../next.ts';
import type { Target } from '../parse.ts';
import { presentRefusal } from '../presentTalk.ts';
import { nameOf, pursue } from '../pursue.ts';
import { mayReadHistory } from '../may/readership.ts';
import { showHistory } from './showHistory.ts';
import { defineTalk } from '../talk.ts';
import type { World } from '../world.ts';

const personNameOf = (target: Target): string => cut(target.is === 'person' ? target.mention.name : target.text, 80);

function heading(meant: HistoryMeant): string {
  if (meant.is === 'person') return `What ${personNameOf(meant.target)} asked`;
  if (meant.is === 'device') return `History of ${nameOf(meant.target)}`;
  if (meant.is === 'mine') return 'What you asked';
  return meant.ticket === undefined ? 'History' : `History of #${meant.ticket}`;
}

const unknownPerson = (understood: string, name: string): Refusal => ({
  code: 'unknownPerson',
  understood,
  why: `I could not find out who ${name} is.`,
  instead: 'In a group chat or channel, @mention the person: history of @name. Or name a device: history MBP-042.',
});

/** By mention from the roster; by sign-in address as the owner of a device, for that is whom Intune knows by address. */
async function idOf(world: World, heard: Heard, target: Target): Promise<{ id: string; name: string } | undefined> {
  if (target.is === 'person') return world.messenger.whoIs(heard.place, target.mention.chatId);
  const address = target.text.toLowerCase();
  const owners = (await world.graph.findDevices(target.text))
    .map(({ owner }) => owner)
    .filter(({ id, userPrincipalName }) => id !== '' && userPrincipalName.toLowerCase() === address);
  const [first] = owners;
  return first && owners.every(({ id }) => id === first.id) ? { id: first.id, name: first.name } : undefined;
}

async function answer(world: World, heard: Heard, meant: HistoryMeant): Promise<Next | undefined> {
  const { ticket } = meant;
  const asked = askedIn(heard, ticket);
  if (meant.is === 'all') return showHistory(world, asked, { ticket });
  if (meant.is === 'mine') return showHistory(world, asked, { ticket, personId: asked.asker.id });
  if (meant.is === 'device') return pursue(world, asked, { is: 'history', did: meant.did }, meant.target);
  const person = await idOf(world, heard, meant.target);
  if (person) return showHistory(world, asked, { ticket, personId: person.id }, { person: person.name });
  const no = unknownPerson(heading(meant), personNameOf(meant.target));
  return { draw: () => presentRefusal(world, no) };
}

/** Who did what, when, and what came of it. */
export const historyTalk = defineTalk<HistoryMeant>({
  summary: 'Read what was done, by whom, and what came of it',
  examples: ['history', 'history MBP-042', 'who locked MBP-042?', 'history #INC0012'],
  command: { title: 'history', description: 'What was done, by whom and with what outcome; as in history MBP-042' },
  isFor: mayReadHistory,
  read: readHistory,
  heading,
  answer,
});
