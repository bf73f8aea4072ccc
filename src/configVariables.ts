import { z } from 'zod';
import { cloudOf } from './graph/clouds.ts';
import { keyBytes } from './vault.ts';
import type { VaultKeys } from './vault.ts';

/*
 * The form of each variable. Messages follow the variable's name, and never repeat its value: it may be a secret.
 */

const guid = (mend: string) =>
  z
    .string({ error: `is not set. ${mend}` })
    .regex(
      /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i,
      `must be a GUID, like 2f1f7a3e-3f0a-4a55-9a3e-6b0c9a2d1001. ${mend}`,
    )
    .toLowerCase();

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535.')
  .transform(Number)
  .refine((value) => value <= 65_535, 'must be a port number from 0 to 65535.');

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const oneDuration = /^(\d{1,6})(ms|s|m|h|d)$/;
const durationForm = 'a whole number with a unit of ms, s, m, h or d, like 30s or 15m';
/** A duration like `15m` in milliseconds; NaN for anything else. */
export const milliseconds = (text: string) => {
  const [, count, unit = ''] = oneDuration.exec(text) ?? [];
  return Number(count) * (units[unit] ?? Number.NaN);
};
const duration = z
  .string()
  .transform(milliseconds)
  .refine((value) => value > 0, `must be ${durationForm}.`);
const durations = z
  .string()
  .transform((list) => list.split(',').map((part) => milliseconds(part.trim())))
  .refine((list) => list.every((value) => value > 0), `must be a list, each ${durationForm}: 30s,1m,5m.`);

const count = z
  .string()
  .regex(/^[1-9]\d{0,4}$/, 'must be a whole number from 1 to 99999.')
  .transform(Number);

const oneKey = /^[A-Za-z\d+/]{43}=$/;
const makeKey = 'Make one with: openssl rand -base64 32';
/** The newest first. */
const keys = z
  .string({ error: `is not set. The secrets that are kept are sealed with it. ${makeKey}` })
  .transform((list) => list.split(',').map((part) => part.trim()))
  .refine((list) => list.every((part) => oneKey.test(part)), {
    error: `must be ${keyBytes} bytes in base64, or several such keys separated by commas, the newest first. ${makeKey}`,
  })
  .transform((list) => list.map((part) => Buffer.from(part, 'base64')) as unknown as VaultKeys);

const oneOf = <const V extends readonly [string, ...string[]]>(values: V) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}.` });

export const common = {
  PORT: port.default(3978),
  LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).optional(),
  CLOUD_PC_API: oneOf(['cloudPC', 'managedDevice']).default('cloudPC'),
  TRACKING_INTERVALS: durations.optional(),
  UNSURE_PATIENCE: duration.optional(),
  TRACKING_PATIENCE: duration.default(milliseconds('7d')),
  TRACKING_BUDGET: count.default(50),
  SETTLE_TIME: duration.optional(),
  SECRET_DAYS: count.default(30),
  DESK_POLICY: z.string().optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z
    .string()
    .refine((url) => /^postgres(?:ql)?:\/\/.+/.test(url), 'must be like postgres://user:password@host:5432/database.')
    .optional(),
};

/** The sandbox's variables. */
export const sandbox = z.object({
  ...common,
  DESK_SECRET_KEY: keys.optional(),
  NODE_ENV: z
    .string()
    .optional()
    .refine((value) => value !== 'production', {
      error:
        'is production, and the sandbox asks nobody who they are. Set CLIENT_ID, TENANT_ID, DESK_POLICY and a credential, or unset NODE_ENV.',
    }),
  SANDBOX_CHAT: oneOf(['on', 'off']).default('on'),
  SANDBOX_GRAPH_URL: z.string().refine(isFakeGraph, 'must be an https URL, or an http URL on this machine.').optional(),
  SANDBOX_SPEED: z
    .string()
    .transform(Number)
    .refine((value) => value > 0 && value <= 100_000, 'must be a number above 0: 1 is as people see it, 1000 at once.')
    .default(1),
  SANDBOX_PORT: port.optional(),
  SANDBOX_CHAT_PORT: port.default(3979),
});

/** A tenant's variables; of the credentials only the form. */
export const tenant = z.object({
  ...common,
  CLIENT_ID: guid('Set it to the application (client) id of the app registration in Entra.'),
  TENANT_ID: guid('Set it to the directory (tenant) id in Entra.'),
  HELPDESK_GROUP_ID: guid('Set it to the object id of the group whose members may act.').optional(),
  GRAPH_BASE_URL: z
    .string()
    .transform(cloudOf)
    .refine((value) => value !== undefined, {
      error: 'must be worldwide, usgov, usgovdod, china, or the URL of one of them, like https://graph.microsoft.us.',
    })
    .prefault('worldwide'),
  CLIENT_SECRET: z.string().optional(),
  CERTIFICATE_PATH: z.string().optional(),
  CERTIFICATE_PASSWORD: z.string().optional(),
  MANAGED_IDENTITY: oneOf(['on']).optional(),
  FEDERATED_TOKEN_FILE: z.string().optional(),
  SSO_RESOURCE: z
    .string()
    .regex(
      /^(?:api|https):\/\/[^\s/]+(?:\/\S*)?$/i,
      'must be the Application ID URI of the app registration, like api://botid-<client id>.',
    )
    .optional(),
  SSO_CONNECTION: z.string().optional(),
  SSO_CLIENT_ID: guid(
    'Set it to the application (client) id of the app registration that people sign in for.',
  ).optional(),
  DESK_SECRET_KEY: keys,
});

/** A fake Graph of somebody's own; over http only on this machine. */
function isFakeGraph(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname));
}
