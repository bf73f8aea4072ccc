import type { Operation, OperationIn, Running, Sending } from '../model/operation.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Sent } from '../ports.ts';
import { entryOf } from './journal.ts';
import { moveFrom } from './move.ts';
import type { World } from './world.ts';

/**
 * Graph has answered, but it took so long that somebody else took its sender for gone and looks for the action already:
 * what Graph says is still the better knowledge, as long as nothing was found.
 */
export async function hearLate(
  world: World,
  id: string,
  { sentAt }: Sending,
  sent: Exclude<Sent, { is: 'unsure' }>,
  reason: Refusal | undefined,
): Promise<void> {
  const at = world.clock.now();
  const isOurs = ({ state }: OperationIn<Running>) =>
    state.leftBehind === true && state.sending.sentAt === sentAt && !state.result;
  const operation = await world.store.operation(id);
  if (!operation) return;
  await moveFrom(
    world,
    id,
    'running',
    (now) => (isOurs(now) ? known(now, sent, reason, at) : undefined),
    entryOf(sent.is, operation, at, undefined, reason?.code ?? sent.requestId),
  );
}

function known(
  now: OperationIn<Running>,
  { is, requestId }: Exclude<Sent, { is: 'unsure' }>,
  reason: Refusal | undefined,
  at: number,
): Operation {
  const steps = [...now.steps, { is, at, by: '', note: requestId } as const];
  const { leftBehind: _left, ...state } = now.state;
  if (!reason) return { ...now, steps, state: { ...state, acceptance: 'accepted' } };
  return { ...now, steps, state: { is: 'finished', outcome: 'refused', at, reason } };
}
