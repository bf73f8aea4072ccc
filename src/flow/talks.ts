import type { Talk } from './talk.ts';

/** Everything that can be said to the desk beside actions, status and help. */
export const talks: readonly Talk[] = [];
