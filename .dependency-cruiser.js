/**
 * Which room may import which: one way only, types included. README, "The house", draws the same picture.
 * @see `npm run lint:imports`
 */

/** Files that lie in no folder and that rooms share; all others beside them belong to the process, like main.ts. */
const pages = {
  ports: 'ports\\.ts',
  storePort: 'storePort\\.ts',
  outboxPort: 'outboxPort\\.ts',
  doors: 'doors\\.ts',
  cards: 'cards\\.ts',
  catalogue: 'catalogue\\.ts',
  httpClient: 'httpClient\\.ts',
};

/** Of ours; a room may always import itself. */
const mayImport = {
  'model/': [],
  'actions/': ['model/'],
  [pages.ports]: ['model/'],
  [pages.outboxPort]: ['model/', pages.ports],
  [pages.storePort]: ['model/', pages.outboxPort],
  [pages.doors]: ['model/', pages.ports],
  [pages.cards]: ['model/', pages.ports],
  [pages.catalogue]: ['model/'],
  [pages.httpClient]: [],
  'flow/': ['model/', pages.ports, pages.storePort, pages.outboxPort, pages.doors, pages.cards, pages.catalogue],
  'graph/': ['model/', pages.ports, pages.httpClient],
  'store/': ['model/', pages.ports, pages.storePort, pages.outboxPort],
  'teams/': ['model/', pages.ports, pages.storePort, pages.outboxPort, pages.doors, pages.httpClient],
  'policy/': ['model/', pages.ports],
  'commands/': [
    ...[
      'model/',
      pages.ports,
      pages.storePort,
      pages.outboxPort,
      pages.catalogue,
      'store/',
      'flow/',
      'graph/',
      'policy/',
    ],
    ...['config\\w*\\.ts', 'policyInForce\\.ts', 'sandbox-mode\\.ts'],
  ],
  'sandbox/': [],
};

const nameOf = (room) => room.replace(/[\\/]|\.ts$/g, '').replace('.ts', '');

const rooms = Object.entries(mayImport).map(([room, others]) => ({
  name: `${nameOf(room)}-goes-down`,
  comment: `src/${nameOf(room)} may import of ours only: ${others.map(nameOf).join(', ') || 'nothing'}.`,
  severity: 'error',
  from: { path: `^src/${room}` },
  to: { path: '^src/', pathNot: [room, ...others].map((allowed) => `^src/${allowed}`) },
}));

const only = (room, packages, why) => ({
  name: `only-${room}`,
  comment: `${why} Outside src/${room} nothing may import them.`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/${room}/` },
  to: { path: `(^|/node_modules/|^node_modules/)(${packages.join('|')})(/|$)` },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Two files that need each other are one thing, or a third is missing. Types count.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...rooms,
    only('teams', ['botbuilder[^/]*', 'botframework-[^/]*', 'restify'], 'botbuilder is archived: a move is one room.'),
    only('store', ['pg'], 'What is remembered is behind its port.'),
    only('policy', ['yaml'], 'The policy file is read in one place.'),
    only('graph', ['@microsoft/microsoft-graph-[^/]*', '@azure/identity'], 'Graph is behind its port.'),
    {
      name: 'no-tests-in-the-house',
      comment: 'src/ runs without test/, tools/ and bench/.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|tools|bench)/' },
    },
    {
      name: 'installed-in-production',
      comment: 'What the bot imports is in "dependencies". Only the sandbox may live on "devDependencies".',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/sandbox/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['npm', 'type-only'] },
    },
    {
      name: 'sandbox-on-demand',
      comment: 'Loaded by import() when it is wanted, so that a bot installed with --omit=dev starts without it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/sandbox' },
      to: { path: '^src/sandbox', dependencyTypesNot: ['dynamic-import', 'type-only'] },
    },
    {
      name: 'is-there',
      comment: 'It cannot be found: misspelt, moved, or not installed.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // A page for browsers: it names addresses of its server, not files.
    exclude: { path: '^src/sandbox/chat/page/' },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
  },
};
