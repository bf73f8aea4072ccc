import { assemble, healthOf } from '../../src/assemble.ts';
import { createGraph } from '../../src/graph/graph.ts';
import { policyOfGroup } from '../../src/model/policy.ts';
import type { Policy } from '../../src/model/policy.ts';
import type { Clock, Log } from '../../src/ports.ts';
import { groups, tenantId } from '../../src/sandbox/company.ts';
import { startChat } from '../../src/sandbox/chat/server.ts';
import type { RunningChat } from '../../src/sandbox/chat/server.ts';
import { startTenant } from '../../src/sandbox/tenant/server.ts';
import type { RunningTenant } from '../../src/sandbox/tenant/server.ts';
import { botAudience } from '../../src/sandbox/tokens.ts';
import { asPersonInSandbox } from '../../src/signIn.ts';
import type { SqlStore } from '../../src/store/open.ts';
import { createTeams } from '../../src/teams/server.ts';
import { startRelay } from './relay.ts';
import { conversationRates, tenantRate } from '../../src/teams/limits.ts';
import { noteSaid } from '../leaks/ledger.ts';
import { memoryStore, testVault } from '../world.ts';

const appId = '2f1f7a3e-3f0a-4a55-9a3e-6b0c9a2d1001';
const minute = 60_000;
const clock: Clock = { now: Date.now };

/** The product as it runs in a tenant, tokens and all, between a false Teams and a false Graph on real sockets. */
export interface House {
  readonly chat: RunningChat;
  readonly tenant: RunningTenant;
  readonly store: SqlStore;
  /** The bot's own address. */
  readonly url: string;
  /** All that was logged, as JSON. */
  logged(): string;
  /** The actions that reached the tenant. */
  writes(): ReturnType<RunningTenant['requests']>;
  stop(): Promise<void>;
}

/** `stores`: one process of the bot for each, all behind one address. */
export async function openHouse(stores?: readonly SqlStore[], asPerson: Policy['asPerson'] = []): Promise<House> {
  const relay = await startRelay();
  const chat = await startChat({ botUrl: `${relay.url}/api/messages`, signing: { appId } });
  chat.faults.rateLimits = false;
  const tenant = await startTenant({ speed: 50 });
  const lines: string[] = [];
  const keep = (level: string) => (facts: object, message: string) =>
    void lines.push(overheard(JSON.stringify({ level, ...facts, message })));
  const log: Log = { info: keep('info'), warn: keep('warn'), error: keep('error') };
  const [store, ...others] = stores ?? [await memoryStore(clock)];
  if (!store) throw new Error('a house without a store');
  const bots = await Promise.all([store, ...others].map((each) => startBot(chat, tenant, each, log, asPerson)));
  const urls = bots.map(({ port }) => `http://127.0.0.1:${String(port)}`);
  relay.to(...urls);
  return {
    chat,
    tenant,
    store,
    url: urls[0] ?? '',
    logged: () => lines.join('\n'),
    writes: () =>
      tenant.requests().filter(({ method, path }) => method === 'POST' && /\/(?:remoteLock|reprovision)$/u.test(path)),
    stop: async () => {
      await Promise.all(bots.map((bot) => bot.stop()));
      await Promise.all([chat.stop(), relay.stop(), tenant.stop()]);
    },
  };
}

function overheard(line: string): string {
  noteSaid('a log line', line);
  return line;
}

function startBot(chat: RunningChat, tenant: RunningTenant, store: SqlStore, log: Log, asPerson: Policy['asPerson']) {
  const person = asPersonInSandbox({ graphUrl: tenant.url, tenantId, signInResource: botAudience });
  const graph = createGraph({
    baseUrl: tenant.url,
    credential: { getToken: async () => ({ token: 'sandbox', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) },
    onBehalfOf: person.onBehalfOf,
    groupIds: () => [groups.helpdesk.id],
    log,
    clock,
  });
  const teams = createTeams({
    authentication: {
      is: 'on',
      credentials: { clientId: appId, tokens: { getToken: async () => ({ token: 'ours' }) } },
    },
    signIn: person.signIn,
    overrides: frameworkOf(chat),
    tenantIds: [tenantId],
    host: '127.0.0.1',
    port: 0,
    log,
    clock,
    health: healthOf(graph, store, testVault),
  });
  const settings = {
    tenant: { cloudPcApi: 'cloudPC' as const },
    patience: { intervals: [100], unsureFor: 20_000, waitFor: 60 * minute, skew: 2 * minute },
    confirmWithin: 5 * minute,
    secretFor: minute,
    secretKeptFor: 60 * minute,
    auditsEvery: minute,
    lease: minute,
    settleAfter: minute,
    rates: { looks: { limit: 1_000, window: 1_000 }, conversation: conversationRates, messages: tenantRate },
  };
  const policy = { ...policyOfGroup(groups.helpdesk.id), asPerson };
  return assemble({ graph, store, log, clock, settings, policy: () => policy, vault: testVault, chat: teams });
}

/** Settings under which botbuilder takes the chat window for the Bot Framework; all of them, or it takes none. */
const frameworkOf = ({ openIdUrl }: RunningChat) => ({
  ToChannelFromBotLoginUrl: 'https://login.example',
  ToChannelFromBotOAuthScope: 'https://scope.example',
  ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
  OAuthUrl: 'https://oauth.example',
  ToBotFromChannelOpenIdMetadataUrl: openIdUrl,
  ToBotFromEmulatorOpenIdMetadataUrl: openIdUrl,
  ValidateAuthority: 'true',
});
