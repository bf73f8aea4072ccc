import type { Fate } from './fate.ts';

/** Devices for which the conversation with Graph itself goes wrong, whichever action is asked. */
export const answerFates = {
  lostButExecuted: {
    story: 'The action is executed, but the connection breaks before Graph answers.',
    post: { is: 'lost', executed: true },
  },
  lostNotExecuted: {
    story: 'The connection breaks before Graph answers, and nothing was executed.',
    post: { is: 'lost', executed: false },
  },
  error500: {
    story: 'The action is executed, but Graph answers 500.',
    post: { is: 'serverError', status: 500 },
  },
  error503: {
    story: 'The action is executed, but Graph answers 503 and asks to try again.',
    post: { is: 'serverError', status: 503 },
  },
  throttledWithTime: {
    story: 'The first POST is throttled (429, Retry-After 2.128 s), the second works.',
    post: { is: 'throttledOnce', retryAfter: 2.128 },
  },
  throttledWithout: {
    story: 'The first POST is throttled (429, no Retry-After), the second works.',
    post: { is: 'throttledOnce', retryAfter: null },
  },
  throttledReads: {
    story:
      'Once an action is accepted, the next four reads are throttled (429, by turns with and without Retry-After).',
    throttledReads: 4,
  },
  forbidden: {
    story: 'Graph refuses (403): the app lacks DeviceManagementManagedDevices.PrivilegedOperations.All.',
    post: { is: 'forbidden', scope: 'DeviceManagementManagedDevices.PrivilegedOperations.All' },
  },
  refused: { story: 'Intune refuses (400) and gives no reason.', post: { is: 'refused' } },
  slow: { story: 'Graph takes 4.5 s to accept.', post: { is: 'slow', delayMs: 4_500 } },
} satisfies Record<string, Fate>;
