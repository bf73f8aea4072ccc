import { resultFrom, resultsFrom } from '../../src/graph/results.ts';

const at = (when: string): number => Date.parse(when);

test('remoteLock: the PIN is told as a boolean and its value is nowhere', () => {
  const result = resultFrom({
    '@odata.type': '#microsoft.graph.remoteLockActionResult',
    actionName: 'remoteLock',
    actionState: 'done',
    startDateTime: '2024-08-03T10:53:24.6222751Z',
    lastUpdatedDateTime: '2024-08-03T10:54:00Z',
    unlockPin: '481516',
  });
  expect(result).toEqual({
    actionName: 'remoteLock',
    state: 'done',
    startedAt: at('2024-08-03T10:53:24.622Z'),
    updatedAt: at('2024-08-03T10:54:00Z'),
    detail: { is: 'remoteLock', unlockPin: true },
  });
  expect(JSON.stringify(result)).not.toContain('481516');
});

test.each([
  ['without a PIN', { '@odata.type': '#microsoft.graph.remoteLockActionResult', unlockPin: null }],
  ['with an empty PIN', { '@odata.type': 'microsoft.graph.remoteLockActionResult', unlockPin: '' }],
  ['without type and PIN, by name', { actionName: 'remoteLock' }],
])('remoteLock %s', (_, raw) => {
  expect(resultFrom(raw).detail).toEqual({ is: 'remoteLock', unlockPin: false });
});

test('configurationManager: two axes and a code', () => {
  const raw = {
    '@odata.type': 'microsoft.graph.configurationManagerActionResult',
    actionName: 'String',
    actionState: 'pending',
    startDateTime: '0001-01-01T00:00:00Z',
    lastUpdatedDateTime: '2016-12-31T23:58:46.7156189-08:00',
    actionDeliveryStatus: 'deliveredToOnPremisesServer',
    errorCode: -2016281112,
  };
  expect(resultFrom(raw)).toEqual({
    actionName: 'String',
    state: 'pending',
    updatedAt: at('2017-01-01T07:58:46.715Z'),
    detail: { is: 'configurationManager', delivery: 'deliveredToOnPremisesServer', errorCode: -2016281112 },
  });
  const without = { ...raw, errorCode: null, actionDeliveryStatus: null };
  expect(resultFrom(without).detail).toEqual({ is: 'configurationManager', delivery: '' });
  expect(resultFrom({ actionDeliveryStatus: 'newWord', errorCode: 0 }).detail).toEqual({
    is: 'configurationManager',
    delivery: 'newWord',
    errorCode: 0,
  });
});

test('changeAssignments and syncPayloads come out alike', () => {
  const current = {
    '@odata.type': '#microsoft.graph.changeAssignmentsActionResult',
    deviceAssignmentItems: [
      {
        itemId: 'app-1',
        itemType: 'application',
        itemDisplayName: 'Contoso Field',
        itemSubTypeDisplayName: 'iOS store app',
        assignmentItemActionIntent: 'remove',
        assignmentItemActionStatus: 'error',
        intentActionMessage: null,
        errorCode: '-2016330906',
        lastActionDateTime: '2026-01-01T10:00:00Z',
        lastModifiedDateTime: '2026-01-01T11:00:00.1234567Z',
      },
      null,
    ],
  };
  const older = {
    '@odata.type': '#microsoft.graph.syncPayloadsActionResult',
    deviceActionPayloads: [
      {
        '@odata.type': 'microsoft.graph.deviceActionPayload',
        payloadId: 'app-1',
        payloadType: 'application',
        displayName: 'Contoso Field',
        intent: 'remove',
        status: 'error',
        detail: 'said so',
        errorCode: 1024,
        lastModifiedDateTime: '2026-01-01T11:00:00Z',
      },
    ],
  };
  const common = { id: 'app-1', type: 'application', name: 'Contoso Field', intent: 'remove', status: 'error' };
  expect(resultFrom(current).detail).toEqual({
    is: 'assignments',
    items: [
      {
        ...common,
        subType: 'iOS store app',
        message: '',
        errorCode: -2016330906,
        changedAt: at('2026-01-01T11:00:00.123Z'),
      },
    ],
  });
  expect(resultFrom(older).detail).toEqual({
    is: 'assignments',
    items: [{ ...common, subType: '', message: 'said so', errorCode: 1024, changedAt: at('2026-01-01T11:00:00Z') }],
  });
});

test('Cloud PC: either spelling of the status, and the newer one first', () => {
  const status = {
    code: 'internalServerError',
    message: 'Oh',
    additionalInformation: [{ name: 'retriable', value: 'true' }],
  };
  const read = { code: 'internalServerError', message: 'Oh', information: [{ name: 'retriable', value: 'true' }] };
  const raw = { actionName: 'Reprovision', actionState: 'None', cloudPcId: 'c', managedDeviceId: null };
  expect(resultFrom({ ...raw, statusDetails: status })).toEqual({
    actionName: 'Reprovision',
    state: 'none',
    detail: { is: 'cloudPc', cloudPcId: 'c', managedDeviceId: '', status: read },
  });
  expect(resultFrom({ ...raw, statusDetail: status, statusDetails: { code: 'old' } }).detail).toMatchObject({
    status: read,
  });
  expect(resultFrom({ ...raw, statusDetail: null, statusDetails: null }).detail).not.toHaveProperty('status');
  expect(resultFrom({ ...raw, statusDetail: { code: null, additionalInformation: null } }).detail).toMatchObject({
    status: { code: '', message: '', information: [] },
  });
});

test('locate stays plain, and its place stays behind', () => {
  const raw = {
    '@odata.type': '#microsoft.graph.locateDeviceActionResult',
    actionName: 'locateDevice',
    actionState: 'done',
    deviceLocation: { longitude: 1.234, latitude: 12.34 },
  };
  expect(resultFrom(raw)).toEqual({ actionName: 'locateDevice', state: 'done', detail: { is: 'plain' } });
});

test('nulls, unknown words and things that are no results', () => {
  const empty = { actionName: null, actionState: null, startDateTime: null, lastUpdatedDateTime: null };
  expect(resultsFrom([null, empty, 'text', 7])).toEqual([{ actionName: '', state: 'none', detail: { is: 'plain' } }]);
  expect(resultsFrom(null)).toEqual([]);
  expect(resultsFrom({ value: [] })).toEqual([]);
  expect(resultFrom({ actionState: 'awaitingAdminAction' }).state).toBe('awaitingAdminAction');
  expect(resultFrom({ actionState: 'NotSupported' }).state).toBe('notSupported');
});
