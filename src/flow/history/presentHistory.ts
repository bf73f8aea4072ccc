import type { Operation } from '../../model/operation.ts';
import { cut, upper } from '../../model/text.ts';
import type { Content } from '../../ports.ts';
import type { JournalEntry } from '../../model/journalEntry.ts';
import type { HistoryPage } from './findHistory.ts';
import { historyFacts } from './historyFacts.ts';
import type { NameOf } from './historyFacts.ts';
import { writePlace } from './historyPlace.ts';
import type { HistoryPlace } from './historyPlace.ts';
import { deedOf, wordsOf } from '../present.ts';
import type { World } from '../world.ts';

/** A page of history with all that it takes to draw it. */
export interface ToldHistory extends HistoryPage {
  readonly heading: string;
  /** What kind of list it is, and what of it this reader may not see. */
  readonly status: string;
  readonly place: HistoryPlace;
  readonly entries: readonly JournalEntry[];
  readonly nameOf: NameOf;
}

/** What to do about it was for whoever asked. */
function reasonOf({ state }: Operation): string {
  if (state.is === 'dropped') return state.reason?.why ?? 'Nothing was sent to Intune.';
  return state.is === 'finished' ? (state.reason?.why ?? '') : '';
}

/** Operations with who asked, confirmed and saw, newest first, and the buttons to turn the page. */
export function presentHistory(world: World, told: ToldHistory): Content {
  const { heading, status, place, operations, older, entries, nameOf } = told;
  const { filter, trail } = place;
  const card = world.cards.fill('history', {
    heading,
    status,
    tone: 'accent',
    operations: operations.map((operation) => {
      const { state } = wordsOf(world, operation);
      const own = entries.filter(({ operationId }) => operationId === operation.id);
      const deed = deedOf(world, operation);
      return {
        deed,
        outcome: [upper(state), reasonOf(operation)].filter(Boolean).join('. '),
        facts: historyFacts(world, operation, own, nameOf),
        plain: { id: operation.id, details: `Details of ${cut(operation.device.name, 30)}` },
      };
    }),
    hasNewer: trail.length > 0,
    hasOlder: older !== undefined,
    plain: {
      summary: cut(heading, 200),
      newer: writePlace({ filter, trail: trail.slice(0, -1) }),
      older: older ? writePlace({ filter, trail: [...trail, older] }) : '',
    },
  });
  return { card, summary: heading };
}
