import type { Person } from '../../model/person.ts';
import type { Subscription } from '../../model/subscription.ts';
import { cut } from '../../model/text.ts';
import type { Telling } from '../../outboxPort.ts';
import { nameOfKind } from './places.ts';
import type { World } from '../world.ts';

const mostWords = 3;

/**
 * Nobody can be spoken to in this conversation any more: whoever asked to hear something there is told so in their own
 * chat, once, and the journal notes it.
 */
export async function tellPlaceGone(world: World, lane: string): Promise<void> {
  const here = (await world.store.subscriptions(lane)).filter(({ place }) => place.kind !== 'personal');
  const people = new Map(here.map(({ by }) => [by.id, by]));
  for (const by of people.values()) await tellOne(world, lane, by, here);
}

async function tellOne(world: World, lane: string, by: Person, here: readonly Subscription[]): Promise<void> {
  const [first, ...others] = here.filter((one) => one.by.id === by.id);
  if (!first) return;
  const at = world.clock.now();
  const telling: Telling = {
    to: { is: 'person', person: by, near: first.place },
    what: { is: 'said', content: { text: wordsFor(first, others) } },
  };
  // Whoever dies in between says it no second time.
  if (!(await world.store.tell(telling, at, `gone:${lane}:${by.id}`))) return;
  const note = `${lane}: ${here.length} subscriptions`;
  await world.store.journal({ at, event: 'placeGone', tenantId: first.place.tenantId, personId: by.id, note });
}

function wordsFor(first: Subscription, others: readonly Subscription[]): string {
  const all = [first, ...others].map(({ words }) => `“${cut(words, 60)}”`);
  const left = all.length - mostWords;
  const about = all.slice(0, mostWords).join(', ') + (left > 0 ? ` and ${left} more` : '');
  const where = nameOfKind[first.place.kind].replace('this', 'a');
  return `I can no longer post in ${where} where you asked me to tell about ${about}: it is gone, or the app was taken away there. Nothing is told there for now. Add the app there again, and I go on by myself; otherwise there is nothing to do.`;
}
