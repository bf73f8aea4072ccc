import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { Vault } from './ports.ts';

/** Keys of 32 bytes: the first one seals, all of them open. */
export type VaultKeys = readonly [Buffer, ...Buffer[]];

export const keyBytes = 32;

const algorithm = 'aes-256-gcm';
/** Node takes a cut tag for a whole one, unless told how long it must be. */
const whole = { authTagLength: 16 } as const;
const version = 'v1';

/** What a sealed secret says of the key that sealed it, so that the right one is tried; of the key itself it tells nothing. */
const nameOf = (key: Buffer): string => createHash('sha256').update(key).digest('base64url').slice(0, 8);

/**
 * Seals with the first of these keys and opens with any: AES-256-GCM, a new nonce of 96 bits each time, the context as
 * additional data. `v1.<key>.<nonce>.<tag>.<text>`, the last three in base64url.
 */
export function vaultOf(keys: VaultKeys): Vault {
  const [newest] = keys;
  const byName = new Map(keys.map((key) => [nameOf(key), key]));
  return {
    seal(secret, context) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv(algorithm, newest, nonce, whole).setAAD(Buffer.from(context));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      const parts = [nonce, cipher.getAuthTag(), text].map((part) => part.toString('base64url'));
      return [version, nameOf(newest), ...parts].join('.');
    },
    hasKeyFor(seal) {
      const [kind, name = ''] = seal.split('.');
      return kind === version && byName.has(name);
    },
    open(sealed, context) {
      const [kind, name = '', ...parts] = sealed.split('.');
      const key = byName.get(name);
      const [nonce, tag, text] = parts.map((part) => Buffer.from(part, 'base64url'));
      if (kind !== version || parts.length !== 3 || !key || !nonce || !tag || !text) return undefined;
      try {
        const decipher = createDecipheriv(algorithm, key, nonce, whole).setAAD(Buffer.from(context)).setAuthTag(tag);
        return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
