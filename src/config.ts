import type { z } from 'zod';
import { nearMisses } from './configNames.ts';
import { milliseconds, sandbox, tenant, type common } from './configVariables.ts';
import type { Cloud } from './graph/clouds.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment, read once. All durations in milliseconds.
 *
 * `sandbox`: nothing is configured, so everything is made up and stays on this machine. `tenant`: a real one.
 */
export type Config = SandboxConfig | TenantConfig;

interface Common {
  readonly port: number;
  /** Address to listen on: loopback in the sandbox, all of them otherwise. */
  readonly host: string;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  readonly cloudPcApi: 'cloudPC' | 'managedDevice';
  readonly tracking: {
    /** When to look; the last one repeats. Never empty. */
    readonly intervals: readonly number[];
    /** How long a lost answer is looked for. */
    readonly unsureFor: number;
    /** How long an accepted action is followed. */
    readonly waitFor: number;
    /** Reads of devices per second that all processes together may make for looking. */
    readonly readsPerSecond: number;
  };
  /** How long whoever was confirmed to act may take before others look what became of it. */
  readonly settleAfter: number;
  /** Where everything is remembered: a folder of this machine, or a PostgreSQL. */
  readonly store:
    { readonly is: 'sqlite'; readonly folder: string } | { readonly is: 'postgres'; readonly url: string };
  /** The folder for what belongs to this machine alone. */
  readonly dataFolder: string;
}

export interface SandboxConfig extends Common {
  readonly mode: 'sandbox';
  /** Whether the chat window is opened. */
  readonly chat: boolean;
  /** Port of the chat window. */
  readonly chatPort: number;
  /** A fake Graph instead of the built-in tenant. */
  readonly graphUrl?: string;
  /** Factor on the built-in tenant's delays. */
  readonly speed: number;
  /** Port of the built-in tenant; without one, any that is free. */
  readonly sandboxPort?: number;
}

export interface TenantConfig extends Common {
  readonly mode: 'tenant';
  readonly clientId: string;
  readonly tenantId: string;
  readonly helpdeskGroupId: string;
  readonly credential: Credential;
  readonly cloud: Cloud;
}

/** What proves that we are `clientId`. `managedIdentity`: `clientId` is a user-assigned managed identity itself. */
export type Credential =
  | { readonly is: 'clientSecret'; readonly clientSecret: string }
  | { readonly is: 'certificate'; readonly certificatePath: string; readonly certificatePassword?: string }
  | { readonly is: 'managedIdentity' }
  | { readonly is: 'federated'; readonly tokenFilePath: string };

/** What is wrong, one sentence each with its mend; never with a value, which may be a secret. */
export type ReadConfig =
  { readonly is: 'config'; readonly config: Config } | { readonly is: 'faults'; readonly faults: readonly string[] };

const proofs = ['CLIENT_SECRET', 'CERTIFICATE_PATH', 'MANAGED_IDENTITY', 'FEDERATED_TOKEN_FILE'] as const;
/** Whoever sets one of these means a tenant; with less than all that it takes, we do not start. */
const meansTenant = [
  'CLIENT_ID',
  'TENANT_ID',
  'HELPDESK_GROUP_ID',
  'GRAPH_BASE_URL',
  'CERTIFICATE_PASSWORD',
  ...proofs,
];
const known = [...new Set([...Object.keys(sandbox.shape), ...Object.keys(tenant.shape)])];

/** Reads the environment; tells all faults together. A name that is set to nothing counts as not set. */
export function readConfig(environment: Environment): ReadConfig {
  const set = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  );
  const misspelt = nearMisses(Object.keys(set), known);
  const isTenant = meansTenant.some((name) => name in set) || misspelt.some(({ meant }) => meansTenant.includes(meant));
  const parsed = isTenant ? readTenant(set) : readSandbox(set);
  const faults = [
    ...misspelt.map(({ name, meant }) => `${name} is not known. Did you mean ${meant}? Rename it, or unset it.`),
    ...parsed.faults,
  ];
  return parsed.config && faults.length === 0 ? { is: 'config', config: parsed.config } : { is: 'faults', faults };
}

interface Parsed {
  readonly config?: Config;
  readonly faults: readonly string[];
}

