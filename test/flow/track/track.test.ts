import { track } from '../../../src/flow/track/track.ts';
import type { OperationIn, Running } from '../../../src/model/operation.ts';
import type { ActionResult } from '../../../src/model/result.ts';
import type { Looked } from '../../../src/ports.ts';
import { noon, proposed } from '../../world.ts';

const patience = {
  intervals: [1_000, 2_000, 5_000],
  unsureFor: 20_000,
  waitFor: 86_400_000,
  skew: 120_000,
  leastInterval: 0,
};
const sending = {
  sentAt: noon,
  lookup: { source: 'managedDevice', id: 'mac', kind: 'remoteLock', names: ['remotelock'] },
  before: [noon - 60_000],
} as const;

const running = (state: Partial<Running> = {}): OperationIn<Running> => ({
  ...proposed,
  state: { is: 'running', acceptance: 'accepted', sending, looks: 0, nextLookAt: noon, ...state },
});
const result = (state: string, startedAt: number | undefined = noon + 300): ActionResult => ({
  actionName: 'remoteLock',
  state,
  ...(startedAt === undefined ? {} : { startedAt }),
  detail: { is: 'remoteLock', unlockPin: false },
});
const seen = (...results: ActionResult[]): Looked => ({ is: 'seen', results });

const short = (operation: OperationIn<Running>, looked: Looked, after = 1_000): string => {
  const { state } = track(operation, looked, noon + after, patience);
  if (state.is === 'finished') return `finished ${state.outcome} ${state.reason?.code ?? ''}`.trim();
  if (state.is === 'running') return `running ${state.result?.state ?? '-'} next +${state.nextLookAt - noon - after}`;
  return state.is;
};

test.each([
  ['done', 'finished done'],
  ['failed', 'finished failed'],
  ['canceled', 'finished canceled'],
  ['notSupported', 'finished notSupported'],
  ['pending', 'running pending next +2000'],
  ['active', 'running active next +2000'],
  ['none', 'running none next +2000'],
  ['somethingNew', 'running somethingNew next +2000'],
])('actionState %s → %s', (state, end) => {
  expect(short(running(), seen(result(state)))).toBe(end);
});

test.each<[string, Looked, string]>([
  ['nothing there yet', seen(), 'running - next +2000'],
  ['only an entry from before we sent', seen(result('done', noon - 60_000)), 'running - next +2000'],
  ['an entry much older than our call', seen(result('done', noon - 600_000)), 'running - next +2000'],
  ['Graph’s clock a minute behind ours', seen(result('done', noon - 59_000)), 'finished done'],
  ['an entry without a start', seen(result('done', undefined)), 'finished done'],
  [
    'ours, and a later one that is not ours',
    seen(result('pending', noon + 9_000), result('failed')),
    'finished failed',
  ],
  ['the device is gone, for the first time', { is: 'gone' }, 'running - next +2000'],
  ['Graph is busy', { is: 'notNow', message: '429' }, 'running - next +2000'],
  [
    'Graph is busy for longer than our interval',
    { is: 'notNow', message: '429', retryAfterMs: 9_000 },
    'running - next +9000',
  ],
])('%s', (_what, looked, end) => {
  expect(short(running(), looked)).toBe(end);
});

test('a device that is gone at two looks in a row is gone', () => {
  expect(short(running({ missed: true }), { is: 'gone' })).toBe('finished unproven gone');
  const found = track(running({ missed: true }), seen(result('pending')), noon + 1_000, patience);
  expect(short(found as OperationIn<Running>, { is: 'gone' })).toBe('running pending next +5000');
});

test('an entry that was ours and has vanished is replaced by no other, and what was seen is not called lost', () => {
  const known = result('active');
  expect(short(running({ result: known }), seen(result('done', noon + 9_000)))).toBe('running active next +2000');
  expect(short(running({ result: known, acceptance: 'unsure' }), seen(), 30_000)).toBe('running active next +2000');
});

test('an entry known as ours stays ours, whatever else appears', () => {
  const known = result('pending');
  expect(short(running({ result: known }), seen(result('done', noon + 100), result('active')))).toBe(
    'running active next +2000',
  );
});

test.each([
  [{ acceptance: 'unsure' as const }, 19_999, 'running - next +2000'],
  [{ acceptance: 'unsure' as const }, 20_000, 'finished unproven answerLost'],
  [{ acceptance: 'accepted' as const }, 20_000, 'running - next +2000'],
  [{ acceptance: 'accepted' as const }, 86_400_000, 'finished unproven silent'],
  [{ acceptance: 'accepted' as const, looks: 40 }, 30_000, 'running - next +5000'],
])('%j after %d ms of silence → %s', (state, after, end) => {
  expect(short(running(state), seen(), after)).toBe(end);
});

test('pending for ever ends as unproven, never as failed or done', () => {
  expect(short(running({ result: result('pending') }), seen(result('pending')), 86_400_000)).toBe(
    'finished unproven silent',
  );
});

test('what Graph reports is kept as evidence, once per change, with the last check-in', () => {
  const looked: Looked = { is: 'seen', results: [result('pending')], lastSync: noon + 500 };
  const first = track(running(), looked, noon + 1_000, patience);
  const second = track(first as OperationIn<Running>, looked, noon + 3_000, patience);
  expect(second.steps.slice(1)).toEqual([{ is: 'seen', at: noon + 1_000, by: '', note: 'pending' }]);
  expect(second.device.lastSync).toBe(noon + 500);
});

test('the more there is to look for, the longer the next look waits', () => {
  const { state } = track(running(), seen(), noon + 1_000, { ...patience, leastInterval: 200_000 });
  expect(state).toMatchObject({ is: 'running', nextLookAt: noon + 201_000 });
});
