import type { Action } from '../model/action.ts';
import type { AssignmentItem, Device } from '../model/device.ts';
import type { Operation } from '../model/operation.ts';
import type { Person } from '../model/person.ts';
import type { MessageRef, Place } from '../model/place.ts';
import { isWhyNot } from '../model/refusal.ts';
import type { Refusal, WhyNot } from '../model/refusal.ts';
import type { ActionResult } from '../model/result.ts';
import { amend } from './amend.ts';
import { authorise } from './may/authorise.ts';
import { refuseUnread, warnings } from './secrets/guard.ts';
import { entryOf } from './journal.ts';
import { pendingTwin, startOf } from './match.ts';
import { tellingsOf } from './tellings.ts';
import { ticketBeside } from './ticket.ts';
import { lostWarnings, openRival, refuseElsewhere, refuseRival } from './twin.ts';
import type { World } from './world.ts';

/** Who asked for what, where, in which words, and by which delivery. */
export interface Asked {
  readonly asker: Person;
  readonly place: Place;
  readonly words: string;
  readonly origin: string;
  readonly ticket?: string | undefined;
  /** The card that becomes the confirmation card, where there is one already. */
  readonly message?: MessageRef;
}

/** What is known of the device, completed with what the action needs. Throws `GraphFault`. */
async function complete(world: World, action: Action, device: Device, options: unknown) {
  const cloudPc = action.needs === 'cloudPc' && device.isCloudPc ? await world.graph.cloudPcOf(device) : undefined;
  const whole: Device = cloudPc ? { ...device, cloudPc } : device;
  const no = action.whyNot(whole, options);
  if (no || !action.prepare) return { device: whole, options, no };
  const items = await itemsFor(world, action, whole);
  const prepared = action.prepare(options, { items });
  return isWhyNot(prepared) ? { device: whole, options, no: prepared } : { device: whole, options: prepared, no };
}

/** Apps and policies of the device, for actions that need them. Throws `GraphFault`. */
export const itemsFor = async (world: World, action: Action, device: Device): Promise<readonly AssignmentItem[]> =>
  action.needs === 'assignmentItems' ? world.graph.assignmentItems(device) : [];

/** What a person chose on the card, or why it cannot be taken. */
export function chosen(action: Action, operation: Operation, inputs: Readonly<Record<string, string>>) {
  const options = action.choose ? action.choose(operation.options, inputs) : operation.options;
  return isWhyNot(options) ? { no: options } : { options };
}

/**
 * Makes the operation that a card will offer, or says why not. Undefined when this very delivery was handled already.
 * Throws `GraphFault`.
 */
export async function propose(
  world: World,
  asked: Asked,
  wish: { readonly action: string; readonly options: unknown },
  found: Device,
): Promise<Operation | Refusal | undefined> {
  const action = world.catalogue.action(wish.action);
  const wanted = { action: wish.action, device: found };
  const { refusal } = await authorise(world, asked.asker, action.deed(found.name, wish.options), wanted);
  if (refusal) return refusal;
  const { device, options, no } = await complete(world, action, found, wish.options);
  const understood = action.deed(device.name, options);
  if (no) return { understood, ...no };
  const lookup = action.completion(device, options, world.settings.tenant);
  const standing = await world.graph.inspect(device.id, lookup);
  if (!standing) return { understood, ...vanished };
  const rival = await openRival(world, { action: action.name, device, options });
  if (rival) return rival.origin === asked.origin ? undefined : refuseRival(world, understood, rival, asked.asker);
  if (!action.supersedes && pendingTwin(standing.results)) return refuseElsewhere(understood);
  const unread = await refuseUnread(world, { action: action.name, device }, asked.asker);
  if (unread) return { understood, ...unread };
  const lost = await lostWarnings(world, { action: action.name, device, options });
  const warned = [...lost, ...(await warnings(world, { action: action.name, device }))];
  const ticketed = { ...asked, ticket: ticketBeside(asked, device.name) };
  const operation = born(world, ticketed, action, device, options, standing.results, warned);
  return offer(world, operation);
}

/** Milliseconds within which the same words are taken for the same message, delivered twice under two ids. */
const sameBreath = 2_000;

/** Writes it down, and its card goes out. What is on offer already is not offered a second time: its card is sent anew. */
async function offer(world: World, operation: Operation): Promise<Operation | undefined> {
  const entry = entryOf('asked', operation, operation.askedAt, operation.asker, operation.words);
  const created = await world.store.create(operation, { entry, tell: tellingsOf(world, undefined, operation) });
  if (created.is === 'heard') return undefined;
  if (created.is === 'open') return renew(world, created.operation, operation);
  world.nudge();
  return operation;
}

/** The offer as it is asked for now, ticket and all, under the id and token that the older card has too. */
async function renew(world: World, standing: Operation, anew: Operation): Promise<Operation | undefined> {
  const isSame = anew.words === standing.words && anew.askedAt - standing.askedAt < sameBreath;
  if (isSame && !anew.message) return undefined;
  return amend(
    world,
    standing.id,
    ({ message: _older, ticket: _former, ...now }) =>
      now.state.is === 'proposed' && anew.state.is === 'proposed'
        ? {
            ...now,
            device: anew.device,
            words: anew.words,
            ...(anew.ticket === undefined ? {} : { ticket: anew.ticket }),
            ...(anew.message ? { message: anew.message } : {}),
            state: { ...anew.state, token: now.state.token },
          }
        : undefined,
    entryOf('asked', { ...anew, id: standing.id }, anew.askedAt, anew.asker, anew.words),
  );
}

const vanished: WhyNot = {
  code: 'gone',
  why: 'Intune had this device a moment ago and no longer has it.',
  instead: 'Look for it in Intune.',
};

function born(
  world: World,
  asked: Asked,
  action: Action,
  device: Device,
  options: unknown,
  results: readonly ActionResult[],
  warned: readonly string[],
): Operation {
  const now = world.clock.now();
  return {
    id: world.newId(),
    version: 0,
    action: action.name,
    options,
    device,
    asker: asked.asker,
    place: asked.place,
    words: asked.words,
    origin: asked.origin,
    askedAt: now,
    ...(asked.ticket === undefined ? {} : { ticket: asked.ticket }),
    ...(asked.message ? { message: asked.message } : {}),
    steps: [{ is: 'asked', at: now, by: asked.asker.name, note: '' }],
    state: {
      is: 'proposed',
      token: world.newId(),
      expiresAt: now + world.settings.confirmWithin,
      beware: [...(action.beware?.(results, device) ?? []), ...warned],
      standing: results.map(startOf),
    },
  };
}
