import { loadCatalogue } from '../catalogue.ts';
import { groupsOf } from '../model/policy.ts';
import { list } from '../model/text.ts';
import { readPolicyFile, tellFaults } from '../policy/file.ts';
import { readPolicy } from '../policy/read.ts';
import { notDone, notWhole } from './fault.ts';
import { single } from './words.ts';
import type { Command } from './words.ts';

export const checkPolicy: Command = {
  help: `npm run policy -- check [--file <file>]
  Reads a policy file (without --file, that of DESK_POLICY) and tells all that is wrong with it, each with its line.
  Exit code: 0 nothing is wrong; 1 something is; 2 it could not be read.`,
  options: ['file'],
  run: async (values) => {
    const path = single(values, 'file') ?? process.env['DESK_POLICY']?.trim();
    if (!path) throw notDone('Which file? Say --file policy.yaml, or set DESK_POLICY.');
    const file = await readPolicyFile(path);
    if (file.is === 'faults') throw notDone(tellFaults(path, file.faults).join('\n'));
    const { actions } = await loadCatalogue();
    const read = readPolicy(
      file.text,
      actions.map(({ name }) => name),
    );
    if (read.is === 'faults') throw notWhole(tellFaults(path, read.faults).join('\n'));
    const { policy } = read;
    console.log(`${path}: nothing is wrong with it.`);
    console.log(`  roles   ${list(policy.roles.map(({ name }) => name))}`);
    console.log(`  groups  ${groupsOf(policy).length}; whether Entra has them, /readyz of the running bot tells`);
  },
};
