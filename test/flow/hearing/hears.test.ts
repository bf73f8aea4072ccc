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
  [{ platforms: ['macOS'] }, { platform: 'macOS' }, true],
  [{ ownership: ['company'] }, { ownership: 'company' }, true],
  [{ personId: 'ALEX-id' }, { initiatedById: 'alex-id' }, true],
  // Where nobody knows, nothing that asks for it fits.
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

test('where it is shown already it is kept true, whatever that place hears now', () => {
  const here = channelSubscription('19:here', 'http://old/');
  const other = { ...here, wants: { is: 'notices', filter: { outcomes: ['unproven'] } } } as const;
  const facts = factsOf(catalogue, failed);
  expect(placesFor([other], facts, undefined)).toEqual([]);
  expect(placesFor([other], facts, undefined, new Set(['19:here']))).toEqual([here.place]);
});

const minute = 60_000;
const byApp = { initiatedBy: '' };
const byAlex = { initiatedBy: 'alex@contoso.example', initiatedById: 'alex-id' };
const accepted = [{ is: 'accepted', at: noon, by: '', note: '' }] as const;
const ours: Operation = { ...running, steps: accepted };
const unsure: Operation = { ...running, state: { ...running.state, acceptance: 'unsure' } as Operation['state'] };
const as = (operation: Operation): Operation => {
  const { state } = operation;
  return state.is === 'running'
    ? { ...operation, state: { ...state, sending: { ...sending, asPerson: true } } }
    : operation;
};
const policy: Operation = { ...ours, action: 'triggerConfigurationManagerAction' };

test.each<[string, Partial<Elsewhere>[], Operation[], string[]]>([
  ['nothing of ours', [byApp], [], ['a1']],
  ['ours', [byApp], [ours], []],
  ['ours, by the name of an app', [{ initiatedBy: 'Device Desk' }], [ours], []],
  ['by a person, where ours was sent as the app', [{}], [ours], ['a1']],
  ['ours, sent as the person', [byAlex], [as(ours)], []],
  ['ours, in other letters', [{ ...byAlex, initiatedById: 'ALEX-ID' }], [as(ours)], []],
  ['by somebody else than the person', [{ ...byAlex, initiatedById: 'eve-id' }], [as(ours)], ['a1']],
  ['by somebody unknown, where ours surely left an audit', [{}], [as(ours)], []],
  ['by an app, where ours was sent as a person', [byApp], [as(ours)], ['a1']],
  ['perhaps ours, by an app', [byApp], [unsure], []],
  ['perhaps ours, by the person', [byAlex], [as(unsure)], []],
  ['perhaps ours, by somebody unknown', [{}], [as(unsure)], ['a1']],
  ['a scan, which no call of ours is called', [{ ...byApp, action: 'quickScan' }], [policy], ['a1']],
  ['offered and never sent', [byApp], [proposed], ['a1']],
  ['by Intune’s clock, which may differ', [{ ...byApp, requestedAt: noon - minute }], [ours], []],
  ['long before ours', [{ ...byApp, requestedAt: noon - 3 * minute }], [ours], ['a1']],
  ['long after ours', [{ ...byApp, requestedAt: noon + 3 * minute }], [ours], ['a1']],
  ['another device', [{ ...byApp, deviceId: 'other' }], [ours], ['a1']],
  ['another action', [{ ...byApp, action: 'factoryReset' }], [ours], ['a1']],
  ['ours and another one soon after', [{ ...byApp, id: 'a2', requestedAt: noon + minute }, byApp], [ours], ['a2']],
  ['two of ours', [{ ...byApp, id: 'a2', requestedAt: noon + minute }, byApp], [ours, ours], []],
])('what was done elsewhere: %s', (_, audits, operations, expected) => {
  const all = audits.map((more) => ({ ...audit, ...more }));
  expect(notOurs(all, operations, catalogue).map(({ id }) => id)).toEqual(expected);
});
