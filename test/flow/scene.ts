import { createDesk } from '../../src/flow/desk.ts';
import { createErrands } from '../../src/flow/errands.ts';
import type { Desk, Pressed } from '../../src/doors.ts';
import type { World } from '../../src/flow/world.ts';
import type { Operation } from '../../src/model/operation.ts';
import type { MessageRef, Place } from '../../src/model/place.ts';
import type { ActionResult } from '../../src/model/result.ts';
import type { Content, Graph, Messenger } from '../../src/ports.ts';
import type { SqlStore } from '../../src/store/open.ts';
import { alex, mac, memoryStore, noGraph, noon, personal, settle, silent, worldOf } from '../world.ts';

/** A Mac, a Graph and a chat that do as they are told, for what stories cannot make happen. */
export interface Scene {
  readonly desk: Desk;
  readonly world: World;
  readonly store: SqlStore;
  readonly sent: string[];
  /** What Intune shows for the Mac. */
  results: ActionResult[];
  /** What the chat was told: `post` or `update`, and the first line. */
  readonly told: string[];
  readonly clock: { now: number };
  /** Called before the chat does anything; throws to make it fail. */
  before: (what: 'post' | 'update' | 'change', content: Content, place: Place) => Promise<void>;
  ask(place?: Place): Promise<Operation>;
  press(operation: Operation, verb: string, message?: Partial<MessageRef>): Pressed;
  /** Until everything that can be told now is told. */
  settle(): Promise<void>;
  pass(milliseconds: number): Promise<void>;
  now(operation: Operation): Promise<Operation>;
}

const firstLine = (content: Content) => ('text' in content ? content.text : content.summary);

export async function scene(
  parts: { graph?: Partial<Graph>; store?: SqlStore; world?: Partial<World> } = {},
): Promise<Scene> {
  const clock = { now: noon };
  const store = parts.store ?? (await memoryStore({ now: () => clock.now }));
  const errands = createErrands(silent);
  let count = 0;
  const stage: Pick<Scene, 'sent' | 'results' | 'told' | 'before'> = {
    sent: [],
    results: [],
    told: [],
    before: async () => undefined,
  };
  const graph: Graph = {
    ...noGraph,
    standing: async () => ({ is: 'member', groups: ['helpdesk-id'] }),
    findDevices: async () => [mac],
    inspect: async () => ({ device: mac, results: stage.results }),
    look: async (lookups) => lookups.map(() => ({ is: 'seen', results: stage.results })),
    send: async ({ path }) => (stage.sent.push(path), { is: 'accepted', requestId: 'r-1' }),
    secret: async () => '123456',
    devicesWith: async () => [],
    idsOf: async () => new Map(),
    ...parts.graph,
  };
  const messenger: Messenger = {
    post: async (place: Place, content) => {
      await stage.before('post', content, place);
      stage.told.push(`post ${firstLine(content)}`);
      return { place, id: `m${++count}` };
    },
    update: async (message, content) => {
      await stage.before('update', content, message.place);
      stage.told.push(`update ${message.id} ${firstLine(content)}`);
      return message;
    },
    change: async (message, content) => {
      await stage.before('change', content, message.place);
      stage.told.push(`update ${message.id} ${firstLine(content)}`);
      return true;
    },
    privately: async () => personal,
    whoIs: async () => undefined,
  };
  const world = {
    ...(await worldOf({ graph, messenger, store, errands })),
    clock: { now: () => clock.now },
    ...parts.world,
  };
  const desk = createDesk(world);
  return Object.assign(stage, {
    desk,
    world,
    store,
    clock,
    async ask(place = personal) {
      await desk.onMessage({
        id: `h${clock.now}-${count}`,
        person: alex,
        place,
        text: 'lock MBP-042',
        mentions: [],
      });
      await settle(desk, errands);
      const [operation] = await store.operationsOf({ deviceId: mac.id }, 1);
      return operation as Operation;
    },
    press: (operation: Operation, verb: string, message: Partial<MessageRef> = {}): Pressed => ({
      person: alex,
      place: operation.place,
      message: { place: operation.place, id: operation.message?.id ?? 'm1', ...message },
      verb,
      data: {
        operation: operation.id,
        ...(operation.state.is === 'proposed' ? { token: operation.state.token } : {}),
      },
      inputs: {},
      automatic: false,
    }),
    settle: () => settle(desk, errands),
    async pass(milliseconds: number) {
      const end = clock.now + milliseconds;
      for (; clock.now < end; clock.now += 1_000)
        while ((await desk.onTick()) > 0 || (await errands.idle(), await desk.deliver()) > 0)
          await settle(desk, errands);
    },
    now: async (operation: Operation) => (await store.operation(operation.id)) as Operation,
  });
}

export const lockResult = (state: string, startedAt: number = noon + 100): ActionResult => ({
  actionName: 'remoteLock',
  state,
  startedAt,
  detail: { is: 'remoteLock', unlockPin: state === 'done' },
});
