import type { Answered, Pressed } from '../../../src/doors.ts';
import { policyOfGroup } from '../../../src/model/policy.ts';
import type { Policy, Role } from '../../../src/model/policy.ts';
import type { Finished, Operation, State } from '../../../src/model/operation.ts';
import type { Person } from '../../../src/model/person.ts';
import type { Place } from '../../../src/model/place.ts';
import type { Content } from '../../../src/ports.ts';
import { alex, mac, noon, personal, proposed } from '../../world.ts';
import { read } from '../../stories/read.ts';
import { scene } from '../scene.ts';
import type { Scene } from '../scene.ts';

export const megan: Person = { id: 'megan-id', tenantId: 'tenant-id', name: 'Megan Bowen', chatId: '29:megan' };
export const debra: Person = { id: 'debra-id', tenantId: 'tenant-id', name: 'Debra Berger', chatId: '29:debra' };
export const lynne: Person = { id: 'lynne-id', tenantId: 'tenant-id', name: 'Lynne Robbins', chatId: '29:lynne' };

const role = (name: string, changes: Partial<Role>): Role => ({
  name,
  groups: [name],
  may: [{ name: 'x', line: 1, actions: 'all' }],
  history: 'own',
  subscriptions: false,
  ...changes,
});

/** A lead, a first line that sees its own, an auditor who only reads, and whoever acts and reads nothing. */
const policy: Policy = {
  ...policyOfGroup('lead'),
  roles: [
    role('lead', { history: 'all' }),
    role('firstLine', {}),
    role('auditor', { may: [], history: 'all' }),
    role('mute', { history: 'none' }),
  ],
};
const groupOf = new Map([
  [alex.id, 'lead'],
  [megan.id, 'firstLine'],
  [debra.id, 'auditor'],
  [lynne.id, 'mute'],
]);

export const ownChat = ({ id }: Person): Place => ({ ...personal, id: `a:${id}` });

/** What a person reads of an answer. */
export const linesOf = (content: Content | undefined): string[] => (content ? read(content) : []);

export interface Readers extends Scene {
  /** Every card that was posted, with the place. */
  readonly posted: { readonly at: string; readonly content: Content }[];
  say(person: Person, text: string, place?: Place): Promise<Content | undefined>;
  click(person: Person, verb: string, data: Pressed['data'], place?: Place): Promise<Answered>;
  /** Writes down one that was asked for `minutes` after noon. */
  put(id: string, asker: Person, minutes: number, changes?: Partial<Operation>): Promise<Operation>;
}

/** People with different roles, each with a chat of their own, and operations as they are put there. */
export async function readers(): Promise<Readers> {
  const standing = async ({ id }: Person) => ({ is: 'member' as const, groups: [groupOf.get(id) ?? ''] });
  const stage = await scene({ graph: { standing }, world: { policy: () => policy } });
  const posted: Readers['posted'] = [];
  stage.before = async (what, content, { id: at }) => void (what === 'post' && posted.push({ at, content }));
  let heard = 0;
  return Object.assign(stage, {
    posted,
    async say(person: Person, text: string, place = ownChat(person)) {
      await stage.world.store.rememberPlace(ownChat(person), person);
      await stage.desk.onMessage({ id: `said-${++heard}`, person, place, text, mentions: [] });
      await stage.settle();
      return posted.at(-1)?.content;
    },
    async click(person: Person, verb: string, data: Pressed['data'], place = ownChat(person)) {
      const message = { place, id: 'card' };
      const pressed = { person, place, message, verb, data, inputs: {}, automatic: false };
      const answered = await stage.desk.onButton(pressed);
      await stage.settle();
      return answered;
    },
    async put(id: string, asker: Person, minutes: number, changes: Partial<Operation> = {}) {
      const askedAt = noon + minutes * 60_000;
      const message = { place: ownChat(asker), id: `card-${id}` };
      const operation = { ...proposed, id, origin: id, asker, askedAt, place: ownChat(asker), message, ...changes };
      const steps = [{ is: 'asked', at: askedAt, by: asker.name, note: '' }] as const;
      await stage.store.create({ ...operation, steps, ...changes }, {});
      return (await stage.store.operation(id)) as Operation;
    },
  });
}

export const sending = {
  sentAt: noon,
  lookup: { source: 'managedDevice', id: mac.id, kind: 'remoteLock', names: [] },
  before: [],
} as const;
export const running = (nextLookAt = noon + 60_000): State => ({
  is: 'running',
  acceptance: 'accepted',
  sending,
  looks: 1,
  nextLookAt,
});
export const done: Finished = { is: 'finished', outcome: 'done', at: noon, sending };
