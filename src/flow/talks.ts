import { muteTalk } from './muteTalk.ts';
import { notifyTalk } from './notifyTalk.ts';
import { summaryTalk } from './summaryTalk.ts';
import { historyTalk } from './historyTalk.ts';
import { openTalk } from './openTalk.ts';
import type { Talk } from './talk.ts';
import { whatMayIDo } from './whatMayIDo.ts';

/** Everything that can be said to the desk beside actions, status and help. */
export const talks: readonly Talk[] = [whatMayIDo, historyTalk, openTalk, notifyTalk, muteTalk, summaryTalk];
