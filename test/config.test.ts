import { readConfig, type Config } from '../src/config.ts';
import { faultsFor } from '../src/configSignIn.ts';

const a = '2f1f7a3e-3f0a-4a55-9a3e-6b0c9a2d1001';
const b = '7a6a3f77-6d9e-4d5e-8a8b-0d6f5f3c2001';
const c = '5b1f9f5e-6f0c-4d6e-9a59-0c6f1f2b7a01';
const key = (letter: string) => Buffer.alloc(32, letter).toString('base64');
const company = { CLIENT_ID: a, TENANT_ID: b, HELPDESK_GROUP_ID: c, CLIENT_SECRET: 'hush-hush' };
const tenant = { ...company, DESK_SECRET_KEY: key('a') };

const config = (environment: Record<string, string | undefined>): Config => {
  const read = readConfig(environment);
  if (read.is === 'faults') throw new Error(read.faults.join('\n'));
  return read.config;
};
const faults = (environment: Record<string, string | undefined>) => {
  const read = readConfig(environment);
  return read.is === 'faults' ? read.faults : [];
};

test('nothing configured is the sandbox, on this machine', () => {
  expect(config({ PATH: '/bin', HOME: '/root', NODE_ENV: 'test', TERM: 'xterm', npm_config_port: '1' })).toEqual({
    mode: 'sandbox',
    host: '127.0.0.1',
    port: 3978,
    policy: { is: 'file', path: expect.stringMatching(/sandbox.policy\.yaml$/u) },
    logLevel: 'warn',
    cloudPcApi: 'cloudPC',
    tracking: { intervals: [1_000, 2_000, 5_000], unsureFor: 20_000, waitFor: 7 * 86_400_000, readsPerSecond: 50 },
    settleAfter: 10_000,
    secretKeptFor: 30 * 86_400_000,
    store: { is: 'sqlite', folder: '.data' },
    dataFolder: '.data',
    chat: true,
    chatPort: 3979,
    speed: 1,
  });
});

test('the sandbox can be set', () => {
  const set = {
    PORT: '0',
    SANDBOX_CHAT: 'off',
    SANDBOX_GRAPH_URL: 'http://127.0.0.1:4000',
    SANDBOX_SPEED: '0.5',
    SANDBOX_PORT: '4001',
    LOG_LEVEL: 'debug',
  };
  expect(config(set)).toMatchObject({
    port: 0,
    chat: false,
    graphUrl: 'http://127.0.0.1:4000',
    speed: 0.5,
    sandboxPort: 4001,
    logLevel: 'debug',
  });
});

test('a tenant', () => {
  expect(config({ ...tenant, NODE_ENV: 'production', CLIENT_ID: a.toUpperCase(), TRACKING_PATIENCE: '' })).toEqual({
    mode: 'tenant',
    host: '0.0.0.0',
    port: 3978,
    logLevel: 'info',
    cloudPcApi: 'cloudPC',
    tracking: {
      intervals: [30_000, 60_000, 120_000, 300_000, 900_000, 3_600_000],
      unsureFor: 900_000,
      waitFor: 7 * 86_400_000,
      readsPerSecond: 50,
    },
    settleAfter: 90_000,
    secretKeptFor: 30 * 86_400_000,
    secretKeys: [Buffer.alloc(32, 'a')],
    store: { is: 'sqlite', folder: '.data' },
    dataFolder: '.data',
    clientId: a,
    tenantId: b,
    policy: { is: 'group', groupId: c },
    credential: { is: 'clientSecret', clientSecret: 'hush-hush' },
    cloud: { name: 'global', graph: 'https://graph.microsoft.com', login: 'https://login.microsoftonline.com' },
  });
});

