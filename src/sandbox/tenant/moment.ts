import type { Call, Handler, Route } from './call.ts';
import { theApp } from './caller.ts';
import type { World } from './world.ts';

/** How a world began. */
export interface Morning {
  /** ms since epoch. */
  readonly startedAt: number;
  readonly seed: string;
}

/** A request that changed the world, with all that its outcome hangs on: done again, it does the same. */
export type Moment = Pick<Call, 'version' | 'method' | 'params' | 'query' | 'body' | 'viaBatch'> &
  Pick<World, 'cloudPcApi' | 'seed'> & {
    /** ms since epoch. */
    readonly at: number;
    /** As it stands in the route, with `:name` for keys. */
    readonly path: string;
    /** Whose deed it was, as `Call` has it; files from before there was a choice have only the app's. */
    readonly as?: string;
  };

/** The world as one request finds it: its hour stands still, and its chance is its own. */
export const worldAt = (world: World, { at, seed, cloudPcApi }: Pick<Moment, 'at' | 'seed' | 'cloudPcApi'>): World => ({
  ...world,
  now: () => at,
  seed,
  cloudPcApi,
  changed: false,
});

/** Lets an operation work, and has it kept if it changed the world, before anybody hears what came of it. */
export function witnessed(route: Route, keep: (moment: Moment) => void, call: Call): ReturnType<Handler> {
  try {
    return route.handle(call);
  } finally {
    if (call.world.changed) keep(momentOf(route, call));
  }
}

function momentOf({ path }: Route, call: Call): Moment {
  const { world, version, method, params, query, body, viaBatch, as } = call;
  const { cloudPcApi, seed } = world;
  return { at: world.now(), seed, cloudPcApi, version, method, path, params, query, body, viaBatch, as };
}

/** Does it again, for nobody: what Graph answered then was heard, or lost, back then. */
export function replay(world: World, routes: readonly Route[], moment: Moment): void {
  const route = routes.find(({ method, path }) => method === moment.method && path === moment.path);
  if (!route) return;
  try {
    const { as = theApp } = moment;
    void route.handle({ ...moment, as, world: worldAt(world, moment), requestId: '', takesNewMembers: false });
  } catch {
    // Some change the world and answer with an error.
  }
}
