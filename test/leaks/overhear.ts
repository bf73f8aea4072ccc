import { ClientRequest, ServerResponse } from 'node:http';
import { noteIssued, noteSaid } from './ledger.ts';

/*
 * Listens to what this process sends over HTTP: what its servers answer tells the PINs that were issued; what it posts to a
 * conversation that is not somebody's own must hold none.
 */

const textOf = (chunk: unknown): string =>
  typeof chunk === 'string' ? chunk : chunk instanceof Uint8Array ? Buffer.from(chunk).toString() : '';

type Sends = (chunk?: unknown, ...others: unknown[]) => unknown;

/** Only once for a class, whichever test file comes first in this process: the newest one hears. */
function hear<T extends object>(sender: T, name: 'write' | 'end', heard: (self: T, text: string) => void): void {
  const original = Symbol.for(`unheard ${name}`);
  const own = sender as Record<string | symbol, Sends | undefined>;
  const send = own[original] ?? own[name];
  if (!send) throw new Error(`nothing is sent with ${name}`);
  own[original] = send;
  own[name] = function (this: T, ...parts: Parameters<Sends>) {
    heard(this, textOf(parts[0]));
    return send.apply(this, parts);
  };
}

/** Ids of group chats and channels begin so, those of own chats never. */
const isPublic = /\/v3\/conversations\/19(?::|%3A)/iu;

for (const name of ['write', 'end'] as const) {
  hear(ServerResponse.prototype, name, (_self, text) => noteIssued(text));
  hear(ClientRequest.prototype, name, ({ path }, text) => {
    if (isPublic.test(path)) noteSaid('a group chat or channel', text);
  });
}