function readSandbox(set: Environment): Parsed {
  const { data, error } = sandbox.safeParse(set);
  if (!data) return { faults: told(error) };
  const config: SandboxConfig = {
    mode: 'sandbox',
    host: '127.0.0.1',
    ...shared(data, { intervals: '1s,2s,5s', unsure: '20s', settle: '10s', logLevel: 'warn' }),
    chat: data.SANDBOX_CHAT === 'on',
    chatPort: data.SANDBOX_CHAT_PORT,
    speed: data.SANDBOX_SPEED,
    ...(data.SANDBOX_GRAPH_URL === undefined ? {} : { graphUrl: data.SANDBOX_GRAPH_URL }),
    ...(data.SANDBOX_PORT === undefined ? {} : { sandboxPort: data.SANDBOX_PORT }),
  };
  return { config, faults: [] };
}

function readTenant(set: Environment): Parsed {
  const strays = Object.keys(set).filter((name) => name.startsWith('SANDBOX_'));
  const contradiction = strays.map(
    (name) => `${name} belongs to the sandbox, but a tenant is configured. Unset one of them.`,
  );
  const { data, error } = tenant.safeParse(set);
  const faults = [...(error ? told(error) : []), ...faultsOfProof(set), ...contradiction];
  const credential = credentialOf(set);
  if (!data || !credential || faults.length > 0) return { faults };
  const { CLIENT_ID: clientId, TENANT_ID: tenantId, HELPDESK_GROUP_ID: helpdeskGroupId, GRAPH_BASE_URL: cloud } = data;
  const basics = shared(data, {
    intervals: '30s,1m,2m,5m,15m,1h',
    unsure: '15m',
    settle: '90s',
    logLevel: 'info',
  });
  return {
    config: { mode: 'tenant', host: '0.0.0.0', ...basics, clientId, tenantId, helpdeskGroupId, credential, cloud },
    faults,
  };
}

function shared(
  data: z.infer<z.ZodObject<typeof common>>,
  defaults: { intervals: string; unsure: string; settle: string; logLevel: Common['logLevel'] },
): Omit<Common, 'host'> {
  return {
    port: data.PORT,
    logLevel: data.LOG_LEVEL ?? defaults.logLevel,
    cloudPcApi: data.CLOUD_PC_API,
    tracking: {
      intervals: data.TRACKING_INTERVALS ?? defaults.intervals.split(',').map(milliseconds),
      unsureFor: data.UNSURE_PATIENCE ?? milliseconds(defaults.unsure),
      waitFor: data.TRACKING_PATIENCE,
      readsPerSecond: data.TRACKING_BUDGET,
    },
    settleAfter: data.SETTLE_TIME ?? milliseconds(defaults.settle),
    store: data.DATABASE_URL ? { is: 'postgres', url: data.DATABASE_URL } : { is: 'sqlite', folder: data.DATA_DIR },
    dataFolder: data.DATA_DIR,
  };
}

function faultsOfProof(set: Environment): readonly string[] {
  const given = proofs.filter((name) => name in set);
  if (given.length === 0) return [`No credential is set. Set one of ${proofs.join(', ')}.`];
  if (given.length > 1) return [`${given.join(' and ')} are set together. Keep one of them.`];
  return 'CERTIFICATE_PASSWORD' in set && given[0] !== 'CERTIFICATE_PATH'
    ? ['CERTIFICATE_PASSWORD is set without CERTIFICATE_PATH. Set that too, or unset the password.']
    : [];
}

function credentialOf(set: Environment): Credential | undefined {
  const { CLIENT_SECRET, CERTIFICATE_PATH, CERTIFICATE_PASSWORD, MANAGED_IDENTITY, FEDERATED_TOKEN_FILE } = set;
  if (CLIENT_SECRET) return { is: 'clientSecret', clientSecret: CLIENT_SECRET };
  if (CERTIFICATE_PATH) {
    const password = CERTIFICATE_PASSWORD === undefined ? {} : { certificatePassword: CERTIFICATE_PASSWORD };
    return { is: 'certificate', certificatePath: CERTIFICATE_PATH, ...password };
  }
  if (FEDERATED_TOKEN_FILE) return { is: 'federated', tokenFilePath: FEDERATED_TOKEN_FILE };
  return MANAGED_IDENTITY ? { is: 'managedIdentity' } : undefined;
}

function told(error: z.ZodError): readonly string[] {
  return error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
}
