import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { assemble, healthOf } from './assemble.ts';
import type { Running } from './assemble.ts';
import type { Config, SandboxConfig, TenantConfig } from './config.ts';
import type { Settings } from './flow/world.ts';
import { credentialFrom } from './graph/credential.ts';
import { createGraph } from './graph/graph.ts';
import { groupsOf } from './model/policy.ts';
import type { Watched } from './policy/watch.ts';
import { readStart } from './policyInForce.ts';
import type { Clock, Log } from './ports.ts';
import type { Store } from './storePort.ts';
import { asPersonIn, asPersonInSandbox } from './signIn.ts';
import type { AsPerson } from './signIn.ts';
import { tellStartFault } from './startFault.ts';
import { openStore } from './store/open.ts';
import { conversationRates, tenantRate } from './teams/limits.ts';
import { createTeams } from './teams/server.ts';
import type { TeamsOptions } from './teams/server.ts';
import { vaultOf } from './vault.ts';
import type { VaultKeys } from './vault.ts';

const minute = 60_000;
/** Milliseconds; a change counts once two looks see the same. */
const lookAtPolicyEvery = 2_000;
const clock: Clock = { now: Date.now };

const settingsOf = ({ mode, cloudPcApi, tracking, settleAfter, secretKeptFor }: Config): Settings => ({
  tenant: { cloudPcApi },
  patience: { ...tracking, skew: 10 * minute },
  confirmWithin: 5 * minute,
  secretFor: minute,
  secretKeptFor,
  auditsEvery: mode === 'sandbox' ? 5_000 : minute,
  lease: minute,
  settleAfter,
  rates: {
    looks: { limit: tracking.readsPerSecond, window: 1_000 },
    conversation: conversationRates,
    messages: tenantRate,
  },
});

interface Outside {
  readonly graphUrl: string;
  readonly policy: Watched;
  readonly tenantId: string;
  readonly credential: Awaited<ReturnType<typeof credentialFrom>>;
  readonly secretKeys: VaultKeys;
  /** Undefined: all is done in the app's name. */
  readonly asPerson: AsPerson | undefined;
  readonly teams: Pick<TeamsOptions, 'authentication' | 'channelService'>;
}

/** Bot and doors around this store, this Graph and this Teams. */
async function startBot(config: Config, store: Store, outside: Outside, log: Log): Promise<Running> {
  const { graphUrl: baseUrl, credential, policy, tenantId, secretKeys, teams } = outside;
  const graph = createGraph({
    baseUrl,
    credential,
    onBehalfOf: outside.asPerson?.onBehalfOf,
    groupIds: () => groupsOf(policy.policy()),
    log,
    clock,
  });
  const vault = vaultOf(secretKeys);
  const { host, port } = config;
  const chat = createTeams({
    ...teams,
    signIn: outside.asPerson?.signIn,
    tenantIds: [tenantId],
    host,
    port,
    log,
    clock,
    patience: minute,
    health: healthOf(graph, store, vault, policy.fault),
  });
  setInterval(() => void policy.look(), lookAtPolicyEvery).unref();
  return assemble({ graph, store, log, clock, settings: settingsOf(config), policy: policy.policy, vault, chat });
}

async function startInTenant(config: TenantConfig, policy: Watched, log: Log): Promise<Running> {
  const store = await openStore(config.store, clock, log);
  const { clientId, tenantId, cloud, credential: proof, secretKeys } = config;
  const credential = await credentialFrom(
    proof.is === 'managedIdentity' ? { ...proof, clientId } : { ...proof, clientId, tenantId, loginHost: cloud.login },
  );
  const isGovernment = cloud.name === 'usgov' || cloud.name === 'usdod';
  const bot = await startBot(
    config,
    store,
    {
      graphUrl: cloud.graph,
      credential,
      policy,
      tenantId,
      secretKeys,
      asPerson: asPersonIn(config),
      teams: {
        authentication: { is: 'on', credentials: { clientId, tokens: credential } },
        channelService: isGovernment ? 'https://botframework.azure.us' : undefined,
      },
    },
    log,
  );
  log.info({ port: bot.port, cloud: cloud.name }, 'listening');
  return bot;
}

async function startInSandbox(config: SandboxConfig, policy: Watched, log: Log): Promise<Pick<Running, 'stop'>> {
  const { greeting, openChatWindow, openSandboxTenant } = await import('./sandbox-mode.ts');
  const { sandboxKey } = await import('./sandboxKey.ts');
  const { graphUrl, speed, cloudPcApi, sandboxPort: port = 0 } = config;
  const store = await openStore(config.store, clock, log);
  const memory = join(config.dataFolder, 'sandbox');
  const tenant = await openSandboxTenant({ graphUrl, speed, cloudPcApi, port, clock, memory });
  const credential = await credentialFrom({ is: 'sandbox' });
  const { secretKeys = [sandboxKey(memory)] } = config;
  const asPerson = asPersonInSandbox(tenant);
  const outside = {
    ...tenant,
    policy,
    credential,
    secretKeys,
    asPerson,
    teams: { authentication: { is: 'off' } },
  } as const;
  const bot = await startBot(config, store, outside, log);
  const chat = config.chat ? await openChatWindow(bot.port, config.chatPort) : undefined;
  const kept = `${config.dataFolder}; delete it to begin anew`;
  console.log(
    greeting(bot.port, tenant.graphUrl, config.store.is === 'postgres' ? `PostgreSQL, and ${kept}` : kept, chat?.url),
  );
  return {
    stop: async () => {
      await bot.stop();
      await chat?.stop();
      await tenant.stop();
    },
  };
}

/** Also while still starting: then it stops as soon as it stands. */
function stopOnSignal(starting: Promise<Pick<Running, 'stop'>>, log: Log): void {
  const stop = (signal: string) => {
    log.info({ signal }, 'stopping');
    void starting.then((running) => running.stop()).then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

// What is set already wins over the file.
if (existsSync('.env')) process.loadEnvFile('.env');
const start = await readStart(process.env);
if (start.is === 'faults') {
  console.error(['Device Desk cannot start like this:', ...start.faults.map((fault) => `  - ${fault}`)].join('\n'));
  process.exit(1);
}
try {
  const { config, policy, log } = start;
  const starting = config.mode === 'tenant' ? startInTenant(config, policy, log) : startInSandbox(config, policy, log);
  stopOnSignal(starting, log);
  await starting;
} catch (fault) {
  console.error(`Device Desk could not start: ${tellStartFault(fault, start.config)}`);
  process.exit(1);
}
