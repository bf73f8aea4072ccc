import type { z } from 'zod';
import { credentialOf, faultsOfProof, proofs } from './configCredential.ts';
import type { Credential } from './configCredential.ts';
import { nearMisses } from './configNames.ts';
import { faultsOfPolicy, policyFrom, sandboxPolicy } from './configPolicy.ts';
import type { PolicyFrom } from './configPolicy.ts';
import { faultsOfSignIn, signInOf } from './configSignIn.ts';
import type { SignInConfig } from './configSignIn.ts';
import { milliseconds, sandbox, tenant, type common } from './configVariables.ts';
import type { Cloud } from './graph/clouds.ts';
import type { VaultKeys } from './vault.ts';

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
  /** Who may do what. */
  readonly policy: PolicyFrom;
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
  /** How long a sealed secret is kept. */
  readonly secretKeptFor: number;
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
  /** Instead of the key that the sandbox makes for itself. */
  readonly secretKeys?: VaultKeys;
}

export interface TenantConfig extends Common {
  readonly mode: 'tenant';
  readonly clientId: string;
  readonly tenantId: string;
  readonly credential: Credential;
  readonly cloud: Cloud;
  /** Without it, nobody is signed in, and Graph is called in the app's name only. */
  readonly signIn?: SignInConfig;
  /** Seal the secrets that are kept. */
  readonly secretKeys: VaultKeys;
}

/** What is wrong, one sentence each with its mend; never with a value, which may be a secret. */
export type ReadConfig =
  { readonly is: 'config'; readonly config: Config } | { readonly is: 'faults'; readonly faults: readonly string[] };

/** Whoever sets one of these means a tenant; with less than all that it takes, we do not start. */
const meansTenant = [
  'CLIENT_ID',
  'TENANT_ID',
  'HELPDESK_GROUP_ID',
  'GRAPH_BASE_URL',
  'CERTIFICATE_PASSWORD',
  'SSO_RESOURCE',
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
    policy: policyFrom(data) ?? sandboxPolicy,
    ...shared(data, { intervals: '1s,2s,5s', unsure: '20s', settle: '10s', logLevel: 'warn' }),
    chat: data.SANDBOX_CHAT === 'on',
    chatPort: data.SANDBOX_CHAT_PORT,
    speed: data.SANDBOX_SPEED,
    ...(data.SANDBOX_GRAPH_URL === undefined ? {} : { graphUrl: data.SANDBOX_GRAPH_URL }),
    ...(data.SANDBOX_PORT === undefined ? {} : { sandboxPort: data.SANDBOX_PORT }),
    ...(data.DESK_SECRET_KEY === undefined ? {} : { secretKeys: data.DESK_SECRET_KEY }),
  };
  return { config, faults: [] };
}

function readTenant(set: Environment): Parsed {
  const strays = Object.keys(set).filter((name) => name.startsWith('SANDBOX_'));
  const contradiction = strays.map(
    (name) => `${name} belongs to the sandbox, but a tenant is configured. Unset one of them.`,
  );
  const { data, error } = tenant.safeParse(set);
  const faults = [
    ...(error ? told(error) : []),
    ...faultsOfPolicy(set),
    ...faultsOfProof(set),
    ...faultsOfSignIn(set),
    ...contradiction,
  ];
  const credential = credentialOf(set);
  const policy = policyFrom(data ?? {});
  if (!data || !credential || !policy || faults.length > 0) return { faults };
  const { CLIENT_ID: clientId, TENANT_ID: tenantId, GRAPH_BASE_URL: cloud } = data;
  const company = { clientId, tenantId, policy, credential, cloud, secretKeys: data.DESK_SECRET_KEY };
  const basics = shared(data, {
    intervals: '30s,1m,2m,5m,15m,1h',
    unsure: '15m',
    settle: '90s',
    logLevel: 'info',
  });
  return {
    config: { mode: 'tenant', host: '0.0.0.0', ...basics, ...company, ...signInOf(data) },
    faults,
  };
}

function shared(
  data: z.infer<z.ZodObject<typeof common>>,
  defaults: { intervals: string; unsure: string; settle: string; logLevel: Common['logLevel'] },
): Omit<Common, 'host' | 'policy'> {
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
    secretKeptFor: data.SECRET_DAYS * milliseconds('1d'),
    store: data.DATABASE_URL ? { is: 'postgres', url: data.DATABASE_URL } : { is: 'sqlite', folder: data.DATA_DIR },
    dataFolder: data.DATA_DIR,
  };
}

function told(error: z.ZodError): readonly string[] {
  return error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
}
