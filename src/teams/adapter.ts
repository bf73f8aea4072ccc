import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  INVOKE_RESPONSE_KEY,
  type Activity,
  type InvokeResponse,
} from 'botbuilder';
import { connectorHttp, keepConnectors, type Connector, type ConnectorFactory } from './connectors.ts';
import { credentialsFactory, type Credentials } from './credentials.ts';
import { textIn, type Foreign } from './foreign.ts';

type Parameters = ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>;
type Identity = Awaited<ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>>;

export interface AdapterOptions {
  /** Undefined switches authentication off. */
  readonly credentials: Credentials | undefined;
  /** botbuilder's `ChannelService`: `https://botframework.azure.us` for the US government, absent elsewhere. */
  readonly channelService?: string | undefined;
  readonly connectorTimeoutMs: number;
  /** botbuilder's settings, so that a test can be the Bot Framework. */
  readonly overrides?: NonNullable<Parameters[0]> | undefined;
}

/** Whether a request comes from the Bot Framework. `unknown`: its keys cannot be fetched at present. */
export type Authenticity =
  | { readonly is: 'genuine'; readonly identity: Identity }
  | { readonly is: 'refused' | 'unknown'; readonly why: string };

/** botbuilder's adapter with one HTTP client per connector and a check of the token that fails as 401, never as 500. */
export class TeamsAdapter extends CloudAdapter {
  readonly #isOn: boolean;
  readonly #connectors: ConnectorFactory;

  constructor({ credentials, channelService, connectorTimeoutMs, overrides }: AdapterOptions) {
    super(
      new ConfigurationBotFrameworkAuthentication(
        { ...(channelService ? { ChannelService: channelService } : {}), ...overrides },
        credentials && credentialsFactory(credentials),
        { requiredEndorsements: [] },
        undefined,
        { httpClient: connectorHttp(connectorTimeoutMs) },
      ),
    );
    this.#isOn = credentials !== undefined;
    const ourselves = this.createClaimsIdentity(credentials?.clientId);
    this.#connectors = keepConnectors(this.botFrameworkAuthentication.createConnectorFactory(ourselves));
  }

  connectorFor(serviceUrl: string): Promise<Connector> {
    return this.#connectors.create(serviceUrl);
  }

  /**
   * The SDK throws an AuthenticationError for some bad tokens and the JWT library's errors for others (a tampered
   * signature, `alg: none`); here all of them are refusals. A token must also be bound to this service URL: the SDK
   * does not ask that of tokens that the Emulator sends.
   */
  async authenticate(activity: Foreign, authorization: string): Promise<Authenticity> {
    try {
      const identity = await this.botFrameworkAuthentication.authenticateRequest(
        activity as unknown as Activity,
        authorization,
      );
      const bound = identity.claimsIdentity.getClaimValue('serviceurl') === textIn(activity['serviceUrl']);
      return bound || !this.#isOn
        ? { is: 'genuine', identity }
        : { is: 'refused', why: 'not bound to the service URL' };
    } catch (error) {
      const why = error instanceof Error ? error.message : 'unknown';
      return { is: cannotTell(error) ? 'unknown' : 'refused', why };
    }
  }

  /** Runs one turn; the answer of `logic` becomes the invoke response. */
  async turn<R extends InvokeResponse>(identity: Identity, activity: Foreign, logic: () => Promise<R>): Promise<R> {
    const done: R[] = [];
    const sharing = { ...identity, connectorFactory: this.#connectors };
    await this.processActivity(sharing, activity as unknown as Activity, async (context) => {
      const value = await logic();
      done.push(value);
      context.turnState.set(INVOKE_RESPONSE_KEY, { type: 'invokeResponse', value });
    });
    const [reply] = done;
    if (!reply) throw new Error('A middleware ended the turn before it began.');
    return reply;
  }
}

/** Fetching the OpenID metadata failed: no answer at all, or one that the SDK marks as a 500 of its own. */
function cannotTell(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'FetchError' || ('statusCode' in error && error.statusCode === 500);
}
