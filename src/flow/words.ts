import type { Action } from '../model/action.ts';
import type { Operation, Outcome, Running, State } from '../model/operation.ts';
import { span } from '../model/text.ts';
import type { Instant } from '../model/person.ts';

/** Container styles of Adaptive Cards; the words say the same without them. */
export type Tone = 'emphasis' | 'accent' | 'good' | 'warning' | 'attention' | 'default';

export interface Words {
  readonly tone: Tone;
  /** A few words: "waiting for the device". */
  readonly state: string;
  /** What to make of it. */
  readonly advice: string;
}

/** Words for every `actionState`, and for one that Graph may add. */
export const actionStateWords: Readonly<Record<string, string>> = {
  none: 'no state yet',
  pending: 'waiting for the device',
  active: 'the device is working on it',
  done: 'done',
  failed: 'failed',
  canceled: 'cancelled',
  notSupported: 'not supported by this device',
};

export const wordsForActionState = (state: string): string =>
  actionStateWords[state] ?? (state ? `Intune calls it “${state}”` : 'Intune gives no state');

const outcomes: Readonly<Record<Outcome, Words>> = {
  done: { tone: 'good', state: 'done', advice: '' },
  failed: {
    tone: 'attention',
    state: 'failed',
    advice:
      'Intune reports that it failed. Type the command again to try once more; if it fails again, see the device in Intune.',
  },
  notSupported: {
    tone: 'attention',
    state: 'not supported by this device',
    advice:
      'Intune reports that this device cannot do it. Nothing was changed. See the device in Intune for what it can do.',
  },
  canceled: {
    tone: 'warning',
    state: 'cancelled',
    advice:
      'Intune reports that it was cancelled before the device did it. Type the command again if you still want it.',
  },
  refused: { tone: 'attention', state: 'not done', advice: '' },
  unproven: { tone: 'warning', state: 'unproven: it may or may not have happened', advice: '' },
};

const dropped = {
  cancelled: { tone: 'default', state: 'cancelled', advice: 'Nothing was sent to Intune.' },
  expired: {
    tone: 'default',
    state: 'expired without a confirmation',
    advice: 'Nothing was sent to Intune. Type the command again if you still want it.',
  },
  duplicate: { tone: 'warning', state: 'not sent a second time', advice: 'Nothing more was sent to Intune.' },
} as const;

/** Silence is worth telling once somebody has looked a few times in vain. */
const quietLooks = 3;

function running(state: Running, lastSync: Instant | undefined, now: Instant, risk: Action['risk']): Words {
  const mayResend = state.leftBehind && risk === 'harmless' && !state.sending.asPerson;
  const again = mayResend ? '; if there is no trace of it, I send it once more.' : ' and will not send it again.';
  const found = state.result;
  if (!found && state.acceptance === 'unsure')
    return {
      tone: 'warning',
      state: 'unsure: Intune’s answer was lost',
      advice: `It may or may not have been accepted. I am looking for it${again}`,
    };
  if (state.blind && state.looks > quietLooks)
    return {
      tone: 'warning',
      state: `${found ? wordsForActionState(found.state) : 'accepted by Intune'}, when I last could look`,
      advice: 'Microsoft Graph does not let me look at the moment. I keep trying; nothing is sent again.',
    };
  const seen = lastSync === undefined ? '' : ` It last checked in ${span(now - lastSync)} ago.`;
  const isAwake = lastSync !== undefined && lastSync > state.sending.sentAt;
  const still = isAwake
    ? `Still waiting.${seen} It has checked in since, and Intune shows no end yet; I keep looking.`
    : `Still waiting for the device.${seen} That is normal for a device that is off or offline, for days if need be; I keep looking.`;
  return {
    tone: 'accent',
    state: found ? wordsForActionState(found.state) : 'accepted by Intune, not yet taken up',
    advice: state.looks > quietLooks && found?.state !== 'active' ? still : '',
  };
}

/** What to say of an operation. Pure. */
export function wordsFor(operation: Operation, now: Instant, action: Action): Words {
  const state: State = operation.state;
  switch (state.is) {
    case 'proposed':
      return { tone: 'accent', state: `waiting for ${operation.asker.name} to confirm`, advice: '' };
    case 'claimed':
      return { tone: 'accent', state: 'confirmed, on its way to Intune', advice: '' };
    case 'running':
      return running(state, operation.device.lastSync, now, action.risk);
    case 'finished': {
      const caveat =
        state.outcome === 'done' && state.result && action.caveat?.(state.result.detail, operation.options);
      if (caveat) return { tone: 'warning', state: `Intune says done, but ${caveat}`, advice: '' };
      const words = outcomes[state.outcome];
      return state.reason ? { ...words, advice: `${state.reason.why} ${state.reason.instead}` } : words;
    }
    case 'dropped': {
      const words = dropped[state.why];
      return state.reason ? { ...words, advice: `${state.reason.why} ${state.reason.instead}` } : words;
    }
  }
}
