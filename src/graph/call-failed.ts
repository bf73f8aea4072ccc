import { GraphClientError } from '@microsoft/microsoft-graph-client';

/**
 * A call without an answer. `noToken`: there was no token, so it was not sent. `neverLeft`: provably not sent. `lost`:
 * it may have arrived.
 *
 * It is a GraphClientError because the client rethrows only those as they are; from anything else it keeps the text and
 * drops the cause, and with it the difference between "never left" and "lost".
 */
export class CallFailed extends GraphClientError {
  readonly why: 'noToken' | 'neverLeft' | 'lost';
  constructor(why: CallFailed['why'], message: string) {
    super(message);
    // GraphClientError's constructor sets its own prototype, which would cut this class off.
    Object.setPrototypeOf(this, CallFailed.prototype);
    this.name = 'CallFailed';
    this.why = why;
  }
}

/** Sorts what `fetch` threw. The message holds codes only. */
export function callFailed(error: unknown): CallFailed {
  if (error instanceof CallFailed) return error;
  const cause = failure(error).cause ?? error;
  const code = codeOf(cause);
  return new CallFailed(neverLeft(cause, code) ? 'neverLeft' : 'lost', code);
}

/** By shape, not by `instanceof`: `fetch` throws errors of its own realm, which in a test runner is another one. */
const failure = (value: unknown): Partial<Record<'cause' | 'code' | 'syscall' | 'name' | 'errors', unknown>> =>
  typeof value === 'object' && value !== null ? value : {};

function codeOf(cause: unknown): string {
  const { code, name } = failure(cause);
  if (typeof code === 'string') return code;
  return typeof name === 'string' ? name : 'unknown';
}

const unsent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** Nothing can have been sent before there was a connection, a name behind the address, and a certificate to trust. */
function neverLeft(cause: unknown, code: string): boolean {
  const { syscall, errors } = failure(cause);
  if (unsent.has(code) || /CERT|UNABLE_TO_/.test(code)) return true;
  if (Array.isArray(errors) && errors.length > 0) return errors.every((one) => neverLeft(one, codeOf(one)));
  return syscall === 'connect' || syscall === 'getaddrinfo';
}
