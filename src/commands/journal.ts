import { exportJournal } from './exportJournal.ts';
import { runCommand } from './run.ts';
import { verify } from './verifyCommand.ts';

process.exitCode = await runCommand({ verify, export: exportJournal }, process.argv.slice(2));
