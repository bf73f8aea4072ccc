import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { Json } from './protocol.ts';

/** A token issuer of our own in place of the Bot Framework's, so that a bot's JWT check can run without the internet. */
export interface Signer {
  /** A token as the Bot Framework would sign it, or a wrong one: claims and header fields given here win. */
  sign(claims?: Json, header?: Json): string;
  /** What stands at `/oid`: the OpenID metadata. */
  metadata(baseUrl: string): Json;
  /** What stands at `/keys`: a JWK set; `endorsements` names the channels for which the key may sign. */
  keys(): Json;
}

const part = (value: Json): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export function createSigner(appId: string, serviceUrl: () => string): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = randomUUID();
  return {
    sign(claims = {}, header = {}) {
      // The bot compares with its own clock, so the window's `now` would make every token of a test invalid.
      const seconds = Math.floor(Date.now() / 1000);
      const head: Json = { alg: 'RS256', typ: 'JWT', kid, ...header };
      const body: Json = {
        iss: 'https://api.botframework.com',
        aud: appId,
        serviceurl: serviceUrl(),
        nbf: seconds - 60,
        exp: seconds + 3600,
        ...claims,
      };
      const signed = `${part(head)}.${part(body)}`;
      if (head['alg'] === 'none') return `${signed}.`;
      return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
    },
    metadata: (baseUrl) => ({
      issuer: 'https://api.botframework.com',
      jwks_uri: `${baseUrl}/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
    }),
    keys: () => ({
      keys: [{ ...publicKey.export({ format: 'jwk' }), use: 'sig', kid, x5t: kid, endorsements: ['msteams'] }],
    }),
  };
}
