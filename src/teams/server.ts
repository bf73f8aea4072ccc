import type { Desk } from '../doors.ts';
import type { Clock, Log, Messenger } from '../ports.ts';
import { Acquaintance } from './acquaintance.ts';
import type { AdapterOptions, TeamsAdapter } from './adapter.ts';
import type { Credentials } from './credentials.ts';
import { createHttp } from './http.ts';
import { inboundRates, rehearsalRates, type InboundRates } from './limits.ts';
import { close, open } from './listener.ts';
import { isLoopback } from './loopback.ts';
import { createMessenger } from './messenger.ts';
import { factsOf } from './mishap.ts';
import { limited } from './rateLimit.ts';
import { createReceive, type Receive } from './receive.ts';
import type { SignIn } from './signIn.ts';
import { createTurn } from './turn.ts';
import { realWait, within, type Wait } from './wait.ts';
import { createWork } from './work.ts';

export interface TeamsOptions {
  /** `off`: no token is asked for; only for the sandbox, and only on a loopback `host`. */
  readonly authentication: { readonly is: 'on'; readonly credentials: Credentials } | { readonly is: 'off' };
  /** Entra tenants whose people may speak to us. */
  readonly tenantIds: readonly string[];
  /** botbuilder's `ChannelService`: `https://botframework.azure.us` for the US government, absent elsewhere. */
  readonly channelService?: 'https://botframework.azure.us' | undefined;
  /** How people are signed in for what is done in their own name; undefined: not at all. */
  readonly signIn?: SignIn | undefined;
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly log: Log;
  readonly clock: Clock;
  /** What stands between us and work, by name; `ok` when nothing does. */
  readonly health: { ready(): Promise<{ ok: boolean; reasons: Record<string, string> }> };
  /** What one person and one conversation may ask; by default ten times as much where authentication is off. */
  readonly rates?: InboundRates;
  /** Milliseconds that `stop` waits for turns and work under way. Default 20 s. */
  readonly patience?: number;
  readonly wait?: Wait;
  readonly random?: () => number;
  /** Milliseconds for one call to the connector. Default 10 s. */
  readonly connectorTimeoutMs?: number;
  /** For tests that are the Bot Framework themselves, with a connector on loopback. */
  readonly overrides?: AdapterOptions['overrides'];
}

export interface Teams {
  readonly messenger: Messenger;
  /** Takes activities from now on; the desk comes here, because it needs the messenger itself. */
  listen(desk: Desk): Promise<{ port: number }>;
  /** Takes nothing new, waits for turns under way and their work, and closes. */
  stop(): Promise<void>;
}

/** Microsoft Teams, by way of the Bot Framework: the messenger, and the server that hears. Throws when it would hear anybody. */
export function createTeams(options: TeamsOptions): Teams {
  refuseOpenDoors(options);
  const { authentication, tenantIds, log, clock, wait = realWait, random = Math.random } = options;
  const { rates = authentication.is === 'off' ? rehearsalRates : inboundRates } = options;
  const adapter = adapterOnce(options);
  const acquaintance = new Acquaintance();
  const connectorFor = async (serviceUrl: string) => (await adapter()).connectorFor(serviceUrl);
  const messenger = createMessenger({ connectorFor, acquaintance, patience: { wait, clock, random }, log });
  const serviceUrls = authentication.is === 'off' || options.overrides ? 'loopback' : 'https';
  const authenticate: Authenticate = async (...request) => (await adapter()).authenticate(...request);
  return {
    messenger,
    ...createDoor(options, adapter, (desk) => {
      const parts = { desk, messenger, acquaintance, signIn: options.signIn, log, wait };
      const turn = limited({ ...parts, rates, clock }, createTurn(parts));
      return createReceive({ authenticate, turn, tenantIds, serviceUrls, log });
    }),
  };
}

type Authenticate = TeamsAdapter['authenticate'];

/** Hearing: nothing is listened to before there is a desk. */
function createDoor(
  options: TeamsOptions,
  prepare: () => Promise<unknown>,
  receiveFor: (desk: Desk) => Receive,
): Pick<Teams, 'listen' | 'stop'> {
  const { authentication, health, host, port, log, wait = realWait, patience = 20_000 } = options;
  const work = createWork();
  const state: State = { close: () => Promise.resolve() };
  return {
    async listen(desk) {
      const isOpen = () => state.stopped === undefined;
      const loopbackOnly = authentication.is === 'off';
      const http = createHttp({
        receive: receiveFor(desk),
        isOpen,
        ready: () => health.ready(),
        loopbackOnly,
        work,
        log,
      });
      const opened = await open(http, port, host);
      state.close = () => close(http, within(wait, patience, work.idle(), undefined));
      prepare().catch((error: unknown) => {
        log.error(factsOf(error), 'the Bot Framework could not be loaded');
      });
      return { port: opened };
    },
    stop() {
      state.stopped ??= state.close();
      return state.stopped;
    },
  };
}

interface State {
  close: () => Promise<void>;
  stopped?: Promise<void>;
}

/** Loaded when it is first wanted: the SDK takes longer to load than everything else here together. */
function adapterOnce(options: TeamsOptions): () => Promise<TeamsAdapter> {
  const { authentication, channelService, connectorTimeoutMs = 10_000, overrides } = options;
  const credentials = authentication.is === 'on' ? authentication.credentials : undefined;
  let adapter: Promise<TeamsAdapter> | undefined;
  return () => {
    adapter ??= import('./adapter.ts').then(
      ({ TeamsAdapter }) => new TeamsAdapter({ credentials, channelService, connectorTimeoutMs, overrides }),
    );
    return adapter;
  };
}

function refuseOpenDoors({ authentication, host, tenantIds }: TeamsOptions): void {
  if (authentication.is === 'off' && !isLoopback(host)) {
    throw new Error(`Without authentication only a loopback address is listened to, not ${host}.`);
  }
  if (authentication.is === 'on' && authentication.credentials.clientId === '')
    throw new Error('No client id is given.');
  if (tenantIds.length === 0 || tenantIds.includes(''))
    throw new Error('No tenant is named whose people may speak to us.');
}
