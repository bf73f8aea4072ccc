import type { Pressed } from '../doors.ts';
import { objectIn, textIn, type Foreign } from './foreign.ts';

/** What a click carries, whichever way it came. */
export type Press = Pick<Pressed, 'verb' | 'data' | 'inputs' | 'automatic'>;

const largestData = 64 * 1024;
const longestVerb = 100;

/**
 * The value of an `adaptiveCard/action` invoke: `{ action: { type: 'Action.Execute', verb, data }, trigger }`. Undefined
 * when it is not of that shape. The SDK's own reading drops `trigger` and throws where `action` is missing.
 */
export function readExecute(value: unknown): Press | undefined {
  const invoke = objectIn(value);
  const action = objectIn(invoke?.['action']);
  if (!invoke || action?.['type'] !== 'Action.Execute') return undefined;
  if (!['undefined', 'string'].includes(typeof action['verb'])) return undefined;
  const data = action['data'] === undefined || action['data'] === null ? {} : objectIn(action['data']);
  return data && pressOf(textIn(action['verb']), data, invoke['trigger'] === 'automatic');
}

/** Whether a message is a click on the Action.Submit fallback. */
export function isSubmit({ value, text }: { readonly value: unknown; readonly text: string }): boolean {
  return value !== undefined && value !== null && text.trim() === '';
}

/**
 * The value of the `message` activity that the Action.Submit fallback sends: the action's data and the inputs in one
 * object. Submit has no verb, so `data.verb` repeats it. Undefined when there is none.
 */
export function readSubmit(value: unknown): Press | undefined {
  const data = objectIn(value);
  return data && pressOf('', data, false);
}

function pressOf(actionVerb: string, data: Foreign, automatic: boolean): Press | undefined {
  const verb = actionVerb || textIn(data['verb']);
  if (verb === '' || verb.length > longestVerb || !isSmall(data)) return undefined;
  return { verb, data, inputs: inputsIn(data), automatic };
}

/** Clients merge inputs into the data, so inputs are whatever is a plain value there; they all come as text. */
function inputsIn(data: Foreign): Record<string, string> {
  const plain = Object.entries(data).filter(
    ([key, value]) => key !== 'verb' && ['string', 'number', 'boolean'].includes(typeof value),
  );
  return Object.fromEntries(plain.map(([key, value]) => [key, String(value)]));
}

/** Data nested so deeply that it cannot be written down counts as large. */
function isSmall(data: Foreign): boolean {
  try {
    return JSON.stringify(data).length <= largestData;
  } catch {
    return false;
  }
}
