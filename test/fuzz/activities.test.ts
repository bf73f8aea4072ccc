import fc from 'fast-check';
import { TeamsAdapter } from '../../src/teams/adapter.ts';
import { inboundRates } from '../../src/teams/limits.ts';
import { createReceive, type Receive } from '../../src/teams/receive.ts';
import type { Reply } from '../../src/teams/reply.ts';
import type { Turn } from '../../src/teams/turn.ts';
import { appId, Framework, tenantId } from '../teams/framework.ts';
import { activity, FakeLog, open, ours, post, type House } from '../teams/house.ts';
import { holds } from './check.ts';
import { foreign } from './foreign.ts';

const internal = 'internal: SELECT * FROM operations at /srv/desk.ts:1';
const roomy = { ...inboundRates, messages: 1e9, clicks: 1e9, refreshes: 1e9, conversation: 1e9 };
let framework: Framework;
let house: House;

beforeAll(async () => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined); // the SDK prints every bad token
  framework = new Framework();
  await framework.start();
  house = await open(framework, { rates: roomy });
});
afterAll(async () => {
  await house.teams.stop();
  await framework.stop();
  jest.restoreAllMocks();
});

const json = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  foreign(80),
  fc.constantFrom(null, 0, -1, '', [], {}, true, '__proto__', 'toString'),
);
const action = fc.oneof(
  json,
  fc.record(
    {
      type: fc.oneof(fc.constant('Action.Execute'), json),
      verb: fc.oneof(fc.constantFrom('confirm', 'cancel', 'pick', 'showSecret', 'toString', '__proto__'), json),
      data: json,
    },
    { requiredKeys: [] },
  ),
);
const value = fc.oneof(
  json,
  fc.record({ action, trigger: fc.oneof(fc.constantFrom('manual', 'automatic'), json) }, { requiredKeys: [] }),
  fc.dictionary(foreign(12), json),
);
const conversation = fc.oneof(
  json,
  fc.record(
    {
      id: json,
      tenantId: fc.oneof(fc.constant(tenantId), json),
      conversationType: fc.oneof(fc.constantFrom('personal', 'channel', 'groupChat'), json),
      isGroup: json,
    },
    { requiredKeys: [] },
  ),
);

/** An activity of which any part may be anything. */
const changes = fc.record(
  {
    type: fc.oneof(
      fc.constantFrom(
        'message',
        'invoke',
        'messageUpdate',
        'messageReaction',
        'conversationUpdate',
        'installationUpdate',
        'event',
        'typing',
      ),
      json,
    ),
    name: fc.oneof(
      fc.constantFrom('adaptiveCard/action', 'signin/verifyState', 'signin/tokenExchange', 'task/fetch'),
      json,
    ),
    id: json,
    channelId: fc.oneof(fc.constant('msteams'), json),
    serviceUrl: fc.oneof(fc.webUrl(), json),
    from: fc.oneof(json, fc.record({ id: json, aadObjectId: json, name: json, role: json }, { requiredKeys: [] })),
    recipient: json,
    conversation,
    channelData: fc.oneof(
      json,
      fc.record(
        {
          tenant: fc.oneof(json, fc.constant({ id: tenantId })),
          eventType: fc.oneof(fc.constant('editMessage'), json),
          team: json,
        },
        { requiredKeys: [] },
      ),
    ),
    text: fc.oneof(foreign(400), json),
    textFormat: json,
    entities: fc.oneof(json, fc.array(json, { maxLength: 4 })),
    value,
    replyToId: json,
    action: json,
    membersAdded: json,
    membersRemoved: json,
    localTimezone: json,
    locale: json,
  },
  { requiredKeys: [] },
);
/** Of all that could be changed, a little: whatever is all wrong gets no further than the first check. */
const few = fc
  .tuple(changes, fc.nat(), fc.nat(3))
  .map(([all, from, count]) =>
    Object.fromEntries([...Object.entries(all), ...Object.entries(all)].slice(from % 20).slice(0, count)),
  );

