import { amend, write } from '../../../src/flow/amend.ts';
import type { Heard, Pressed } from '../../../src/doors.ts';
import type { Operation, Outcome } from '../../../src/model/operation.ts';
import type { Person } from '../../../src/model/person.ts';
import type { Place } from '../../../src/model/place.ts';
import type { Content, Graph } from '../../../src/ports.ts';
import { alex, channel, mac, personal, proposed } from '../../world.ts';
import { scene } from '../scene.ts';
import type { Scene } from '../scene.ts';

export const ops: Place = { ...channel, id: '19:ops@thread.tacv2' };
export const thread: Place = { ...ops, id: `${ops.id};messageid=1795299400000` };
export const group: Place = { ...personal, kind: 'groupChat', id: '19:group@thread.v2' };
export const megan: Person = { ...alex, id: 'megan-id', name: 'Megan Bowen', chatId: '29:megan' };

const sending = {
  lookup: { source: 'managedDevice', id: mac.id, kind: 'remoteLock', names: ['remotelock'] },
  before: [],
} as const;

/** A scene in which others act, and places hear of it. */
export interface Hearing extends Scene {
  /** What stands where: conversation, then the newest content of each message there. */
  readonly posts: { readonly to: string; readonly id: string; content: Content }[];
  say(text: string, place?: Place, more?: Partial<Heard>): Promise<void>;
  click(verb: string, data: object, place?: Place, more?: Partial<Pressed>): ReturnType<Scene['desk']['onButton']>;
  /** An operation of Megan's that Intune has accepted. */
  accepted(id: string, more?: Partial<Operation>): Promise<Operation>;
  finish(operation: Operation, outcome?: Outcome): Promise<Operation>;
  /** First lines of what was told since the last time, where it began with the place's id. */
  news(place?: Place): string[];
}

export async function hearing(graph: Partial<Graph> = {}): Promise<Hearing> {
  const at = await scene({ graph: { audits: async () => [], look: async () => [], ...graph } });
  const posts: Hearing['posts'][number][] = [];
  const { messenger } = at.world;
  const post = messenger.post;
  let seen = 0;
  const said: { to: string; line: string }[] = [];
  const line = (content: Content) => ('text' in content ? content.text : content.summary);
  Object.assign(messenger, {
    post: async (place: Place, content: Content) => {
      const ref = await post(place, content);
      posts.push({ to: place.id, id: ref.id, content });
      said.push({ to: place.id, line: `post ${line(content)}` });
      return ref;
    },
    update: async (message: { place: Place; id: string }, content: Content) => {
      await at.before('update', content, message.place);
      const standing = posts.find(({ id }) => id === message.id);
      if (!standing) return messenger.post(message.place, content);
      standing.content = content;
      said.push({ to: message.place.id, line: `update ${message.id} ${line(content)}` });
      return message;
    },
  });
  let count = 0;
  const settled = async <T>(done: T): Promise<T> => (await at.settle(), done);
  return Object.assign(at, {
    posts,
    async say(text: string, place: Place = thread, more: Partial<Heard> = {}) {
      count += 1;
      await at.desk.onMessage({ id: `say-${count}`, person: alex, place, text, mentions: [], ...more });
      await at.settle();
    },
    async click(verb: string, data: object, place: Place = thread, more: Partial<Pressed> = {}) {
      const message = { place, id: 'subscriptions-card' };
      posts.push({ to: place.id, id: message.id, content: { text: '' } });
      const whole = { person: alex, place, message, verb, inputs: {}, automatic: false, ...more };
      return settled(await at.desk.onButton({ ...whole, data: data as Pressed['data'] }));
    },
    async accepted(id: string, more: Partial<Operation> = {}) {
      const sentAt = at.clock.now;
      const device = { ...mac, id: `device-${id}`, name: `MBP-${id}` };
      const claimed: Operation = {
        ...proposed,
        id,
        device,
        asker: megan,
        place: { ...personal, id: 'a:personal-megan' },
        origin: id,
        askedAt: sentAt,
        state: { is: 'claimed', by: megan, at: sentAt, standing: [], overdueAt: sentAt + 90_000 },
        ...more,
      };
      await at.store.create(claimed, {});
      const nextLookAt = sentAt + 7 * 86_400_000;
      const state = {
        is: 'running',
        acceptance: 'accepted',
        sending: { ...sending, sentAt },
        looks: 0,
        nextLookAt,
      } as const;
      return settled((await write(at.world, claimed, { ...claimed, state })) as Operation);
    },
    async finish(operation: Operation, outcome: Outcome = 'done') {
      const state = { is: 'finished', outcome, at: at.clock.now } as const;
      const change = (now: Operation): Operation => ({ ...now, state });
      return settled((await amend(at.world, operation.id, change)) as Operation);
    },
    news(place: Place = ops) {
      const fresh = said.slice(seen).filter(({ to }) => to.startsWith(place.id));
      seen = said.length;
      return fresh.map(({ line: told }) => told);
    },
  });
}
