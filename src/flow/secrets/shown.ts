import { secretsShown } from '../../model/operation.ts';
import type { Operation, SecretShown, Step } from '../../model/operation.ts';
import type { Instant, Person } from '../../model/person.ts';
import type { MessageRef } from '../../model/place.ts';
import type { Content } from '../../ports.ts';
import type { JournalEntry } from '../../model/journalEntry.ts';
import type { Telling } from '../../outboxPort.ts';
import { entryOf } from '../journal.ts';
import { presentOperation } from '../present.ts';
import { presentSecretNotice } from '../presentTalk.ts';
import type { World } from '../world.ts';

/** What stood on the message before the secret did. */
export const withoutSecret = (world: World, operation: Operation, messageId: string): Content =>
  operation.message?.id === messageId ? presentOperation(world, operation) : presentSecretNotice(world, operation);

/**
 * That it is about to stand there, so that it can be hidden, and who is about to see it; what it stands on otherwise is
 * hidden. The journal has each view, before it happens; the newest one is also among the steps.
 */
export async function noteShown(world: World, known: Operation, by: Person, shown: SecretShown): Promise<void> {
  const at = world.clock.now();
  const note = world.catalogue.action(known.action).secret?.label ?? 'secret';
  const step: Step = { is: 'secretShown', at, by: by.name, note };
  const change = (latest: Operation): Operation => ({
    ...latest,
    ...viewed(latest, at),
    steps: [...latest.steps.filter(({ is }) => is !== 'secretShown'), step],
    secretShown: [
      ...secretsShown(latest)
        .filter(({ on }) => on.id !== shown.on.id)
        .map(toHide),
      shown,
    ],
  });
  await restand(world, known.id, change, entryOf('secretViewed', known, at, by));
}

const viewed = ({ keeping }: Operation, viewedAt: Instant) =>
  keeping?.is === 'kept' ? { keeping: { viewedAt, ...keeping } } : {};

const toHide = (shown: SecretShown): SecretShown => ({ ...shown, hiding: true });

/** It never came to stand there. */
export const forgetShown = (world: World, { id }: Operation, { id: messageId }: MessageRef): Promise<void> =>
  restand(world, id, (latest) => ({
    ...latest,
    secretShown: secretsShown(latest).filter(({ on }) => on.id !== messageId),
  }));

/** Its minute is over: what shows the secret is to show it no longer. */
export const hideWhatIsDue = (world: World, { id }: Operation): Promise<void> => {
  const now = world.clock.now();
  return hide(world, id, ({ until }) => until <= now);
};

/** Whatever shows it, whosever minute is over. */
export const hideAll = (world: World, { id }: Operation): Promise<void> => hide(world, id, () => true);

const hide = (world: World, id: string, isOver: (shown: SecretShown) => boolean): Promise<void> =>
  restand(world, id, (latest) => {
    const shown = secretsShown(latest);
    if (!shown.some((each) => !each.hiding && isOver(each))) return undefined;
    return { ...latest, secretShown: shown.map((each) => (isOver(each) ? toHide(each) : each)) };
  });

/** Changes where it stands, whatever else is noted meanwhile; that it is hidden elsewhere is queued with it. */
async function restand(
  world: World,
  id: string,
  change: (latest: Operation) => Operation | undefined,
  entry?: JournalEntry,
): Promise<void> {
  for (;;) {
    const from = await world.store.operation(id);
    const to = from && change(from);
    if (!to) return;
    // All of them stand in the asker's own chat, and one telling hides them all.
    const place = secretsShown(to).find(({ hiding }) => hiding)?.on.place;
    const tell: Telling[] = place ? [{ to: { is: 'place', place }, what: { is: 'secretHide', operationId: id } }] : [];
    if (!(await world.store.move(from, to, { entry, tell }))) continue;
    if (place) world.nudge();
    return;
  }
}
