import type { Device } from '../model/device.ts';
import type { Operation } from '../model/operation.ts';
import type { Question } from '../model/question.ts';
import type { Refusal } from '../model/refusal.ts';
import { cut, iso } from '../model/text.ts';
import type { Content } from '../ports.ts';
import { deedOf, summaryOf, wordsOf } from './present.ts';
import { mayHaveSecret } from './secret.ts';
import { candidateFacts, deviceFacts, ownerOf } from './views.ts';
import type { World } from './world.ts';

/** More would not fit on a phone's screen, nor safely in a message. */
const mostCandidates = 8;

export function presentQuestion(world: World, question: Question, heading: string, why: string): Content {
  const now = world.clock.now();
  const left = question.candidates.length - mostCandidates;
  const summary = `${heading}: which device?`;
  const card = world.cards.fill('picker', {
    heading,
    status: why,
    tone: 'accent',
    note: [
      left > 0 ? `${left} more are not shown; name the device or its serial number.` : '',
      `Nothing is done yet. Only ${question.asker.name} can pick.`,
    ]
      .filter(Boolean)
      .join(' '),
    candidates: question.candidates.slice(0, mostCandidates).map((device, index) => ({
      name: `No. ${index + 1}: ${device.name}`,
      facts: candidateFacts(device, now),
      plain: {
        device: device.id,
        pick: `Pick no. ${index + 1}: ${cut(`${device.name}, ${device.serialNumber || device.owner.name}`, 80)}`,
      },
    })),
    plain: { summary, id: question.id, token: question.token },
  });
  return { card, summary };
}

/** A refusal, with commands to type where there are any, and the device where it is about one. */
export function presentRefusal(
  world: World,
  refusal: Refusal,
  device?: Device,
  commands: readonly string[] = [],
): Content {
  const summary = `${refusal.understood}: ${refusal.why}`;
  const card = world.cards.fill('refusal', {
    heading: refusal.understood,
    tone: 'warning',
    why: refusal.why,
    instead: refusal.instead,
    hasInstead: refusal.instead !== '',
    commands: commands.map((text) => ({ text })),
    facts: device ? deviceFacts(device, world.clock.now()) : [],
    hasFacts: device !== undefined,
    plain: { summary },
  });
  return { card, summary };
}

export function presentHelp(world: World, botName: string): Content {
  const summary = 'What you can type';
  const status = {
    summary: 'See how far things are',
    examples: [{ text: 'status' }, { text: 'status MBP-042' }],
  };
  const card = world.cards.fill('help', {
    heading: summary,
    status: `In a group chat or channel, start with @${botName}. Nothing is done before you confirm it on a card.`,
    tone: 'accent',
    actions: [
      ...world.catalogue.actions.map((action) => ({
        summary: action.summary,
        examples: action.examples.map((text) => ({ text })),
      })),
      status,
    ],
    note: 'A device is found by its name or serial number, or by its person: type their sign-in address, or @mention them in a group chat or channel.',
    plain: { summary },
  });
  return { card, summary };
}

function stateOf(world: World, operation: Operation): string {
  const { state, advice } = wordsOf(world, operation);
  return [state, advice].filter(Boolean).join('. ');
}

/** Operations, newest first, with the device's own facts where they are about one device. */
export function presentStatus(
  world: World,
  heading: string,
  operations: readonly Operation[],
  device?: Device,
  left = 0,
): Content {
  const now = world.clock.now();
  const about = device ? 'On this device, newest first.' : 'Asked by you, open ones first.';
  const more = left > 0 ? ` ${left} older ones are not shown; type status with a device’s name.` : '';
  const card = world.cards.fill('status', {
    heading,
    status: operations.length ? `${about}${more}` : 'Nothing that I know of.',
    tone: 'accent',
    facts: device ? deviceFacts(device, now) : [],
    hasFacts: device !== undefined,
    operations: operations.map((operation) => ({
      deed: deedOf(world, operation),
      state: stateOf(world, operation),
      at: iso(operation.askedAt),
      by: operation.asker.name,
    })),
    plain: { summary: heading },
  });
  return { card, summary: heading };
}

/** The private card of a secret, hidden. */
export function presentSecretNotice(world: World, operation: Operation): Content {
  const label = world.catalogue.action(operation.action).secret?.label ?? 'secret';
  const summary = `${summaryOf(world, operation)}. The ${label} is waiting here.`;
  const card = world.cards.fill('secretNotice', {
    heading: `${label.charAt(0).toUpperCase()}${label.slice(1)} of ${operation.device.name}`,
    status: `${ownerOf(operation.device)}. It is shown to you alone, for a minute. Each view is recorded.`,
    tone: 'accent',
    hasSecretButton: mayHaveSecret(world, operation),
    plain: { summary, id: operation.id, showSecret: `Show ${label}` },
  });
  return { card, summary };
}

/** The secret itself. Only ever for the asker, in the chat that is theirs alone. */
export function presentSecret(world: World, operation: Operation, secret: string, until: number): Content {
  const label = world.catalogue.action(operation.action).secret?.label ?? 'secret';
  const heading = `${label.charAt(0).toUpperCase()}${label.slice(1)} of ${operation.device.name}`;
  const card = world.cards.fill('secret', {
    heading,
    status: ownerOf(operation.device),
    tone: 'accent',
    until: iso(until),
    plain: { summary: heading, id: operation.id, secret },
  });
  return { card, summary: heading };
}
