import { existsSync } from 'node:fs';
import { StoreFault } from '../storePort.ts';
import { StoreStartFault } from '../store/startFault.ts';
import { CommandFault } from './fault.ts';
import { readWords } from './words.ts';
import type { Commands } from './words.ts';

const whys: Readonly<Record<StoreFault['reason'], string>> = {
  full: 'The disk of the store is full. Make room there, and try again.',
  readOnly: 'The store can only be read. Let this user write there, and try again.',
  unreachable: 'The store cannot be reached any more. Look after the database, and try again.',
  undecided: 'the database does not say whether it was written',
  unexpected: 'The database refused.',
};

function told(fault: unknown): string {
  if (fault instanceof CommandFault) return fault.message;
  if (fault instanceof StoreStartFault) return `The store could not be opened: ${fault.message}`;
  if (fault instanceof StoreFault)
    return fault.reason === 'unexpected' ? `${whys.unexpected} ${fault.message}` : whys[fault.reason];
  return `That failed: ${fault instanceof Error ? fault.message : String(fault)}`;
}

/** Does what these arguments say, and answers the exit code. Faults go to stderr: stdout may be a file that is kept. */
export async function runCommand(commands: Commands, args: readonly string[]): Promise<0 | 1 | 2> {
  try {
    // What is set already wins over the file.
    if (existsSync('.env')) process.loadEnvFile('.env');
    const words = readWords(commands, args);
    if (words.is === 'help') console.log(words.text);
    else await words.command.run(words.values);
    return 0;
  } catch (fault) {
    console.error(told(fault));
    return fault instanceof CommandFault ? fault.exitCode : 2;
  }
}
