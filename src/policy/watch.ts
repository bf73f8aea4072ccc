import type { Policy } from '../model/policy.ts';
import type { Clock, Log } from '../ports.ts';
import { changesBetween } from './changes.ts';
import { readPolicyFile, tellFaults } from './file.ts';
import type { ReadFile } from './file.ts';
import { readPolicy } from './read.ts';
import type { ReadPolicy } from './read.ts';

/** The policy in force, and the file that it comes from. */
export interface Watched {
  policy(): Policy;
  /** Why what stands in the file now is not in force, in one line; undefined: it is. */
  fault(): string | undefined;
  /** Looks whether the file has changed; to be called every few seconds. One look at a time: who comes meanwhile shares it. Does not throw. */
  look(): Promise<void>;
}

export type Opened =
  | { readonly is: 'policy'; readonly watched: Watched }
  /** In words, each with its file, line and mend. */
  | { readonly is: 'faults'; readonly faults: readonly string[] };

/**
 * Reads the policy file for the first time. `actions`: the names that the catalogue knows. `lacks`: what a policy asks
 * for and this process does not have; then it is not in force. `clock`: one that nobody sets. Does not throw.
 */
export async function openPolicy(
  path: string,
  actions: readonly string[],
  log: Log,
  lacks: (policy: Policy) => readonly string[] = () => [],
  clock: Clock = { now: () => performance.now() },
): Promise<Opened> {
  const reading: Reading = (file) => {
    const read = file.is === 'text' ? readPolicy(file.text, actions) : file;
    const faults = read.is === 'policy' ? lacks(read.policy).map((what) => ({ what })) : [];
    return faults.length > 0 ? { is: 'faults', faults } : read;
  };
  const file = await readPolicyFile(path);
  const read = reading(file);
  if (read.is === 'faults') return { is: 'faults', faults: tellFaults(path, read.faults) };
  return { is: 'policy', watched: watch(path, reading, log, clock, read.policy, keyOf(file)) };
}

type Reading = (file: ReadFile) => ReadPolicy;

/** What was found, as one string: the whole of it, because times and sizes miss quick changes, and it is short. */
const keyOf = (file: ReadFile): string => JSON.stringify(file);

/** Milliseconds for which a file must stay as it is. */
const standsFor = 1_000;

/**
 * Looks at what the file says instead of waiting for the system to tell: that is unreliable with editors that put a new
 * file in its place, network shares and mounted config maps. A change counts once two looks see the same, and a second
 * lies between them, so that no half-written file is taken for a policy from which the protected devices have gone.
 */
function watch(path: string, reading: Reading, log: Log, clock: Clock, first: Policy, inForce: string): Watched {
  let policy = first;
  let fault: string | undefined;
  let judged = inForce;
  let seen = { key: inForce, at: clock.now() };
  let looking: Promise<void> | undefined;
  const judge = (file: ReadFile) => {
    const read = reading(file);
    if (read.is === 'policy') {
      log.warn(changesBetween(policy, read.policy), 'the policy file was read anew and is in force');
      policy = read.policy;
      fault = undefined;
    } else {
      const faults = tellFaults(path, read.faults);
      log.error({ faults }, 'the policy file is broken; the version before it stays in force');
      fault = `the version before it stays in force: ${faults[0] ?? ''}${faults.length > 1 ? ` (and ${faults.length - 1} more in the log)` : ''}`;
    }
  };
  const look = async () => {
    const begun = clock.now();
    const file = await readPolicyFile(path);
    const key = keyOf(file);
    if (key !== seen.key) seen = { key, at: clock.now() };
    if (key === judged || begun - seen.at < standsFor) return;
    judged = key;
    judge(file);
  };
  return {
    policy: () => policy,
    fault: () => fault,
    look: () => (looking ??= look().finally(() => (looking = undefined))),
  };
}
