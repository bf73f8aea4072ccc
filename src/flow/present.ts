import type { Action, Field, View } from '../model/action.ts';
import type { Operation, Proposed } from '../model/operation.ts';
import type { ActionResult } from '../model/result.ts';
import { iso, span, upper } from '../model/text.ts';
import type { Content } from '../ports.ts';
import { mayHaveSecret, resultOf, secretNote } from './secrets/secret.ts';
import { ticketText } from './ticket.ts';
import { deviceFacts, ownerOf, stepLines, technicalFacts, ticketFacts } from './views.ts';
import { wordsFor, wordsForActionState } from './words.ts';
import type { Words } from './words.ts';
import type { World } from './world.ts';

/** The operation's card, whichever state it is in, as everyone in its place sees it. */
export const presentOperation = (world: World, operation: Operation): Content =>
  operation.state.is === 'proposed'
    ? presentProposed(world, operation, operation.state)
    : presentUnderWay(world, operation);

/** "Lock MBP-042". */
export const deedOf = (world: World, operation: Operation): string =>
  world.catalogue.action(operation.action).deed(operation.device.name, operation.options);

export const wordsOf = (world: World, operation: Operation): Words =>
  wordsFor(operation, world.clock.now(), world.catalogue.action(operation.action));

/** The one line that notifications show and that ends a thread. */
export function summaryOf(world: World, operation: Operation): string {
  const { state } = wordsOf(world, operation);
  const ticket = ticketText(operation);
  return `${deedOf(world, operation)}: ${state}${ticket && ` (${ticket})`}`;
}

const day = 24 * 60 * 60_000;
const hour = 60 * 60_000;

function timing({ device }: Operation, now: number, own: string | undefined): string {
  if (own) return own;
  if (device.lastSync === undefined)
    return 'Intune does not know when this device last checked in, so it may take long.';
  const silent = now - device.lastSync;
  const ago = `It last checked in ${span(silent)} ago`;
  if (silent > day) return `${ago}. Nothing happens until it is switched on and online, however long that takes.`;
  return silent > hour
    ? `${ago}; it may take until it comes online, usually some minutes after that.`
    : `${ago}, so it usually takes a few minutes.`;
}

function fieldView(field: Field): View {
  return {
    many: field.many,
    label: field.label,
    plain: { id: field.id, value: field.value.join(',') },
    choices: field.choices.map(({ title, value }) => ({ title, plain: { title, value } })),
  };
}

function presentProposed(world: World, operation: Operation, state: Proposed): Content {
  const action: Action = world.catalogue.action(operation.action);
  const deed = deedOf(world, operation);
  const buttons = action.buttons?.(operation.device.name, operation.options) ?? {
    confirm: deed,
    cancel: `Do not ${deed.charAt(0).toLowerCase()}${deed.slice(1)}`,
  };
  const waiting =
    operation.place.kind === 'personal'
      ? 'Waiting for your confirmation.'
      : `Waiting for ${operation.asker.name} to confirm.`;
  const now = world.clock.now();
  const summary = `${deed}? Please confirm.`;
  const card = world.cards.fill('confirm', {
    heading: `${deed}?`,
    status: action.risk === 'irreversible' ? `${waiting} This cannot be undone.` : waiting,
    tone: action.risk === 'irreversible' ? 'attention' : 'accent',
    facts: [...ticketFacts(operation), ...deviceFacts(operation.device, now)],
    consequences: action.consequences(operation.device, operation.options).map((text) => ({ text })),
    beware: state.beware.map((text) => ({ text })),
    fields: (action.form?.(operation.options) ?? []).map(fieldView),
    timing: timing(operation, now, action.timing?.(operation.options)),
    about: [operation.device.name, ownerOf(operation.device), operation.device.serialNumber]
      .filter(Boolean)
      .join(' · '),
    asker: operation.asker.name,
    expires: iso(state.expiresAt),
    plain: {
      summary,
      id: operation.id,
      token: state.token,
      confirmStyle: action.risk === 'irreversible' ? 'destructive' : 'positive',
      ...buttons,
    },
  });
  return { card, summary };
}

/** Intune's own times, where it gives both. */
function timesOf(result: ActionResult | undefined): View {
  const { startedAt, updatedAt } = result ?? {};
  if (startedAt === undefined || updatedAt === undefined) return { hasTimes: false };
  return { hasTimes: true, started: iso(startedAt), updated: iso(updatedAt) };
}

/**
 * The operation's card for one person alone, wherever it stands otherwise: nothing on it can be confirmed, and only
 * whoever asked can have its secret shown.
 */
export const presentForReader = (world: World, operation: Operation, isAsker: boolean): Content =>
  presentUnderWay(world, operation, isAsker ? { note: true, button: true } : { note: false, button: false });

/** In the asker's own chat the secret can be asked for on the card itself. */
const usual = ({ place }: Operation) => ({ note: true, button: place.kind === 'personal' });

function presentUnderWay(world: World, operation: Operation, secret = usual(operation)): Content {
  const action = world.catalogue.action(operation.action);
  const now = world.clock.now();
  const { tone, state, advice } = wordsOf(world, operation);
  const note = secret.note ? secretNote(world, operation) : '';
  const summary = summaryOf(world, operation);
  const result = resultOf(operation);
  const view: View = {
    heading: deedOf(world, operation),
    status: upper(state),
    tone,
    about: [ownerOf(operation.device), operation.device.serialNumber, ticketText(operation)]
      .filter(Boolean)
      .join(' · '),
    advice,
    hasAdvice: advice !== '',
    secretNote: note,
    hasSecretNote: note !== '',
    hasSecretButton: secret.button && mayHaveSecret(world, operation),
    ...timesOf(result),
    steps: stepLines(operation),
    facts: technicalFacts(operation, now),
    plain: { summary, id: operation.id, showSecret: `Show ${action.secret?.label ?? 'it'}` },
  };
  const shown = action.show(result?.detail ?? { is: 'plain' }, operation.device, operation.options);
  const detail = { ...shown, shown: result !== undefined, state: wordsForActionState(result?.state ?? '') };
  return { card: world.cards.fill('operation', view, { name: operation.action, view: detail }), summary };
}
