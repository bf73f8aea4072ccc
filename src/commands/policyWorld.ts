import { createGraph } from '../graph/graph.ts';
import { credentialFrom } from '../graph/credential.ts';
import { whoIs } from '../graph/whoIs.ts';
import type { Known } from '../graph/whoIs.ts';
import { groupsOf } from '../model/policy.ts';
import type { Policy } from '../model/policy.ts';
import type { Config } from '../config.ts';
import type { PolicyFrom } from '../configPolicy.ts';
import { readStart } from '../policyInForce.ts';
import type { Clock, Graph, Log } from '../ports.ts';
import { notDone } from './fault.ts';

/** The policy in force and the Graph that it is asked of, as the bot with this environment has them. */
export interface PolicyWorld {
  readonly graph: Graph;
  readonly policy: Policy;
  readonly from: PolicyFrom;
  who(idOrAddress: string): Promise<Known | undefined>;
  stop(): Promise<void>;
}

const clock: Clock = { now: Date.now };
/** stdout is for the answer. */
const log: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Throws `CommandFault` where the bot would not start either. */
export async function openPolicyWorld(): Promise<PolicyWorld> {
  const start = await readStart(process.env);
  if (start.is === 'faults')
    throw notDone(['The bot would not start like this:', ...start.faults.map((fault) => `  - ${fault}`)].join('\n'));
  const { baseUrl, credential, stop } = await reach(start.config);
  const policy = start.policy.policy();
  return {
    graph: createGraph({ baseUrl, credential, groupIds: () => groupsOf(policy), log, clock }),
    policy,
    from: start.config.policy,
    who: (idOrAddress) => whoIs(idOrAddress, { baseUrl, credential }, log, clock),
    stop,
  };
}

/** In the sandbox, the tenant that `SANDBOX_GRAPH_URL` names, or one for this question alone. */
async function reach(config: Config) {
  if (config.mode === 'sandbox') {
    const { openSandboxTenant } = await import('../sandbox-mode.ts');
    const { graphUrl, speed, cloudPcApi } = config;
    const tenant = await openSandboxTenant({ graphUrl, speed, cloudPcApi, port: 0, clock });
    const credential = await credentialFrom({ is: 'sandbox' });
    return { baseUrl: tenant.graphUrl, credential, stop: () => tenant.stop() };
  }
  const { clientId, tenantId, cloud, credential: proof } = config;
  const credential = await credentialFrom(
    proof.is === 'managedIdentity' ? { ...proof, clientId } : { ...proof, clientId, tenantId, loginHost: cloud.login },
  );
  return { baseUrl: cloud.graph, credential, stop: () => Promise.resolve() };
}
