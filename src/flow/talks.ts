import { muteTalk } from './hearing/muteTalk.ts';
import { notifyTalk } from './hearing/notifyTalk.ts';
import { summaryTalk } from './hearing/summaryTalk.ts';
import { historyTalk } from './history/historyTalk.ts';
import { openTalk } from './open/openTalk.ts';
import type { Talk } from './talk.ts';
import { whatMayIDo } from './may/whatMayIDo.ts';

/** Everything that can be said to the desk beside actions, status and help. */
export const talks: readonly Talk[] = [whatMayIDo, historyTalk, openTalk, notifyTalk, muteTalk, summaryTalk];
