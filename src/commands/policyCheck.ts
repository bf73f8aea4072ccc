import { loadCatalogue } from '../catalogue.ts';
import { readConfig } from '../config.ts';
import { faultsFor } from '../configSignIn.ts';
import { groupsOf } from '../model/policy.ts';
import type { Policy } from '../model/policy.ts';
import { list } from '../model/text.ts';
import { readPolicyFile, tellFaults } from '../policy/file.ts';
import { readPolicy } from '../policy/read.ts';
import { undercutIn } from '../policy/undercut.ts';
import { notDone, notWhole } from './fault.ts';
import { single } from './words.ts';
import type { Command } from './words.ts';

/** What the policy asks for and the bot would not have: known where the environment is that of a bot for a tenant. */
function lacksOf(policy: Policy): { readonly faults: readonly string[]; readonly note?: string } {
  const read = readConfig(process.env);
  if (read.is === 'config' && read.config.mode === 'tenant') return { faults: faultsFor(read.config, policy) };
  if (policy.asPerson.length === 0) return { faults: [] };
  const note = 'asPerson needs SSO_RESOURCE where the bot runs for a tenant; without it, the bot refuses this policy';
  return { faults: [], note };
}

export const checkPolicy: Command = {
  help: `npm run policy -- check [--file <file>]
  Reads a policy file (without --file, that of DESK_POLICY) and tells all that is wrong with it, each with its line. With
  the bot's environment, also what the policy asks for and the bot does not have. Warns of limits that another rule undoes.
  Exit code: 0 nothing is wrong; 1 something is; 2 it could not be read.`,
  options: ['file'],
  run: async (values) => {
    const path = single(values, 'file') ?? process.env['DESK_POLICY']?.trim();
    if (!path) throw notDone('Which file? Say --file policy.yaml, or set DESK_POLICY.');
    const file = await readPolicyFile(path);
    if (file.is === 'faults') throw notDone(tellFaults(path, file.faults).join('\n'));
    const actions = (await loadCatalogue()).actions.map(({ name }) => name);
    const read = readPolicy(file.text, actions);
    if (read.is === 'faults') throw notWhole(tellFaults(path, read.faults).join('\n'));
    tell(path, read.policy, actions);
  },
};

/** Throws `CommandFault` where the bot would refuse it. */
function tell(path: string, policy: Policy, actions: readonly string[]): void {
  const { faults, note } = lacksOf(policy);
  const lacking = faults.map((what) => ({ what }));
  if (lacking.length > 0) throw notWhole(tellFaults(path, lacking).join('\n'));
  console.log(`${path}: nothing is wrong with it.`);
  console.log(`  roles   ${list(policy.roles.map(({ name }) => name))}`);
  console.log(`  groups  ${groupsOf(policy).length}; whether Entra has them, /readyz of the running bot tells`);
  if (note) console.log(`  note    ${note}`);
  for (const warning of tellFaults(path, undercutIn(policy, actions))) console.log(`  beware  ${warning}`);
}
