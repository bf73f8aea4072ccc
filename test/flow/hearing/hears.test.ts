import { loadCatalogue } from '../../../src/catalogue.ts';
import type { Catalogue } from '../../../src/catalogue.ts';
import { factsOf, factsOfElsewhere, hears } from '../../../src/flow/hearing/hears.ts';
import { placesFor } from '../../../src/flow/hearing/news.ts';
import { notOurs } from '../../../src/flow/hearing/notOurs.ts';
import { channelSubscription } from '../subscriptionsOf.ts';
import type { Operation } from '../../../src/model/operation.ts';
import type { Elsewhere, Filter } from '../../../src/model/subscription.ts';
import { mac, noon, proposed } from '../../world.ts';

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await loadCatalogue();
});

const failed: Operation = { ...proposed, state: { is: 'finished', outcome: 'failed', at: noon } };
const sending = {
  sentAt: noon,
  lookup: { source: 'managedDevice', id: mac.id, kind: 'remoteLock', names: [] },
  before: [],
} as const;
const running: Operation = {
  ...proposed,
  state: { is: 'running', acceptance: 'accepted', sending, looks: 0, nextLookAt: noon },
};
const audit: Elsewhere = {
  id: 'a1',
  tenantId: 't',
  action: 'remoteLock',
  deviceId: mac.id,
  deviceName: 'MBP-042',
  ownerUserPrincipalName: '',
  initiatedBy: 'admin@contoso.example',
  requestedAt: noon + 500,
  state: 'pending',
};

const table: readonly [filter: Filter, fitsFailed: boolean, fitsRunning: boolean][] = [
  [{}, true, true],
  [{ actions: ['remoteLock', 'reprovision'] }, true, true],
  [{ actions: ['reprovision'] }, false, false],
  [{ risks: ['disruptive'] }, true, true],
  [{ risks: ['irreversible'] }, false, false],
  [{ outcomes: ['failed', 'done'] }, true, false],
  [{ outcomes: ['done'] }, false, false],
  [{ platforms: ['macOS'] }, true, true],
  [{ platforms: ['iOS', 'android'] }, false, false],
  [{ ownership: ['company'] }, true, true],
  [{ ownership: ['personal'] }, false, false],
  [{ personId: 'alex-id' }, true, true],
  [{ personId: 'megan-id' }, false, false],
  [{ actions: ['remoteLock'], outcomes: ['failed'], platforms: ['macOS'], personId: 'alex-id' }, true, false],
  [{ actions: ['remoteLock'], platforms: ['iOS'] }, false, false],
];

test.each(table)('%j hears of a failed lock: %s, of one under way: %s', (filter, fitsFailed, fitsRunning) => {
  expect(hears(filter, factsOf(catalogue, failed))).toBe(fitsFailed);
  expect(hears(filter, factsOf(catalogue, running))).toBe(fitsRunning);
});

test.each<[Filter, Partial<Elsewhere>, boolean]>([
  [{}, {}, true],
  [{ actions: ['remoteLock'] }, {}, true],
  [{ actions: ['triggerConfigurationManagerAction'] }, { action: 'quickScan' }, true],
  [{ actions: ['factoryReset'] }, { action: 'factoryReset' }, true],
  [{ risks: ['irreversible'] }, { action: 'removeCompanyData' }, true],
  [{ risks: ['irreversible'] }, { action: 'somethingNew' }, false],
  [{ outcomes: ['failed'] }, { state: 'failed' }, true],
  [{ outcomes: ['failed'] }, {}, false],
  // The audit does not say, so nothing that asks for it fits.
  [{ platforms: ['macOS'] }, {}, false],
  [{ ownership: ['company'] }, {}, false],
  [{ personId: 'alex-id' }, {}, false],
])('%j, of %j done elsewhere: %s', (filter, more, expected) => {
  expect(hears(filter, factsOfElsewhere(catalogue, { ...audit, ...more }))).toBe(expected);
});

test('each place hears once, by the newest address, and not where the operation’s own card stands', () => {
  const here = channelSubscription('19:here', 'http://old/');
  const again = channelSubscription('19:here', 'http://new/');
  const home = channelSubscription('19:home', 'http://old/');
  const places = placesFor([here, again, home], factsOf(catalogue, failed), '19:home');
  expect(places.map(({ id, serviceUrl }) => [id, serviceUrl])).toEqual([['19:here', 'http://new/']]);
});

const minute = 60_000;
test.each<[string, Partial<Elsewhere>[], Operation[], string[]]>([
  ['nothing of ours', [{}], [], ['a1']],
  ['ours', [{}], [running], []],
  ['offered and never sent', [{}], [proposed], ['a1']],
  ['by Intune’s clock, which may differ', [{ requestedAt: noon - minute }], [running], []],
  ['long after ours', [{ requestedAt: noon + 10 * minute }], [running], ['a1']],
  ['another device', [{ deviceId: 'other' }], [running], ['a1']],
  ['another action', [{ action: 'factoryReset' }], [running], ['a1']],
  ['ours and another one soon after', [{ id: 'a2', requestedAt: noon + minute }, {}], [running], ['a2']],
  ['two of ours', [{ id: 'a2', requestedAt: noon + minute }, {}], [running, running], []],
])('what was done elsewhere: %s', (_, audits, operations, expected) => {
  const all = audits.map((more) => ({ ...audit, ...more }));
  expect(notOurs(all, operations, catalogue, 2 * minute).map(({ id }) => id)).toEqual(expected);
});
