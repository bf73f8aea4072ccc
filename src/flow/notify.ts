import type { Operation } from '../model/operation.ts';
import type { Content } from '../ports.ts';
import { redraw } from './draw.ts';
import { presentOperation } from './present.ts';
import { deliverSecret } from './privately.ts';
import { tellEnd } from './tellEnd.ts';
import type { World } from './world.ts';

/** Lets everybody know, beside whatever goes on; what belongs to one operation is told in order. */
export const announce = (world: World, before: Operation, after: Operation): void =>
  world.errands.run(after.id, async () => {
    const now = await deliverSecret(world, (await world.store.operation(after.id)) ?? after);
    if (now.untold) await tellEnd(world, now);
    else if (!same(presentOperation(world, before), presentOperation(world, now))) await redraw(world, now);
  });

const same = (one: Content, other: Content) => JSON.stringify(one) === JSON.stringify(other);

/** What could not be told is tried again. */
export const tellAgain = (world: World, operation: Operation): void =>
  world.errands.run(operation.id, async () => {
    // What was slow, not lost, may have been told meanwhile.
    const latest = await world.store.operation(operation.id);
    if (latest?.untold) await tellEnd(world, await deliverSecret(world, latest));
  });
