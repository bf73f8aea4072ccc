import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Until } from './until.ts';

/*
 * A false Bot Framework on loopback: it signs tokens with a key of its own, serves that key as OpenID metadata, and is
 * the connector that the bot speaks to.
 */

export const appId = '2f1f7a3e-3f0a-4a55-9a3e-6b0c9a2d1001';
export const tenantId = '7a6a3f77-6d9e-4d5e-8a8b-0d6f5f3c2001';
export const issuer = 'https://api.botframework.example';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
  readonly body: Record<string, unknown>;
}

interface Answer {
  status: number;
  body?: object;
  headers?: Record<string, string>;
}

type Mishap = 'hang' | 'reset' | 'half';

/**
 * How the connector answers a call; `undefined` answers as Teams does when all is well, `hang` never answers, `reset`
 * closes the connection, `half` does so in the middle of the answer.
 */
export type Answering = (call: Call, nth: number) => Answer | Mishap | undefined | Promise<undefined>;

export class Framework {
  readonly calls: Call[] = [];
  answering: Answering = () => undefined;
  endorsements: string[] = ['msteams'];
  metadataStatus = 200;
  /** How often the keys were asked for. */
  keysFetched = 0;
  readonly #server: Server;
  readonly #key: KeyObject;
  readonly #jwk: object;
  readonly #until = new Until();

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.#key = privateKey;
    this.#jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' };
    this.#server = createServer((request, response) => {
      void this.#serve(request).then((answer) => {
        if (answer === 'hang') return;
        if (answer === 'reset') return void request.socket.destroy();
        if (answer === 'half') {
          response.writeHead(201, { 'content-length': 9 });
          return void response.write('{', () => request.socket.destroy());
        }
        response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
        response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}/`;
  }

  /** Settings under which botbuilder believes this framework; all of them, or it takes none. */
  get overrides() {
    return {
      ToChannelFromBotLoginUrl: 'https://login.example',
      ToChannelFromBotOAuthScope: 'https://scope.example',
      ToBotFromChannelTokenIssuer: issuer,
      OAuthUrl: 'https://oauth.example',
      ToBotFromChannelOpenIdMetadataUrl: `${this.url}oid`,
      ToBotFromEmulatorOpenIdMetadataUrl: `${this.url}oid`,
      ValidateAuthority: 'true',
    };
  }

  /** A token as the channel sends it; `claims` replace the right ones, undefined takes one out. */
  token(claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}): string {
    const now = Math.floor(Date.now() / 1000);
    const payload = { iss: issuer, aud: appId, serviceurl: this.url, nbf: now - 60, exp: now + 600, ...claims };
    const head = { alg: 'RS256', typ: 'JWT', kid: 'k1', ...header };
    const encoded = [head, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    if (head.alg === 'none') return `Bearer ${encoded}.`;
    return `Bearer ${encoded}.${sign('sha256', Buffer.from(encoded), createPrivateKey(this.#key.export({ type: 'pkcs8', format: 'pem' }))).toString('base64url')}`;
  }

  /** Signed with what everybody knows, the public key: a library that believes the header's `alg` takes it for good. */
  shared(): string {
    const unsigned = this.token({}, { alg: 'HS256' }).replace('Bearer ', '').split('.').slice(0, 2).join('.');
    const known = createPublicKey(this.#key).export({ type: 'spki', format: 'pem' });
    return `Bearer ${unsigned}.${createHmac('sha256', known).update(unsigned).digest('base64url')}`;
  }

  /** Right in everything, but signed with a key of somebody else's. */
  forged(): string {
    const unsigned = this.token().replace('Bearer ', '').split('.').slice(0, 2).join('.');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return `Bearer ${unsigned}.${sign('sha256', Buffer.from(unsigned), privateKey).toString('base64url')}`;
  }

  /** Resolves as soon as the calls so far satisfy the test. */
  until(test: (calls: readonly Call[]) => boolean): Promise<void> {
    return this.#until.until(() => test(this.calls));
  }

  count(method: string): number {
    return this.calls.filter((call) => call.method === method).length;
  }

  async #serve(request: IncomingMessage): Promise<Answer | Mishap> {
    const path = request.url ?? '';
    if (path === '/oid') this.keysFetched += 1;
    if (path === '/oid') return { status: this.metadataStatus, body: { issuer, jwks_uri: `${this.url}keys` } };
    if (path === '/keys') return { status: 200, body: { keys: [{ ...this.#jwk, endorsements: this.endorsements }] } };
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const call = {
      method: request.method ?? '',
      path,
      authorization: request.headers.authorization ?? '',
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
    this.calls.push(call);
    const answer = this.answering(call, this.count(call.method));
    const nth = this.calls.length;
    this.#until.look();
    return (await answer) ?? usual(call, nth);
  }
}

function usual({ method, path }: Call, nth: number) {
  if (method === 'POST' && /\/v3\/conversations\/?$/.test(path)) return { status: 201, body: { id: 'a:private' } };
  if (method === 'GET' && path.includes('/members/')) {
    return {
      status: 200,
      body: {
        id: '29:jane',
        aadObjectId: 'AAAA0000-0000-4000-8000-00000000000A',
        name: 'Jane Doe',
        userPrincipalName: 'jane@contoso.example',
        userRole: 'user',
        tenantId,
      },
    };
  }
  return { status: method === 'POST' ? 201 : 200, body: { id: `m${String(nth)}` } };
}
