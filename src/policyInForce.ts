import { loadCatalogue } from './catalogue.ts';
import { policyFrom } from './configPolicy.ts';
import type { PolicyFrom } from './configPolicy.ts';
import { readConfig } from './config.ts';
import type { Config } from './config.ts';
import { faultsFor } from './configSignIn.ts';
import { createLog } from './log.ts';
import { policyOfGroup } from './model/policy.ts';
import type { Policy } from './model/policy.ts';
import { openPolicy } from './policy/watch.ts';
import type { Opened, Watched } from './policy/watch.ts';
import type { Log } from './ports.ts';

/** What must stand before anything is started. */
export type Start =
  | { readonly is: 'start'; readonly config: Config; readonly policy: Watched; readonly log: Log }
  /** All that is wrong with the environment and the policy file, one sentence each with its mend. */
  | { readonly is: 'faults'; readonly faults: readonly string[] };

/** Reads the environment and the policy that it names. Does not throw. */
export async function readStart(environment: Readonly<Record<string, string | undefined>>): Promise<Start> {
  const read = readConfig(environment);
  const from = read.is === 'config' ? read.config.policy : policyFrom(environment);
  const log = createLog(read.is === 'config' ? read.config.logLevel : 'silent');
  const lacks = (policy: Policy) => (read.is === 'config' ? faultsFor(read.config, policy) : []);
  const opened = from && (await policyInForce(from, log, lacks));
  const faults = [...(read.is === 'faults' ? read.faults : []), ...(opened?.is === 'faults' ? opened.faults : [])];
  return read.is === 'config' && opened?.is === 'policy'
    ? { is: 'start', config: read.config, policy: opened.watched, log }
    : { is: 'faults', faults };
}

async function policyInForce(
  from: PolicyFrom,
  log: Log,
  lacks: (policy: Policy) => readonly string[],
): Promise<Opened> {
  if (from.is === 'file') {
    const { actions } = await loadCatalogue();
    return openPolicy(
      from.path,
      actions.map(({ name }) => name),
      log,
      lacks,
    );
  }
  const policy = policyOfGroup(from.groupId);
  return {
    is: 'policy',
    watched: { policy: () => policy, fault: () => undefined, look: () => Promise.resolve() },
  };
}