test.each<[Record<string, string>, object]>([
  [{ CERTIFICATE_PATH: '/c.pem' }, { is: 'certificate', certificatePath: '/c.pem' }],
  [
    { CERTIFICATE_PATH: '/c.pem', CERTIFICATE_PASSWORD: 'p' },
    { is: 'certificate', certificatePath: '/c.pem', certificatePassword: 'p' },
  ],
  [{ MANAGED_IDENTITY: 'on' }, { is: 'managedIdentity' }],
  [{ FEDERATED_TOKEN_FILE: '/token' }, { is: 'federated', tokenFilePath: '/token' }],
])('the credential may be %p', (set, credential) => {
  expect(config({ ...tenant, CLIENT_SECRET: undefined, ...set })).toMatchObject({ credential });
});

test.each([
  ['worldwide', 'global'],
  ['global', 'global'],
  ['https://graph.microsoft.com/', 'global'],
  ['usgov', 'usgov'],
  ['usdod', 'usdod'],
  ['https://dod-graph.microsoft.us', 'usdod'],
  ['usgovdod', 'usdod'],
  ['China', 'china'],
])('GRAPH_BASE_URL %s is the cloud %s', (said, cloud) => {
  expect(config({ ...tenant, GRAPH_BASE_URL: said })).toMatchObject({ cloud: { name: cloud } });
});

test('durations', () => {
  const set = { TRACKING_INTERVALS: '500ms, 1s,2m ,3h', UNSURE_PATIENCE: '90s', TRACKING_PATIENCE: '2d' };
  expect(config(set).tracking).toEqual({
    intervals: [500, 1_000, 120_000, 10_800_000],
    unsureFor: 90_000,
    waitFor: 172_800_000,
    readsPerSecond: 50,
  });
});

test('where things are remembered', () => {
  expect(config({ DATA_DIR: '/var/lib/desk' })).toMatchObject({
    store: { is: 'sqlite', folder: '/var/lib/desk' },
    dataFolder: '/var/lib/desk',
  });
  const url = 'postgres://desk:secret@db.example:5432/desk';
  expect(config({ ...tenant, DATABASE_URL: url, SETTLE_TIME: '2m', TRACKING_BUDGET: '20' })).toMatchObject({
    store: { is: 'postgres', url },
    settleAfter: 120_000,
    tracking: { readsPerSecond: 20 },
  });
});

test('secrets are sealed with the first key and opened with any, for as many days as wanted', () => {
  const set = { DESK_SECRET_KEY: `${key('b')}, ${key('a')}`, SECRET_DAYS: '7' };
  const secretKeys = [Buffer.alloc(32, 'b'), Buffer.alloc(32, 'a')];
  expect(config({ ...tenant, ...set })).toMatchObject({ secretKeys, secretKeptFor: 7 * 86_400_000 });
  expect(config(set)).toMatchObject({ mode: 'sandbox', secretKeys });
});

test.each(['hush-hush', Buffer.alloc(31).toString('base64'), Buffer.alloc(33).toString('base64'), `${key('a')},`, ','])(
  'DESK_SECRET_KEY=%s is refused, and not repeated',
  (value) => {
    const [told = '', ...others] = faults({ ...tenant, DESK_SECRET_KEY: value });
    expect(told).toMatch(/^DESK_SECRET_KEY must be 32 bytes in base64.*openssl rand -base64 32$/);
    expect(told).not.toContain(value.replace(',', '') || 'hush');
    expect(others).toEqual([]);
  },
);

