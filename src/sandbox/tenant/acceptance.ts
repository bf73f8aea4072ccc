import type { Answer, Call } from './call.ts';
import type { Device } from './device.ts';
import { findPerson } from './employees.ts';
import type { ActionName } from './fate.ts';
import { featurelessRefusal, gatewayError, intuneError, tooManyRequests } from './graph-error.ts';
import { accept, triesBefore } from './world.ts';
import type { Acceptance } from './world.ts';

const accepted: Answer = { status: 204 };

/** What an action brings with it when it is accepted; the rest is the same for all. */
export type NewAcceptance = Omit<Acceptance, 'id' | 'deviceId' | 'action' | 'initiator' | 'acceptedAt'>;

/**
 * Answers the POST of an action in the manner that the device's fate asks for. `make` is called only if the action is
 * really executed, so that nothing (no PIN, say) exists of one that was not.
 */
export function answerPost(call: Call, device: Device, action: ActionName, make: () => NewAcceptance): Answer {
  // What stands there for an app in its own name is undocumented; nobody is to rely on it here.
  const initiator = findPerson(call.as)?.userPrincipalName ?? '';
  const acceptedAt = call.world.now();
  const execute = () => accept(call.world, { deviceId: device.id, action, initiator, acceptedAt, ...make() });
  const manner = device.fate.post;
  switch (manner?.is) {
    case undefined:
      execute();
      return accepted;
    case 'refused':
      throw featurelessRefusal(call, action);
    case 'forbidden':
      throw missingScope(call, action, manner.scope);
    case 'throttledOnce':
      if (triesBefore(call.world, `post ${device.id}`) === 0) throw throttled(call, manner.retryAfter);
      execute();
      return accepted;
    case 'lost':
      if (manner.executed) execute();
      return { status: manner.executed ? 204 : 0, delivery: { is: 'lost' } };
    case 'serverError':
      execute();
      throw serverError(call, manner.status);
    case 'slow':
      execute();
      return { ...accepted, delivery: { is: 'slow', delayMs: manner.delayMs / call.world.speed } };
  }
}

function throttled(call: Call, seconds: number | null): Error {
  return tooManyRequests(seconds === null ? null : seconds / call.world.speed);
}

/** The text that names the scope is Intune's own (microsoft-graph-docs issue 10548). */
function missingScope(call: Call, action: ActionName, scope: string): Error {
  const text =
    'Application is not authorized to perform this operation. ' +
    `Application must have one of the following scopes: ${scope}`;
  return intuneError(call, 403, 'Forbidden', text, `microsoft.management.services.api.${action}`);
}

function serverError(call: Call, status: 500 | 503): Error {
  if (status === 500) return gatewayError(500, 'InternalServerError', 'An internal server error has occurred.');
  const seconds = String(Number((2 / call.world.speed).toFixed(3)));
  return gatewayError(503, 'ServiceUnavailable', 'The service is temporarily unavailable.', { 'Retry-After': seconds });
}
