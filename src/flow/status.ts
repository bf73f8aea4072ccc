import type { Device } from '../model/device.ts';
import type { Operation } from '../model/operation.ts';
import type { Person } from '../model/person.ts';
import type { Place } from '../model/place.ts';
import { presentRefusal, presentStatus } from './presentTalk.ts';
import { readershipOf } from './may/readership.ts';
import type { Next } from './next.ts';
import type { Asked } from './propose.ts';
import { mayHaveSecret } from './secrets/secret.ts';
import type { Telling } from '../outboxPort.ts';
import type { OperationFilter } from '../storePort.ts';
import type { World } from './world.ts';

const most = 10;
const openStates = new Set(['proposed', 'claimed', 'running']);

/** What is known of one device; in the asker's own chat, secrets that wait for them are offered after it. */
export async function showStatus(world: World, asked: Asked, device: Device): Promise<Next> {
  const heading = `Status of ${device.name}`;
  const readership = await readershipOf(world, asked.asker, heading);
  if (readership.is === 'refused') return { draw: () => presentRefusal(world, readership.refusal) };
  const isOwn = readership.is !== 'all';
  const filter = { deviceId: device.id, ...(isOwn ? { personId: asked.asker.id } : {}) };
  const operations = await world.store.operationsOf(filter, most);
  const content = presentStatus(world, heading, operations, device, 0, isOwn);
  return { draw: () => content, then: await secretOffers(world, asked.asker, asked.place, device.id) };
}

export async function showMine(world: World, asker: Person): Promise<Next> {
  const recent = await world.store.operationsOf({ personId: asker.id }, 200);
  const open = recent.filter(({ state }) => openStates.has(state.is));
  const shown = [...open, ...recent.filter((operation) => !open.includes(operation))].slice(0, most);
  const left = recent.length - shown.length;
  return { draw: () => presentStatus(world, 'Your latest actions', shown, undefined, left) };
}

/** Operations read at a time, and at most, to find what waits among them. */
const page = 100;
const mostRead = 500;

const isWaiting = ({ place, privately }: Operation): boolean => place.kind !== 'personal' && !privately;

/** Up to `wanted` that are sought, newest first, however many others came after them. */
async function newest(
  world: World,
  filter: OperationFilter,
  wanted: number,
  isSought: (operation: Operation) => boolean,
): Promise<readonly Operation[]> {
  const found: Operation[] = [];
  let last: Operation | undefined;
  for (let read = 0; read < mostRead && found.length < wanted; read += page) {
    const next = await world.store.operationsOf(filter, page, last);
    found.push(...next.filter(isSought));
    last = next.at(-1);
    if (next.length < page) break;
  }
  return found.slice(0, wanted);
}

/** In the asker's own chat: offers of the secrets that wait for them, of one device or all. */
export async function secretOffers(
  world: World,
  asker: Person,
  place: Place,
  deviceId?: string,
): Promise<readonly Telling[]> {
  if (place.kind !== 'personal') return [];
  const hasSecret = (operation: Operation) => mayHaveSecret(world, operation);
  const waiting = deviceId
    ? await newest(world, { personId: asker.id, deviceId }, 1, hasSecret)
    : await newest(world, { personId: asker.id }, most, (operation) => isWaiting(operation) && hasSecret(operation));
  return waiting.map(({ id }) => ({ to: { is: 'place', place }, what: { is: 'secretOffer', operationId: id } }));
}
