import type { IncomingMessage } from 'node:http';
import { listen, type Reply, type Server } from './http.ts';

/**
 * A Microsoft Graph that costs next to nothing: everybody is in the helpdesk, and every name like MAC-1 is a Mac that
 * was there all along. It answers what a lock asks, in the shapes of Graph, and notes whatever else is asked.
 */
export interface FakeGraph extends Server {
  /** Resolves with the time (`performance.now()`) at which the lock of this device arrived; ask before the click. */
  locked(deviceName: string): Promise<number>;
  /** Requests that were not understood. A run in which there are any measured something else. */
  readonly strange: readonly string[];
}

interface Ask {
  readonly method: string;
  /** With the query, decoded, without the version. */
  readonly path: string;
  readonly body: unknown;
}

export async function startFakeGraph(): Promise<FakeGraph> {
  const waiting = new Map<string, (at: number) => void>();
  const strange: string[] = [];
  const one = (ask: Ask): Reply => {
    const lock = /^\/deviceManagement\/managedDevices\/([^/]+)\/remoteLock$/u.exec(ask.path);
    if (lock) waiting.get(nameOf(lock[1] ?? ''))?.(performance.now());
    const reply = lock ? { status: 204 } : answer(ask);
    if (reply) return reply;
    strange.push(`${ask.method} ${ask.path}`);
    return { status: 404, body: { error: { code: 'ResourceNotFound', message: 'Nothing of that name here.' } } };
  };
  const server = await listen((request, body) => {
    const ask = askOf(request, body);
    return ask.path === '/$batch' ? { status: 200, body: { responses: itemsOf(body).map(inBatch(one)) } } : one(ask);
  });
  return {
    ...server,
    strange,
    locked: (name) =>
      new Promise((resolve) => {
        waiting.set(name, (at) => (waiting.delete(name), resolve(at)));
      }),
  };
}

interface Item {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly body?: unknown;
}

const itemsOf = (body: unknown): readonly Item[] => (body as { requests: Item[] }).requests;

const inBatch =
  (one: (ask: Ask) => Reply) =>
  ({ id, method, url, body }: Item) => ({
    id,
    headers: { 'Content-Type': 'application/json' },
    ...one({ method, path: decodeURIComponent(url), body }),
  });

const askOf = (request: IncomingMessage, body: unknown): Ask => ({
  method: request.method ?? 'GET',
  path: decodeURIComponent((request.url ?? '').replace(/^\/(?:v1\.0|beta)/u, '')),
  body,
});

const devices = '/deviceManagement/managedDevices';

function answer({ method, path, body }: Ask): Reply | undefined {
  if (method === 'POST') {
    return /^\/users\/[^/]+\/checkMemberGroups$/u.test(path)
      ? { status: 200, body: { value: (body as { groupIds: string[] }).groupIds } }
      : undefined;
  }
  const [, user] = /^\/users\/([^/?]+)\?/u.exec(path) ?? [];
  if (user) return { status: 200, body: { id: user, userType: 'Member', accountEnabled: true } };
  if (path.startsWith('/groups/')) return { status: 200, body: { id: 'group' } };
  if (path.startsWith(`${devices}?`)) {
    const [, name] = /\$filter=deviceName eq '(MAC-[^ ']+)'/u.exec(path) ?? [];
    return { status: 200, body: { value: name ? [macCalled(name)] : [] } };
  }
  const [, id] = /^\/deviceManagement\/managedDevices\/([^/?]+)\?/u.exec(path) ?? [];
  return id ? { status: 200, body: { ...macCalled(nameOf(id)), deviceActionResults: [] } } : undefined;
}

/** The name is written into the id, so that nothing need be remembered. */
const idOf = (name: string): string => `device-${Buffer.from(name).toString('hex')}`;
const nameOf = (id: string): string => Buffer.from(id.replace('device-', ''), 'hex').toString();

const macCalled = (name: string) => ({
  id: idOf(name),
  deviceName: name,
  serialNumber: `C02${name.replace(/\W/gu, '')}`,
  userId: '7c0a3d52-8a2e-4a63-8a39-8f5f2f3c2005',
  userDisplayName: 'Adele Vance',
  userPrincipalName: 'adele.vance@contoso.example',
  operatingSystem: 'macOS',
  osVersion: '15.5 (24F74)',
  deviceType: 'macMDM',
  manufacturer: 'Apple',
  model: 'MacBook Pro',
  managedDeviceOwnerType: 'company',
  complianceState: 'compliant',
  lastSyncDateTime: new Date(Date.now() - 3_600_000).toISOString(),
  enrolledDateTime: '2025-03-03T08:15:00Z',
  managementAgent: 'mdm',
  deviceEnrollmentType: 'appleBulkWithUser',
  isSupervised: true,
  configurationManagerClientEnabledFeatures: null,
});
