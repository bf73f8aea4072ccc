import type { TokenCredential } from '@azure/identity';
import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { CallFailed } from './call-failed.ts';
import { addressOf, headersOf } from './context.ts';
import { record, text } from './json.ts';

/**
 * Puts the bearer token on calls to our own Graph, and lets no call out to anywhere else. The client's own
 * AuthenticationHandler knows Microsoft's hosts only and refuses plain http, which the sandbox speaks.
 */
export class Authorise implements Middleware {
  readonly #origin: string;
  readonly #credential: TokenCredential;
  #next: Middleware | undefined;

  constructor(origin: string, credential: TokenCredential) {
    this.#origin = origin;
    this.#credential = credential;
  }

  setNext = (next: Middleware): void => {
    this.#next = next;
  };

  execute = async (context: Context): Promise<void> => {
    // With the slash, nothing can follow that would belong to the host.
    if (!addressOf(context).startsWith(`${this.#origin}/`)) throw new CallFailed('neverLeft', 'foreign address');
    const token = await this.#token(context.options?.signal ?? undefined);
    context.options = { ...context.options, headers: { ...headersOf(context), Authorization: `Bearer ${token}` } };
    await this.#next?.execute(context);
  };

  /** A fresh token for Graph's own audience; the credential keeps it as long as it lasts. */
  async #token(signal: AbortSignal | undefined): Promise<string> {
    try {
      const asked = this.#credential.getToken(`${this.#origin}/.default`, signal ? { abortSignal: signal } : {});
      const token = await Promise.race([asked, ended(signal)]);
      if (token?.token) return token.token;
    } catch (error) {
      throw new CallFailed('noToken', `no token: ${reasonOf(error)}`);
    }
    throw new CallFailed('noToken', 'no token: the credential gave none');
  }
}

/** Rejects when the call's time is over: not every credential heeds the signal it is given. */
const ended = (signal: AbortSignal | undefined): Promise<never> =>
  new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(new DOMException('the time is over', 'TimeoutError')), {
      once: true,
    });
  });

const noWay = ['endpoints_resolution_error', 'network_error', 'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN'];
const sayings = ['consent_required', 'interaction_required', 'login_required'];
const codes = new RegExp(`AADSTS\\d+|${[...noWay, ...sayings].join('|')}|ENOENT|EACCES`, 'g');

/**
 * The kind of failure with the codes of Entra, MSAL and Node, and whether it was the way there that failed. Never the
 * whole message: it may tell more than a log should know.
 */
function reasonOf(error: unknown): string {
  const { name, message } = record(error);
  const told = [...new Set(text(message).match(codes))];
  const kind = [text(name) || 'unknown', ...told].join(' ');
  const noAnswer = text(name) === 'TimeoutError' || told.some((code) => noWay.includes(code));
  return noAnswer ? `${kind}: the sign-in host cannot be reached` : kind;
}
