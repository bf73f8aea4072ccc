import type { WhyNot } from './refusal.ts';
import type { AssignmentItem } from './device.ts';
import { cut, list } from './text.ts';

/** `items` is empty until the device's apps and policies were looked up. */
export interface AssignmentOptions {
  readonly intent: 'remove' | 'restore';
  /** What the person named. */
  readonly named: string;
  readonly items: readonly AssignmentItem[];
  /** Ids that shall stand as removed; everything else that stood as removed is restored. */
  readonly removed: readonly string[];
}

/** As many as one call may name (Microsoft Learn: changeAssignments). */
export const mostItems = 30;

const sameName = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase();
/** What the statement names as removed: also what stands so already, or Intune would give it back. */
export const toRemove = ({ items, removed }: AssignmentOptions) => items.filter((item) => removed.includes(item.id));
/** What stands as removed and shall come back. */
export const toRestore = ({ items, removed }: AssignmentOptions) =>
  items.filter((item) => item.removed && !removed.includes(item.id));
/** Removing it once more would change nothing. */
const isOffForNow = ({ removed, mayBeBack }: AssignmentItem) => removed && !mayBeBack;
export const namesOf = (items: readonly AssignmentItem[]) => list(items.map((item) => item.name));

/** Completes what was typed with what the device has. Exact names only: nothing is guessed. */
export function prepare(options: AssignmentOptions, found: readonly AssignmentItem[]): AssignmentOptions | WhyNot {
  const named = found.filter((item) => sameName(item.name, options.named));
  const [only, second] = named;
  const what = options.intent === 'remove' ? found : found.filter((item) => item.removed);
  if (!only || (options.intent === 'restore' && !only.removed))
    return {
      code: 'unknownItem',
      why:
        options.intent === 'remove'
          ? `This device has no app or policy called “${cut(options.named, 80)}”.`
          : `“${cut(options.named, 80)}” is not off this device.`,
      instead: what.length
        ? `${options.intent === 'remove' ? 'It has' : 'Off now'}: ${cut(namesOf(what), 600)}.`
        : options.intent === 'restore'
          ? 'Nothing stands as removed on it.'
          : 'Intune lists no app or policy for it.',
    };
  if (second)
    return {
      code: 'ambiguousItem',
      why: `This device has ${named.length} apps or policies called “${cut(options.named, 80)}”.`,
      instead: 'Remove it in Intune, where the two can be told apart.',
    };
  if (options.intent === 'remove' && isOffForNow(only))
    return {
      code: 'alreadyOff',
      why: `“${cut(only.name, 80)}” is off this device already.`,
      instead: 'Intune gives it back by itself after 8 to 24 hours. To have it back now, type restore with its name.',
    };
  const standing = found.filter((item) => item.removed).map((item) => item.id);
  const removed =
    options.intent === 'remove' ? [...new Set([...standing, only.id])] : standing.filter((id) => id !== only.id);
  return { ...options, items: found, removed };
}

/** More would not be read, and would not fit into a message. */
const mostOffered = 60;

/** What stands as removed, what was named, and of the rest as many as the card can hold. */
export function offered({ items, removed }: AssignmentOptions): readonly AssignmentItem[] {
  const first = items.filter((item) => item.removed || removed.includes(item.id));
  const rest = items.filter((item) => !first.includes(item));
  const shown = new Set([...first, ...rest].slice(0, Math.max(mostOffered, first.length)));
  return items.filter((item) => shown.has(item));
}

const refuse = (code: string, why: string, instead: string): WhyNot => ({ code, why, instead });

/** A client leaves an input with no tick out of what it sends. */
export function choose(
  options: AssignmentOptions,
  inputs: Readonly<Record<string, string>>,
): AssignmentOptions | WhyNot {
  const removed = [...new Set((inputs['items'] ?? '').split(',').filter((id) => id !== ''))];
  if (removed.length === 0 && options.removed.length > 0)
    return refuse(
      'nothingTicked',
      'Nothing was ticked, so I sent nothing.',
      'Tick what shall be off the device; to give something back, type restore with its name.',
    );
  const chosen = { ...options, removed };
  if (removed.some((id) => !offered(options).some((item) => item.id === id)))
    return refuse('notOffered', 'The card did not offer one of these items.', 'Type the command again.');
  if (toRemove(chosen).length + toRestore(chosen).length > mostItems)
    return refuse('tooMany', `Intune takes at most ${mostItems} items at a time.`, 'Tick fewer items.');
  if (toRemove(chosen).every(isOffForNow) && toRestore(chosen).length === 0)
    return refuse('nothingToDo', 'With these ticks nothing would change.', 'Tick what shall be off the device.');
  return chosen;
}
