import type { Lookup } from '../../src/model/action.ts';
import { askFor, resultsFor, standsFor } from '../../src/graph/lookups.ts';
import { resultFrom } from '../../src/graph/results.ts';

const lookup = (kind: Lookup['kind'], names: string[], source: Lookup['source'] = 'managedDevice'): Lookup => ({
  source,
  id: 'an id/..',
  kind,
  names,
});

test.each([
  ['managedDevice', '/deviceManagement/managedDevices/an%20id%2F..?$select=id,lastSyncDateTime,deviceActionResults'],
  ['cloudPc', '/deviceManagement/virtualEndpoint/cloudPCs/an%20id%2F../retrieveCloudPcRemoteActionResults'],
  ['legacyCloudPc', '/deviceManagement/managedDevices/an%20id%2F../getCloudPcRemoteActionResults'],
] as const)('%s is asked in beta', (source, path) => {
  expect(askFor(lookup('plain', [], source))).toEqual({ method: 'GET', version: 'beta', path });
});

test.each(['', ' ', '.', '..'])('the id %p would address something else', (id) => {
  expect(() => askFor({ ...lookup('plain', []), id })).toThrow('addresses nothing');
});

const plain = (actionName: string): object => ({ actionName });
const manager = (actionName: string | null): object => ({ actionName, actionDeliveryStatus: 'unknown' });
const cloudPc = (actionName: string): object => ({ actionName, cloudPcId: 'c' });

test.each<[string, Lookup, object, boolean]>([
  ['same name, other case', lookup('plain', ['syncdevice']), plain('SyncDevice'), true],
  ['other name', lookup('plain', ['syncdevice']), plain('rebootNow'), false],
  ['other kind', lookup('remoteLock', ['remotelock']), plain('syncDevice'), false],
  ['no names, the kind decides', lookup('remoteLock', []), { actionName: 'x', unlockPin: '' }, true],
  ['a leading CloudPc', lookup('cloudPc', ['reprovision']), cloudPc('CloudPcReprovision'), true],
  ['restart is reboot', lookup('cloudPc', ['reboot']), cloudPc('Restart'), true],
  ['another Cloud PC action', lookup('cloudPc', ['reprovision']), cloudPc('CloudPcPowerOn'), false],
  ['ConfigMgr, the value asked for', lookup('configurationManager', ['appevaluation']), manager('appEvaluation'), true],
  ['ConfigMgr, another known value', lookup('configurationManager', ['appevaluation']), manager('quickScan'), false],
  ['ConfigMgr, a word nobody documented', lookup('configurationManager', ['appevaluation']), manager('Client42'), true],
  ['ConfigMgr, no name at all', lookup('configurationManager', ['appevaluation']), manager(null), true],
  ['ConfigMgr, no names given', lookup('configurationManager', []), manager('quickScan'), true],
])('%s', (_, one, raw, stands) => {
  expect(standsFor(one, resultFrom(raw))).toBe(stands);
});

test('results come newest first, those without a start last', () => {
  const entry = (startDateTime: string | null): object => ({ actionName: 'syncDevice', startDateTime });
  const body = { deviceActionResults: [entry(null), entry('2026-01-01T00:00:00Z'), entry('2026-02-01T00:00:00Z')] };
  const starts = resultsFor(lookup('plain', ['syncdevice']), body).map(({ startedAt }) => startedAt);
  expect(starts).toEqual([Date.parse('2026-02-01'), Date.parse('2026-01-01'), undefined]);
});
