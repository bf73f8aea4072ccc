import { parseArgs } from 'node:util';
import { notDone } from './fault.ts';

/** What was given for each option, in order. */
export type Values = Readonly<Record<string, readonly string[]>>;

/** One word after `npm run journal --`. */
export interface Command {
  /** How it is called and what it does; for people. */
  readonly help: string;
  /** Names of the options, each of which takes a value. */
  readonly options: readonly string[];
  /** Throws `CommandFault` where a person should know why not. */
  run(values: Values): Promise<void>;
}

export type Commands = Readonly<Record<string, Command>>;

export type Words =
  | { readonly is: 'help'; readonly text: string }
  | { readonly is: 'command'; readonly command: Command; values: Values };

const helpOf = (commands: Commands) =>
  Object.values(commands)
    .map(({ help }) => help)
    .join('\n\n');

/** Node explains at length what we have no use for. */
const firstSentence = (text: string) => (text.split('\n')[0] ?? '').split('. ')[0]?.replace(/\.$/u, '') ?? '';

function optionsOf(command: Command, name: string, args: readonly string[]) {
  const options = Object.fromEntries(command.options.map((option) => [option, { type: 'string', multiple: true }])) as {
    [option: string]: { type: 'string'; multiple: true };
  };
  try {
    const help = { type: 'boolean', short: 'h' } as const;
    return parseArgs({ args: [...args], options: { ...options, help }, allowPositionals: false }).values;
  } catch (fault) {
    const known = [...command.options, 'help'].map((option) => `--${option}`).join(', ');
    const why = fault instanceof Error ? firstSentence(fault.message) : String(fault);
    throw notDone(`${why}. What ${name} knows: ${known}.`);
  }
}

/** What is asked for. Throws `CommandFault` for words that are not known. */
export function readWords(commands: Commands, args: readonly string[]): Words {
  const [name = '', ...rest] = args;
  if (['--help', '-h', 'help'].includes(name)) return { is: 'help', text: helpOf(commands) };
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    const known = Object.keys(commands).join(' or ');
    throw notDone(name ? `“${name}” is not known. Say ${known}.` : `Say what to do: ${known}.\n\n${helpOf(commands)}`);
  }
  const { help, ...values } = optionsOf(command, name, rest) as Record<string, unknown>;
  return help ? { is: 'help', text: command.help } : { is: 'command', command, values: values as Values };
}

/** The value of an option that may be given once. */
export function single(values: Values, name: string): string | undefined {
  const given = values[name] ?? [];
  if (given.length > 1) throw notDone(`--${name} is given ${given.length} times. Give it once.`);
  if (given[0] === '') throw notDone(`--${name} is empty.`);
  return given[0];
}
