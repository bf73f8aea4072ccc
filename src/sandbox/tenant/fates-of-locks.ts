import type { Fate } from './fate.ts';
import { unsetDate } from './moments.ts';
import { day, endsAs, goesWell, hour, longActive, neverAppears, staysPending } from './scripts.ts';

const before = (agoMs: number, phases: Fate['lock'] = goesWell) => ({
  action: 'remoteLock' as const,
  agoMs,
  phases: phases ?? goesWell,
});

/** What becomes of a remote lock once Graph has accepted it. */
export const lockFates = {
  locks: { story: 'Locks within 4 s and then shows its unlock PIN. A second lock while the PIN is unused fails.' },
  locksWithoutPin: { story: 'Locks within 4 s.' },
  twinThatLocks: { story: 'Locks within 4 s, with a PIN; another Mac has the same name.' },
  twinThatFails: {
    story: 'The lock is accepted and fails after 3 s; another Mac has the same name.',
    lock: endsAs('failed'),
  },
  fails: { story: 'The lock is accepted and fails after 3 s.', lock: endsAs('failed') },
  notSupported: {
    story: 'The lock is accepted; after 3 s the device says it does not support it.',
    lock: endsAs('notSupported'),
  },
  canceled: { story: 'The lock is accepted and canceled after 3 s by somebody else.', lock: endsAs('canceled') },
  silent: { story: 'Switched off weeks ago: the lock stays pending for ever.', lock: staysPending },
  neverAppears: {
    story: 'The lock is accepted and never appears among the results.',
    lock: neverAppears,
  },
  longActive: { story: 'The lock becomes active after 2 s and stays so for two hours.', lock: longActive },
  none: { story: "The lock's state is 'none' for ever.", lock: [{ afterMs: 0, state: 'none' }] },
  pendingFromElsewhere: {
    story: 'A lock that somebody sent from the portal 20 minutes ago is still pending.',
    before: [before(20 * 60_000, staysPending)],
  },
  unusedPin: {
    story: 'Locked yesterday, its PIN not yet used: a second lock is accepted and fails, and the PIN is gone.',
    before: [{ ...before(day), withPin: true }],
  },
  lockedBefore: {
    story: 'Locks within 4 s; a lock that failed three days ago is among the results.',
    before: [before(3 * day, endsAs('failed'))],
  },
  documentationForm: {
    story: 'Locks within 4 s; results come without the # and with times eight hours west, as in the documentation.',
    documentationForm: true,
    before: [before(9 * hour, endsAs('canceled'))],
  },
  blankResults: {
    story: 'Locks within 4 s; among the results are entries with null fields and unset dates.',
    rawResults: [
      { actionName: null, actionState: null, startDateTime: null, lastUpdatedDateTime: null },
      {
        '@odata.type': '#microsoft.graph.deviceActionResult',
        actionName: 'locateDevice',
        actionState: 'none',
        startDateTime: unsetDate,
        lastUpdatedDateTime: unsetDate,
      },
    ],
  },
  vanishes: {
    story: 'The lock is accepted; 3 s later the device is no longer in Intune (404).',
    lock: staysPending,
    vanishesAfterMs: 3_000,
  },
} satisfies Record<string, Fate>;
