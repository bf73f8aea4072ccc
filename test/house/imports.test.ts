import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const cruiser = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
const rules = join(root, '.dependency-cruiser.js');

interface Cruised {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { name: string } }[];
  };
}

/** In a process of its own: jest cannot load it. */
async function cruise(folder: string): Promise<{ modules: number; broken: string[] }> {
  const arguments_ = [cruiser, 'src', '--config', rules, '--output-type', 'json'];
  const text = await new Promise<string>((resolve, reject) => {
    const options = { cwd: folder, maxBuffer: 50_000_000 };
    execFile(process.execPath, arguments_, options, (error, stdout, stderr) =>
      stdout.startsWith('{') ? resolve(stdout) : reject(new Error(stderr || error?.message)),
    );
  });
  const { totalCruised, violations } = (JSON.parse(text) as Cruised).summary;
  return { modules: totalCruised, broken: violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`) };
}

test('imports go one way, and in no circle', async () => {
  const { modules, broken } = await cruise(root);
  expect(broken).toEqual([]);
  expect(modules).toBeGreaterThan(100);
});

/** A house in which one thing is wrong. */
async function crooked(files: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'device-desk-house-')));
  try {
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    for (const [name, text] of Object.entries({ 'src/model/noun.ts': 'export type Noun = string;', ...files })) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    return (await cruise(folder)).broken;
  } finally {
    await rm(folder, { recursive: true });
  }
}

const noun = "import type { Noun } from '../model/noun.ts';\nexport type Other = Noun;";

test('the rules let a straight house stand', async () => {
  const house = { 'src/flow/step.ts': noun, 'src/main.ts': "import type { Other } from './flow/step.ts';" };
  expect(await crooked(house)).toEqual([]);
});

const from = (path: string) => `import type { Other } from '${path}';\nexport type Mine = Other;`;

test.each<[string, string, Readonly<Record<string, string>>]>([
  ['steps know no Teams', 'flow-goes-down', { 'src/flow/a.ts': from('../teams/b.ts'), 'src/teams/b.ts': noun }],
  ['rooms side by side', 'graph-goes-down', { 'src/graph/a.ts': from('../store/b.ts'), 'src/store/b.ts': noun }],
  ['an action with a port', 'actions-goes-down', { 'src/actions/a.ts': from('../ports.ts'), 'src/ports.ts': '' }],
  ['a noun that knows us', 'model-goes-down', { 'src/model/a.ts': from('../flow/b.ts'), 'src/flow/b.ts': noun }],
  ['a world that knows the bot', 'sandbox-goes-down', { 'src/sandbox/a.ts': from('../model/noun.ts') }],
  [
    'a circle of types',
    'no-circle',
    { 'src/flow/a.ts': from('./b.ts'), 'src/flow/b.ts': "export type { Mine } from './a.ts';" },
  ],
  ['botbuilder elsewhere', 'only-teams', { 'src/flow/a.ts': "import type { Activity } from 'botbuilder';" }],
  ['Graph elsewhere', 'only-graph', { 'src/teams/a.ts': "import '@microsoft/microsoft-graph-client';" }],
  ['a file that is not there', 'is-there', { 'src/flow/a.ts': "import './nowhere.ts';" }],
  ['tests in the house', 'no-tests-in-the-house', { 'src/flow/a.ts': from('../../test/b.ts'), 'test/b.ts': '' }],
  [
    'a bot that runs on a tool',
    'installed-in-production',
    { 'package.json': '{ "devDependencies": { "fastify": "*" } }', 'src/flow/a.ts': "import 'fastify';" },
  ],
  [
    'a bot that cannot start without the sandbox',
    'sandbox-on-demand',
    { 'src/main.ts': "import './sandbox/a.ts';", 'src/sandbox/a.ts': 'export {};' },
  ],
])('the rules bite: %s', async (_what, rule, files) => {
  expect((await crooked(files)).join('\n')).toContain(`${rule}: `);
});
