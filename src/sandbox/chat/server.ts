import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { connectBot } from './bot.ts';
import { Changes } from './changes.ts';
import type { SayOptions } from './compose.ts';
import type { ActionMark } from './cards.ts';
import type { ConnectorCall } from './connector/gate.ts';
import { connector, connectorPrefix } from './connector/routes.ts';
import { noFaults } from './faults.ts';
import { controls } from './controls.ts';
import type { Controls } from './controls.ts';
import { Messages } from './messages.ts';
import { Directory, personKeys } from './rooms.ts';
import { createSigner } from './signing.ts';
import type { Signer } from './signing.ts';
import { deedRoutes } from './window/api.ts';
import { eventRoutes } from './window/events.ts';
import { fileRoutes } from './window/files.ts';
import type { Patience, World } from './world.ts';

export interface ChatOptions {
  /** The bot's messaging endpoint, e.g. `http://127.0.0.1:3978/api/messages`. */
  botUrl: string;
  /** 0 (the default) takes any free port. */
  port?: number;
  botId?: string;
  botName?: string;
  /** What the clock says, in ms: for message ids, rate limits and refreshes. Tokens go by the real time. */
  now?: () => number;
  /** Sign what the bot gets, and demand a bearer token of what it sends. */
  signing?: { appId: string };
  /** What to type, shown under an empty personal chat. */
  hints?: string[];
  /** How long Teams waits for the bot. */
  patience?: Partial<Patience>;
}

/** A false Microsoft Teams on loopback: the page's address, and everything that a person can do there. */
export interface RunningChat extends Controls {
  /** Page and API, without a slash at the end. */
  url: string;
  /** What activities carry. */
  serviceUrl: string;
  /** OpenID metadata, when tokens are signed. */
  openIdUrl?: string;
  /** Makes a token, also a wrong one. Throws when `signing` was not asked for. */
  sign(claims?: Record<string, unknown>, header?: Record<string, unknown>): string;
  stop(): Promise<void>;
}

export type { ActionMark, ConnectorCall, SayOptions };

/** Isaiah has not got the app yet: it comes when he opens his chat with the bot. */
const withApp = ['group', 'team', ...personKeys.filter((who) => who !== 'isaiah').map((who) => `personal:${who}`)];

function build(options: ChatOptions, urlOf: () => string, stopped: AbortSignal, signer?: Signer): World {
  const now = options.now ?? Date.now;
  const changes = new Changes();
  return {
    directory: new Directory(options.botId ?? '28:device-desk', options.botName ?? 'Device Desk'),
    messages: new Messages(changes, now),
    changes,
    faults: noFaults(),
    bot: connectBot(options.botUrl, changes, stopped, signer),
    installed: new Set(withApp),
    announced: new Set(),
    zone: 'Europe/Berlin',
    patience: { invoke: 10_000, message: 15_000, ...options.patience },
    stopped,
    serviceUrl: () => `${urlOf()}${connectorPrefix}/`,
    now,
  };
}

/** A page elsewhere must not reach us through a name that points to loopback, nor post to us. */
function keepToLoopback(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const { host = '', origin } = request.headers;
    const isOurs = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);
    if (!isOurs || (origin !== undefined && origin !== `http://${host}`)) {
      return reply.code(403).send({ error: 'The chat window answers on loopback only.' });
    }
  });
}

/** Starts the window. The bot need not run yet; what it misses shows in the window. */
export async function startChat(options: ChatOptions): Promise<RunningChat> {
  const stopping = new AbortController();
  const calls: ConnectorCall[] = [];
  let url = '';
  const signer = options.signing && createSigner(options.signing.appId, () => `${url}${connectorPrefix}/`);
  const world = build(options, () => url, stopping.signal, signer);
  const app = Fastify({ routerOptions: { maxParamLength: 1000 }, forceCloseConnections: true });
  keepToLoopback(app);
  connector(app, world, signer !== undefined, calls);
  if (signer) {
    app.get('/oid', () => signer.metadata(url));
    app.get('/keys', () => signer.keys());
  }
  fileRoutes(app);
  eventRoutes(app, world);
  deedRoutes(app, world, options.hints ?? []);
  url = (await app.listen({ host: '127.0.0.1', port: options.port ?? 0 })).replace(/\/$/, '');
  return {
    url,
    serviceUrl: world.serviceUrl(),
    ...(signer && { openIdUrl: `${url}/oid` }),
    sign(claims, header) {
      if (!signer) throw new Error('Start the chat with `signing` to make tokens');
      return signer.sign(claims, header);
    },
    ...controls(world, calls),
    async stop() {
      stopping.abort();
      await app.close();
    },
  };
}
