import { exportStore } from './exportStore.ts';
import { importStore } from './importStore.ts';
import { runCommand } from './run.ts';

process.exitCode = await runCommand({ export: exportStore, import: importStore }, process.argv.slice(2));
