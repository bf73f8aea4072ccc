import type { Changes } from './changes.ts';
import type { Activity, BotAnswer } from './protocol.ts';
import type { Signer } from './signing.ts';

/** The way to the bot's messaging endpoint. */
export interface Bot {
  /** Raw. `token`: this one; `''` none at all; left out, a proper one when tokens are signed here. */
  deliver(activity: object, token?: string): Promise<Response>;
  /** Told as a value, also when the bot is away or too slow. `timeoutMs` 0 waits for ever. */
  post(activity: Activity, timeoutMs?: number): Promise<BotAnswer>;
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

/** fetch hides the system's word (ECONNREFUSED …) in the cause of its error. */
function causeOf(error: unknown): string {
  const { name, cause, message } = error as Error & { cause?: NodeJS.ErrnoException };
  if (name === 'TimeoutError') return 'no answer in time';
  return cause?.code ?? cause?.message ?? message;
}

export function connectBot(botUrl: string, changes: Changes, stopped: AbortSignal, signer?: Signer): Bot {
  const send = (activity: object, token: string | undefined, signal: AbortSignal) => {
    const bearer = token ?? signer?.sign() ?? '';
    return fetch(botUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(bearer && { authorization: `Bearer ${bearer}` }) },
      body: JSON.stringify(activity),
      signal,
    });
  };
  return {
    deliver: (activity, token) => changes.during(() => send(activity, token, stopped)),
    post: (activity, timeoutMs = 0) =>
      changes.during(async () => {
        const activityId = activity.id ?? '';
        try {
          const signal = timeoutMs > 0 ? AbortSignal.any([stopped, AbortSignal.timeout(timeoutMs)]) : stopped;
          const response = await send(activity, undefined, signal);
          return { activityId, status: response.status, body: await bodyOf(response) };
        } catch (error) {
          return { activityId, error: causeOf(error) };
        }
      }),
  };
}
