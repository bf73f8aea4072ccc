import type { Device } from '../model/device.ts';
import type { Operation } from '../model/operation.ts';
import type { Question } from '../model/question.ts';
import type { Place } from '../model/place.ts';
import type { Role } from '../model/policy.ts';
import { isWhyNot } from '../model/refusal.ts';
import type { Refusal, WhyNot } from '../model/refusal.ts';
import { cut, iso, upper } from '../model/text.ts';
import type { Content } from '../ports.ts';
import { rulesAbout } from './may/decide.ts';
import { deedOf, summaryOf, wordsOf } from './present.ts';
import { mayHaveSecret } from './secrets/secret.ts';
import type { Talk } from './talk.ts';
import { ticketText } from './ticket.ts';
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

/** What this person can type; whoever has no role hears what this is, why they cannot use it, and whom to ask. */
export function presentHelp(
  world: World,
  place: Place,
  talks: readonly Talk[],
  roles: readonly Role[] | WhyNot,
): Content {
  return isWhyNot(roles) ? presentStranger(world, roles) : presentCommands(world, place, talks, roles);
}

function presentStranger(world: World, { why, instead }: WhyNot): Content {
  const summary = 'What this is';
  const card = world.cards.fill('help', {
    heading: summary,
    status: 'I let helpdesk staff act on the organisation’s devices in Intune, from a chat.',
    tone: 'accent',
    actions: [],
    note: `${why} ${instead}`,
    plain: { summary },
  });
  return { card, summary };
}

function presentCommands(world: World, place: Place, talks: readonly Talk[], roles: readonly Role[]): Content {
  const summary = 'What you can type';
  const actions = world.catalogue.actions.filter(({ name }) => rulesAbout(roles, name).length > 0);
  const status = { summary: 'See how far things are', examples: ['status', 'status MBP-042'] };
  const others = talks.filter((talk) => talk.isFor?.(roles, place) ?? true);
  const card = world.cards.fill('help', {
    heading: summary,
    status: `In a group chat or channel, start with @${place.bot.name}. Nothing is done before you confirm it on a card.`,
    tone: 'accent',
    actions: [...actions, status, ...others].map(({ summary: what, examples }) => ({
      summary: what,
      examples: examples.map((text) => ({ text })),
    })),
    note: 'A device is found by its name or serial number, or by its person: type their sign-in address, or @mention them in a group chat or channel.',
    plain: { summary },
  });
  return { card, summary };
}

function stateOf(world: World, operation: Operation): string {
  const { state, advice } = wordsOf(world, operation);
  return [state, advice].filter(Boolean).join('. ');
}

/** Operations, newest first, with the device's own facts where they are about one device. `isOwn`: the role shows no others. */
export function presentStatus(
  world: World,
  heading: string,
  operations: readonly Operation[],
  device?: Device,
  left = 0,
  isOwn = false,
): Content {
  const now = world.clock.now();
  const ofDevice = isOwn ? 'Asked by you on this device, newest first.' : 'On this device, newest first.';
  const about = device ? ofDevice : 'Asked by you, open ones first.';
  const more = left > 0 ? ` ${left} older ones are not shown; type status with a device’s name.` : '';
  const card = world.cards.fill('status', {
    heading,
    status: operations.length ? `${about}${more}` : isOwn ? 'Nothing that you asked for.' : 'Nothing that I know of.',
    tone: 'accent',
    facts: device ? deviceFacts(device, now) : [],
    hasFacts: device !== undefined,
    operations: operations.map((operation) => ({
      deed: deedOf(world, operation),
      state: stateOf(world, operation),
      at: iso(operation.askedAt),
      by: [operation.asker.name, ticketText(operation)].filter(Boolean).join(' · '),
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
    heading: `${upper(label)} of ${operation.device.name}`,
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
  const heading = `${upper(label)} of ${operation.device.name}`;
  const card = world.cards.fill('secret', {
    heading,
    status: ownerOf(operation.device),
    tone: 'accent',
    until: iso(until),
    plain: { summary: heading, id: operation.id, secret },
  });
  return { card, summary: heading };
}
