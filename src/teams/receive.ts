import type { Log } from '../ports.ts';
import { readActivity } from './activity.ts';
import type { Authenticity } from './adapter.ts';
import { admit } from './admission.ts';
import { objectIn, textIn, type Foreign } from './foreign.ts';
import { isLoopback } from './loopback.ts';
import type { Reply } from './reply.ts';
import type { Turn } from './turn.ts';

export interface ReceiveParts {
  readonly authenticate: (activity: Foreign, authorization: string) => Promise<Authenticity>;
  readonly turn: Turn;
  readonly tenantIds: readonly string[];
  /** Service URLs that we may speak to: https anywhere, or this machine only. */
  readonly serviceUrls: 'https' | 'loopback';
  readonly log: Log;
}

export type Receive = (body: unknown, authorization: string) => Promise<Reply>;

/**
 * Everything between the body of a request and its answer: is it an activity, is it from Teams by way of the Bot
 * Framework, is it from our tenant, and what becomes of it. Never throws, and refusals say no more than their status.
 */
export function createReceive({ authenticate, turn, tenantIds, serviceUrls, log }: ReceiveParts): Receive {
  const ours = tenantIds.map((id) => id.toLowerCase());
  const refuse = (status: number, why: string): Reply => {
    log.warn({ status, why }, 'an activity was refused');
    return { status, body: { code: names[status] ?? 'Refused' } };
  };
  return async (body, authorization) => {
    const activity = objectIn(body);
    if (!activity || textIn(activity['type']) === '') return refuse(400, 'no activity');
    // Before the SDK looks: for other channels it has other rules, some of them laxer.
    if (activity['channelId'] !== 'msteams') return refuse(401, 'another channel');
    const authenticity = await authenticate(activity, authorization);
    if (authenticity.is !== 'genuine') return refuse(authenticity.is === 'refused' ? 401 : 503, authenticity.why);
    const incoming = readActivity(activity);
    if (!incoming || !isIdentified(incoming)) return refuse(400, 'an incomplete activity');
    if (!isSpeakable(incoming.place.serviceUrl, serviceUrls))
      return refuse(403, 'a service URL that we do not speak to');
    const admission = admit(incoming, ours);
    if (admission.is === 'foreign') return refuse(403, 'a foreign tenant');
    return turn(incoming, admission);
  };
}

const names: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  503: 'ServiceUnavailable',
};

/** Only by its id can a message that is delivered twice be known again. */
function isIdentified({ type, id }: { type: string; id: string }): boolean {
  return id !== '' || (type !== 'message' && type !== 'invoke');
}

function isSpeakable(serviceUrl: string, rule: ReceiveParts['serviceUrls']): boolean {
  if (!URL.canParse(serviceUrl)) return false;
  const { protocol, hostname } = new URL(serviceUrl);
  if (rule === 'https') return protocol === 'https:';
  return ['http:', 'https:'].includes(protocol) && isLoopback(hostname);
}
