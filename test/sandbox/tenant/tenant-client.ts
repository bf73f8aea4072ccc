import { startTenant } from '../../../src/sandbox/tenant/server.ts';
import type { RunningTenant, TenantOptions } from '../../../src/sandbox/tenant/server.ts';
import { people, tenantId } from '../../../src/sandbox/company.ts';
import { assertionFor } from '../../../src/sandbox/tokens.ts';
import { fleet } from '../../../src/sandbox/tenant/fleet.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** JSON where there was any, else the text. */
  readonly body: never;
}

/** A tenant on a port of its own with a clock that only the test moves, and a client of its Graph. */
export interface Bench extends RunningTenant {
  pass(ms: number): void;
  get(path: string): Promise<Reply>;
  post(path: string, body?: unknown): Promise<Reply>;
  call(path: string, init: RequestInit): Promise<Reply>;
  /** The token endpoint's answer to an on-behalf-of request; `changed` replaces fields of the form, or leaves them out. */
  token(assertion: string, changed?: Readonly<Record<string, string | undefined>>, tenant?: string): Promise<Reply>;
  /** The same bench for a client that calls Graph in this person's name. */
  as(who: keyof typeof people): Promise<Pick<Bench, 'get' | 'post' | 'call'>>;
  /** Beta results of a device. */
  results(deviceName: string): Promise<Record<string, unknown>[]>;
}

export const start = Date.parse('2026-07-01T09:00:00.123Z');

/** The managedDevice id of the first device with this name. */
export function idOf(deviceName: string): string {
  const found = fleet.find((device) => device.deviceName === deviceName);
  if (!found) throw new Error(`no device is named ${deviceName}`);
  return found.id;
}

export const devicePath = (deviceName: string) => `/deviceManagement/managedDevices/${idOf(deviceName)}`;

export async function openBench(options: TenantOptions = {}): Promise<Bench> {
  let at = start;
  const tenant = await startTenant({ now: () => at, ...options });
  const client = clientOf(tenant.url, 'sandbox');
  const { get } = client;
  const token: Bench['token'] = (assertion, changed = {}, tenant_ = tenantId) =>
    request(`${tenant.url}/${tenant_}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams(Object.entries({ ...form, assertion, ...changed }).flatMap(given)),
    });
  return {
    ...tenant,
    ...client,
    pass: (ms) => void (at += ms),
    token,
    as: async (who) => {
      const { body } = await token(assertionFor(people[who], at));
      return clientOf(tenant.url, (body as { access_token: string }).access_token);
    },
    results: async (deviceName) => {
      const reply = await get(`/beta${devicePath(deviceName)}?$select=deviceActionResults`);
      return (reply.body as { deviceActionResults: Record<string, unknown>[] }).deviceActionResults;
    },
  };
}

export const form = {
  grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
  client_id: '6a1d1f0e-0000-4000-8000-000000000001',
  client_secret: 'any',
  scope: 'https://graph.microsoft.com/.default',
  requested_token_use: 'on_behalf_of',
};

const given = ([name, value]: [string, string | undefined]): [string, string][] =>
  value === undefined ? [] : [[name, value]];

function clientOf(url: string, bearer: string): Pick<Bench, 'get' | 'post' | 'call'> {
  const call = (path: string, init: RequestInit) =>
    request(url + path, { ...init, headers: { Authorization: `Bearer ${bearer}`, ...init.headers } });
  return {
    call,
    get: (path) => call(path, {}),
    post: (path, body) =>
      call(path, {
        method: 'POST',
        ...(body !== undefined && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
      }),
  };
}

async function request(url: string, init: RequestInit): Promise<Reply> {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(text) as never };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
