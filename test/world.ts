import { openStore } from '../src/store/open.ts';
import type { SqlStore } from '../src/store/open.ts';
import type { Desk } from '../src/doors.ts';
import { loadCards } from '../src/cards.ts';
import { loadCatalogue } from '../src/catalogue.ts';
import { createErrands } from '../src/flow/errands.ts';
import type { Errands } from '../src/flow/errands.ts';
import type { World } from '../src/flow/world.ts';
import type { Device } from '../src/model/device.ts';
import type { Operation } from '../src/model/operation.ts';
import { policyOfGroup } from '../src/model/policy.ts';
import type { Person } from '../src/model/person.ts';
import type { Place } from '../src/model/place.ts';
import type { Clock, Graph, Log, Messenger, Vault } from '../src/ports.ts';
import { keyBytes, vaultOf } from '../src/vault.ts';
import { noteSaid } from './leaks/ledger.ts';
import { overhearing } from './leaks/store.ts';

/** Saturday, 21 November 2026, 10:00 UTC. */
export const noon = Date.UTC(2026, 10, 21, 10);

const overheard = (facts: object, message: string) => noteSaid('a log line', JSON.stringify({ ...facts, message }));

/** Shows nothing; what it was told is looked through for secrets when all tests are over. */
export const silent: Log = { info: overheard, warn: overheard, error: overheard };

const unasked = (what: string) => () => {
  throw new Error(`the test did not expect ${what}`);
};

/** A port nobody should use; tests put in what they need. */
export const noGraph = {
  findDevices: unasked('findDevices'),
  devicesOf: unasked('devicesOf'),
  nearDevices: unasked('nearDevices'),
  cloudPcOf: unasked('cloudPcOf'),
  assignmentItems: unasked('assignmentItems'),
  inspect: unasked('inspect'),
  send: unasked('send'),
  look: unasked('look'),
  secret: unasked('secret'),
  standing: unasked('standing'),
  audits: unasked('audits'),
  auditsDeniedSince: () => undefined,
  devicesWith: unasked('devicesWith'),
  idsOf: unasked('idsOf'),
  ready: unasked('ready'),
} satisfies Graph;

export const noMessenger = {
  post: unasked('post'),
  update: unasked('update'),
  change: unasked('change'),
  privately: unasked('privately'),
  whoIs: unasked('whoIs'),
} satisfies Messenger;

/** A real one: what tests leave behind is looked through for secrets. */
export const testVault: Vault = vaultOf([Buffer.alloc(keyBytes, 'key')]);

const standing: Clock = { now: () => noon };
const roomy = { limit: 10_000, window: 1_000 };

/** A store that forgets when the test ends. */
export const memoryStore = async (clock: Clock = standing): Promise<SqlStore> =>
  overhearing(await openStore({ is: 'memory' }, clock, silent));

/** Until nothing is under way and nothing waits to be told now. */
export async function settle(desk: Pick<Desk, 'deliver' | 'delivered'>, errands: Errands): Promise<void> {
  for (let begun = 1; begun > 0;) {
    await errands.idle();
    await desk.delivered();
    begun = await desk.deliver();
    await desk.delivered();
  }
}

/** A world with a clock that stands still, ids that count, and ports that nobody should use. */
export async function worldOf(parts: Partial<World> = {}): Promise<World> {
  let count = 0;
  return {
    graph: noGraph,
    messenger: noMessenger,
    store: await memoryStore(),
    clock: standing,
    log: silent,
    policy: () => policyOfGroup('helpdesk-id'),
    vault: testVault,
    errands: createErrands(silent),
    nudge: () => undefined,
    wait: async () => undefined,
    random: () => 0.5,
    catalogue: await loadCatalogue(),
    cards: await loadCards(),
    settings: {
      tenant: { cloudPcApi: 'cloudPC' },
      patience: { intervals: [1_000, 2_000, 5_000], unsureFor: 20_000, waitFor: 7 * 86_400_000, skew: 120_000 },
      confirmWithin: 300_000,
      secretFor: 60_000,
      secretKeptFor: 30 * 86_400_000,
      auditsEvery: 60_000,
      lease: 60_000,
      settleAfter: 90_000,
      rates: { looks: roomy, conversation: [roomy], messages: roomy },
    },
    newId: () => `id-${++count}`,
    ...parts,
  };
}

export const alex: Person = { id: 'alex-id', tenantId: 'tenant-id', name: 'Alex Wilber', chatId: '29:alex' };

export const personal: Place = {
  kind: 'personal',
  id: 'a:personal-alex',
  tenantId: 'tenant-id',
  serviceUrl: 'http://127.0.0.1:1/',
  bot: { id: '28:device-desk', name: 'Device Desk' },
};

export const channel: Place = { ...personal, kind: 'channel', id: '19:general@thread.tacv2;messageid=1795299400000' };

export const mac: Device = {
  id: '11111111-0a58-4f26-8f0c-5b2a3f1d7c01',
  name: 'MBP-042',
  serialNumber: 'C02XK1AAJG5J',
  platform: 'macOS',
  system: 'macOS 15.1',
  model: 'MacBook Pro',
  owner: { id: 'adele-id', name: 'Adele Vance', userPrincipalName: 'adele.vance@contoso.example' },
  ownership: 'company',
  compliance: 'compliant',
  lastSync: noon - 12 * 60_000,
  enrolled: noon - 400 * 86_400_000,
  managementAgent: 'mdm',
  enrollmentType: 'appleBulkWithUser',
  supervised: true,
  configurationManager: false,
  isCloudPc: false,
};

export const proposed: Operation = {
  id: 'operation-1',
  version: 0,
  action: 'remoteLock',
  options: {},
  device: mac,
  asker: alex,
  place: personal,
  words: 'lock MBP-042',
  origin: 'a:personal-alex/1',
  askedAt: noon,
  steps: [{ is: 'asked', at: noon, by: 'Alex Wilber', note: '' }],
  state: { is: 'proposed', token: 'token-1', expiresAt: noon + 300_000, beware: [], standing: [] },
};