const activities = fc.oneof(
  fc
    .tuple(fc.nat(), fc.oneof(changes, few))
    .map(([number, more]) => ({ ...activity(framework), id: String(number), ...more })),
  fc.tuple(fc.constantFrom('message', 'invoke'), value, foreign(200)).map(([type, carried, text]) => ({
    ...activity(framework),
    type,
    name: 'adaptiveCard/action',
    value: carried,
    text,
  })),
  json,
);

const statuses = [200, 400, 401, 403, 429, 501, 503];

/** An answer that anybody may read. */
function expectHarmless({ status, body }: Pick<Reply, 'status' | 'body'>): void {
  expect(statuses).toContain(status);
  expect(JSON.stringify(body ?? {})).not.toMatch(/internal|SELECT|\.ts:|node_modules/u);
  if (status >= 400 && status !== 501) expect(Object.keys(body ?? { code: '' })).toEqual(['code']);
}

test('whatever an activity looks like, it is answered with a status, and with nothing of ours', async () => {
  house.desk.message = () => Promise.reject(new Error(internal));
  house.desk.button = () => Promise.reject(new Error(internal));
  const authorization = framework.token();
  await holds(
    fc.asyncProperty(activities, async (body) => {
      const { status, text } = await post(house, JSON.stringify(body), { authorization });
      expectHarmless({ status, ...(text === '' ? {} : { body: JSON.parse(text) as object }) });
    }),
    4,
  );
  expect(house.log.lines.filter(({ message }) => message === 'a request failed')).toEqual([]);
});

test('whatever bytes come, they are answered with a status', async () => {
  const text = fc.oneof(
    foreign(300),
    fc.json(),
    fc.tuple(fc.json(), fc.nat(60)).map(([whole, length]) => whole.slice(0, length)),
  );
  await holds(
    fc.asyncProperty(text, async (body) => {
      const answer = await post(house, body === '' ? ' ' : body, { authorization: framework.token() });
      expect([400, 401, 403]).toContain(answer.status);
      expect(Object.keys(answer.body)).toEqual(['code']);
    }),
    8,
  );
});

test('no header but the right one gets past the check of the token', async () => {
  const credentials = { clientId: appId, tokens: ours };
  const adapter = new TeamsAdapter({ credentials, connectorTimeoutMs: 1_000, overrides: framework.overrides });
  const turned: unknown[] = [];
  const turn: Turn = async (incoming) => (turned.push(incoming), { status: 200 });
  const receive: Receive = createReceive({
    authenticate: (...request) => adapter.authenticate(...request),
    turn,
    tenantIds: [tenantId],
    serviceUrls: 'loopback',
    log: new FakeLog(),
  });
  const part = fc.oneof(
    json.map((one) => Buffer.from(JSON.stringify(one)).toString('base64url')),
    foreign(40),
    fc.constantFrom(...framework.token().split('.')),
  );
  const claims = fc.record(
    { iss: json, aud: json, exp: json, nbf: json, serviceurl: json, ver: json, appid: json },
    { requiredKeys: [] },
  );
  const header = fc.record(
    {
      alg: fc.oneof(fc.constantFrom('none', 'HS256', 'RS256', 'nOnE', ''), json),
      kid: fc.oneof(fc.constant('k1'), json),
      typ: json,
    },
    { requiredKeys: [] },
  );
  const token = fc.oneof(
    fc.tuple(part, part, part).map((parts) => parts.join('.')),
    fc
      .tuple(header, claims, part)
      .map(
        ([head, body, signature]) =>
          [head, body].map((one) => Buffer.from(JSON.stringify(one)).toString('base64url')).join('.') + `.${signature}`,
      ),
  );
  const right = framework.token();
  await holds(
    fc.asyncProperty(
      fc.constantFrom('Bearer ', 'bearer ', 'Basic ', '', 'Bearer  '),
      fc.oneof(token, foreign(60)),
      async (scheme, given) => {
        fc.pre(scheme + given !== right);
        const reply = await receive(activity(framework), scheme + given);
        expect(reply).toEqual({ status: 401, body: { code: 'Unauthorized' } });
      },
    ),
  );
  expect(turned).toEqual([]);
});
