import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type Activity } from 'botbuilder';
import { createAhead } from './ahead.ts';
import { connectorHttp, keepConnectors, type Connector, type ConnectorFactory } from './connectors.ts';
import { credentialsFactory, type Credentials } from './credentials.ts';
import { objectIn, textIn, type Foreign } from './foreign.ts';

type Parameters = ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>;

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
export type Authenticity = { readonly is: 'genuine' } | { readonly is: 'refused' | 'unknown'; readonly why: string };

/**
 * botbuilder's adapter with one HTTP client per connector and a check of the token that fails as 401, never as 500. Its
 * `processActivity` is not used: no turn of ours needs the context that it builds, which is most of what a turn costs.
 */
export class TeamsAdapter extends CloudAdapter {
  readonly #isOn: boolean;
  readonly #connectors: ConnectorFactory;
  readonly #inTurn = createAhead<Authenticity>(({ is }) => is === 'unknown');

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
   * The SDK keeps the keys for a day, but fetches them once for each request that comes before they are there. So of
   * tokens that call for the same key the first one goes ahead.
   */
  authenticate(activity: Foreign, authorization: string): Promise<Authenticity> {
    return this.#inTurn(keyCalledFor(authorization), () => this.#check(activity, authorization));
  }

  /**
   * The SDK throws an AuthenticationError for some bad tokens and the JWT library's errors for others (a tampered
   * signature, `alg: none`); here all of them are refusals. A token must also be bound to this service URL, which the
   * SDK does not ask of tokens that the Emulator sends, and must say when it ends, which the SDK asks of none.
   */
  async #check(activity: Foreign, authorization: string): Promise<Authenticity> {
    try {
      const { claimsIdentity } = await this.botFrameworkAuthentication.authenticateRequest(
        activity as unknown as Activity,
        authorization,
      );
      if (!this.#isOn) return { is: 'genuine' };
      if (claimsIdentity.getClaimValue('serviceurl') !== textIn(activity['serviceUrl']))
        return { is: 'refused', why: 'not bound to the service URL' };
      return claimsIdentity.getClaimValue('exp') ? { is: 'genuine' } : { is: 'refused', why: 'without an end' };
    } catch (error) {
      const why = error instanceof Error ? error.message : 'unknown';
      return { is: cannotTell(error) ? 'unknown' : 'refused', why };
    }
  }
}

/** The header names the key, and the issuer decides where it is fetched. Read unchecked: nothing is believed of it. */
function keyCalledFor(authorization: string): string {
  const [header = '', claims = ''] = authorization.split('.', 2);
  if (claims === '') return header;
  try {
    const { iss } = objectIn(JSON.parse(Buffer.from(claims, 'base64url').toString())) ?? {};
    return `${header} ${textIn(iss)}`;
  } catch {
    return header;
  }
}

/** Fetching the OpenID metadata failed: no answer at all, or one that the SDK marks as a 500 of its own. */
function cannotTell(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'FetchError' || ('statusCode' in error && error.statusCode === 500);
}
