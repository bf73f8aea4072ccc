import type { Catalogue } from '../../src/catalogue.ts';
import { talks } from '../../src/flow/talks.ts';
import type { Action } from '../../src/model/action.ts';

/** One entry of the list that Teams shows above the compose box; its title is what a click writes there. */
export interface Command {
  readonly title: string;
  readonly description: string;
}

/** The manifest schema allows twelve in a list. */
export const mostCommands = 12;
/** The schema allows more; Teams cuts titles off at about this. */
export const longestTitle = 32;

const spoken: readonly Command[] = [
  { title: 'help', description: 'What I can do, with examples' },
  {
    title: 'status',
    description: 'Your latest actions; with a device name, as in status MBP-042, those of the device',
  },
  ...talks.flatMap(({ command }) => command ?? []),
];

/** The words of an example that stand before what the person must name: "lock device" of "lock device MBP-042". */
function titleOf(example: string, catalogue: Catalogue): string | undefined {
  const words = example.split(' ');
  return words
    .map((_word, index) => words.slice(0, words.length - index).join(' '))
    .find((start) => catalogue.phrases.some(({ pattern }) => pattern.isBare(start)));
}

function commandOf(action: Action, example: string, catalogue: Catalogue): Command {
  const phrase = catalogue.phrases.find((known) => known.action === action && known.pattern.match(example)?.['device']);
  const title = titleOf(example, catalogue);
  if (!phrase || !title) throw new Error(`${action.name} does not understand its own example “${example}”`);
  const options = phrase.options({ device: 'a device', item: 'an app or policy' });
  return { title, description: `${action.deed('a device', options)}, as in ${example}` };
}

/** Column by column: the first example of each action, then the second of each, and so on. */
function byTurns<Item>(rows: readonly (readonly Item[])[]): Item[] {
  const longest = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: longest }, (_none, turn) => rows.flatMap((row) => row.slice(turn, turn + 1))).flat();
}

/**
 * Help, status and whatever else can be said, then one command for each deed. Where they are too many for Teams, every action gets its first
 * before any gets its second; what is left out can still be typed.
 */
export function commandsFor(catalogue: Catalogue): { readonly listed: Command[]; readonly leftOut: Command[] } {
  const deeds = byTurns(
    catalogue.actions.map((action) => action.examples.map((example) => commandOf(action, example, catalogue))),
  );
  const every = [...spoken, ...deeds];
  const distinct = every.filter(({ title }, index) => every.findIndex((other) => other.title === title) === index);
  return { listed: distinct.slice(0, mostCommands), leftOut: distinct.slice(mostCommands) };
}
