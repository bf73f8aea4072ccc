import { startTenant } from '../../../src/sandbox/tenant/server.ts';
import type { RunningTenant, TenantOptions } from '../../../src/sandbox/tenant/server.ts';
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
  const call = (path: string, init: RequestInit) => request(tenant.url + path, init);
  const get = (path: string) => call(path, {});
  return {
    ...tenant,
    call,
    get,
    pass: (ms) => void (at += ms),
    post: (path, body) =>
      call(path, {
        method: 'POST',
        ...(body !== undefined && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
      }),
    results: async (deviceName) => {
      const reply = await get(`/beta${devicePath(deviceName)}?$select=deviceActionResults`);
      return (reply.body as { deviceActionResults: Record<string, unknown>[] }).deviceActionResults;
    },
  };
}

async function request(url: string, init: RequestInit): Promise<Reply> {
  const response = await fetch(url, { ...init, headers: { Authorization: 'Bearer sandbox', ...init.headers } });
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