test.each<[string, string]>([
  ['SECRET_DAYS', '0'],
  ['SECRET_DAYS', '7d'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', 'http'],
  ['LOG_LEVEL', 'loud'],
  ['CLOUD_PC_API', 'cloudpc'],
  ['TRACKING_INTERVALS', '30s,soon'],
  ['TRACKING_INTERVALS', '30'],
  ['TRACKING_INTERVALS', '0s'],
  ['TRACKING_INTERVALS', ','],
  ['UNSURE_PATIENCE', '15 minutes'],
  ['TRACKING_PATIENCE', '1w'],
  ['TRACKING_BUDGET', '0'],
  ['TRACKING_BUDGET', '1.5'],
  ['SETTLE_TIME', 'soon'],
  ['DATABASE_URL', 'mysql://db.example/desk'],
  ['DATABASE_URL', 'postgres://'],
  ['SANDBOX_CHAT', 'no'],
  ['SANDBOX_SPEED', '0'],
  ['SANDBOX_SPEED', 'fast'],
  ['SANDBOX_PORT', '1e3'],
  ['SANDBOX_GRAPH_URL', 'http://graph.example'],
  ['SANDBOX_GRAPH_URL', 'http://127.0.0.1.evil.example'],
  ['SANDBOX_GRAPH_URL', 'graph'],
])('%s=%s is refused by name', (name, value) => {
  const told = faults({ [name]: value });
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(new RegExp(`^${name} must be .*\\.$`));
});

test('half a tenant never becomes a sandbox', () => {
  for (const name of [...Object.keys(company), 'GRAPH_BASE_URL', 'MANAGED_IDENTITY', 'CERTIFICATE_PASSWORD']) {
    const value = { ...tenant, GRAPH_BASE_URL: 'usgov', MANAGED_IDENTITY: 'on', CERTIFICATE_PASSWORD: 'p' }[name];
    expect(faults({ [name]: value }).length).toBeGreaterThan(1);
  }
});

test('what is missing is told together, each with its mend', () => {
  expect(faults({ CLIENT_ID: a })).toEqual([
    'TENANT_ID is not set. Set it to the directory (tenant) id in Entra.',
    'DESK_SECRET_KEY is not set. The secrets that are kept are sealed with it. Make one with: openssl rand -base64 32',
    'HELPDESK_GROUP_ID and DESK_POLICY are not set. Set DESK_POLICY to the policy file, or HELPDESK_GROUP_ID to the one group whose members may do everything.',
    'No credential is set. Set one of CLIENT_SECRET, CERTIFICATE_PATH, MANAGED_IDENTITY, FEDERATED_TOKEN_FILE.',
  ]);
});

test.each<[Record<string, string>, string]>([
  [{ CLIENT_ID: 'desk' }, 'CLIENT_ID must be a GUID'],
  [{ HELPDESK_GROUP_ID: `{${c}}` }, 'HELPDESK_GROUP_ID must be a GUID'],
  [{ GRAPH_BASE_URL: 'https://evil.example' }, 'GRAPH_BASE_URL must be worldwide'],
  [{ GRAPH_BASE_URL: 'http://graph.microsoft.com' }, 'GRAPH_BASE_URL must be worldwide'],
  [{ MANAGED_IDENTITY: 'on' }, 'CLIENT_SECRET and MANAGED_IDENTITY are set together'],
  [{ CERTIFICATE_PASSWORD: 'p' }, 'CERTIFICATE_PASSWORD is set without CERTIFICATE_PATH'],
  [{ SANDBOX_SPEED: '1' }, 'SANDBOX_SPEED belongs to the sandbox'],
])('a tenant with %p is refused', (set, fault) => {
  const told = faults({ ...tenant, ...set });
  expect(told).toHaveLength(1);
  expect(told[0]).toContain(fault);
});

test('the sandbox does not go to production', () => {
  expect(faults({ NODE_ENV: 'production' })[0]).toContain('NODE_ENV is production');
});

test.each([
  [{ CLIENTID: a }, 'CLIENTID is not known. Did you mean CLIENT_ID?'],
  [{ client_id: a }, 'client_id is not known. Did you mean CLIENT_ID?'],
  [{ ...tenant, CLIENT_SECRET: undefined, CLIENT_SECRT: 'x' }, 'Did you mean CLIENT_SECRET?'],
  [{ ...tenant, TENANT_ID: undefined, TENANTID: b }, 'Did you mean TENANT_ID?'],
  [{ SANDBOX_SPED: '2' }, 'Did you mean SANDBOX_SPEED?'],
])('%p is a slip, and told', (set, fault) => {
  expect(faults(set).join('\n')).toContain(fault);
});

test('no value is ever told', () => {
  const told = faults({
    CLIENT_ID: 'hush-1',
    TENANT_ID: 'hush-2',
    CLIENT_SECRET: 'hush-3',
    CERTIFICATE_PATH: 'hush-4',
    DESK_SECRET_KEY: 'hush-6',
    PORT: 'hush-5',
  });
  expect(told.length).toBeGreaterThan(3);
  expect(told.join('\n')).not.toContain('hush');
});

const uri = `api://botid-${a}`;
test.each<[Record<string, string>, object | undefined]>([
  [{}, undefined],
  [{ SSO_RESOURCE: uri }, { resource: uri, connection: '', clientId: a }],
  [
    { SSO_RESOURCE: uri, SSO_CONNECTION: 'entra' },
    { resource: uri, connection: 'entra', clientId: a },
  ],
  [
    { CLIENT_SECRET: '', MANAGED_IDENTITY: 'on', SSO_RESOURCE: uri, SSO_CLIENT_ID: b.toUpperCase() },
    { resource: uri, connection: '', clientId: b },
  ],
])('signing people in: %j', (set, signIn) => {
  const read = config({ ...tenant, ...set });
  expect(read.mode === 'tenant' && read.signIn).toEqual(signIn);
});

test.each<[Record<string, string>, RegExp]>([
  [{ SSO_RESOURCE: 'botid' }, /^SSO_RESOURCE must be the Application ID URI/u],
  [{ SSO_CONNECTION: 'entra' }, /^SSO_CONNECTION is set without SSO_RESOURCE/u],
  [{ SSO_RESOURCE: uri, SSO_CLIENT_ID: b }, /^SSO_CLIENT_ID goes with MANAGED_IDENTITY or FEDERATED_TOKEN_FILE/u],
  [{ SSO_RESOURCE: uri, CLIENT_SECRET: '', MANAGED_IDENTITY: 'on' }, /^SSO_CLIENT_ID is not set/u],
  [{ SSO_RESOURCE: uri, CLIENT_SECRET: '', MANAGED_IDENTITY: 'on', SSO_CLIENT_ID: a }, /^SSO_CLIENT_ID is not set/u],
])('a sign-in that cannot work: %j', (set, fault) => {
  expect(faults({ ...tenant, ...set })).toEqual([expect.stringMatching(fault)]);
});

test('a policy that wants people signed in needs the means for it, in a tenant', () => {
  const without = config(tenant);
  const having = config({ ...tenant, SSO_RESOURCE: uri });
  expect(faultsFor(without, { asPerson: ['remoteLock'] })).toEqual([expect.stringMatching(/SSO_RESOURCE is not set/u)]);
  expect(faultsFor(without, { asPerson: 'all' })).toHaveLength(1);
  expect(faultsFor(without, { asPerson: [] })).toEqual([]);
  expect(faultsFor(having, { asPerson: 'all' })).toEqual([]);
  expect(faultsFor(config({}), { asPerson: 'all' })).toEqual([]);
});

describe('who may do what', () => {
  const { HELPDESK_GROUP_ID: _group, ...withoutGroup } = tenant;

  test('a policy file, in a tenant and in the sandbox', () => {
    const policy = { is: 'file', path: 'policy.yaml' };
    expect(config({ ...withoutGroup, DESK_POLICY: 'policy.yaml' })).toMatchObject({ mode: 'tenant', policy });
    expect(config({ DESK_POLICY: ' policy.yaml ' })).toMatchObject({ mode: 'sandbox', policy });
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['neither file nor group', withoutGroup, /^HELPDESK_GROUP_ID and DESK_POLICY are not set\. Set /u],
    ['both', { ...tenant, DESK_POLICY: 'x' }, /^DESK_POLICY and HELPDESK_GROUP_ID are set together\. Keep one/u],
    [
      'a name that is nearly one',
      { ...withoutGroup, DESK_POLICIY: 'x' },
      /^DESK_POLICIY is not known\. Did you mean DESK_POLICY/u,
    ],
  ])('%s is a fault', (_what, set, fault) => {
    expect(faults(set)[0]).toMatch(fault);
  });
});
