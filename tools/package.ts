/**
 * Makes the Teams app package: `npm run package`, or `npm run package -- <folder>` to write it elsewhere than `build/`.
 * `manifest/README.md` lists what can be set. Works without a network; writes nothing that has a fault.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { loadCatalogue } from '../src/catalogue.ts';
import { buildPackage } from './teams-package/build.ts';
import { manifestIn, packageFaults } from './teams-package/check.ts';
import { commandsFor } from './teams-package/commands.ts';
import { schemaFaults } from './teams-package/schema.ts';
import { nobody, readValues } from './teams-package/values.ts';
import type { Values } from './teams-package/values.ts';

const root = join(import.meta.dirname, '..');

function refuse(faults: readonly string[]): never {
  console.error(`No package was written:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  process.exit(1);
}

/** Nobody shall take the one for the other: another file name, and another name in Teams. */
const trial = (file: string) => `Wrote ${file}: a TRIAL that no tenant can use, because CLIENT_ID is not set.
Everything else in it was checked, by Microsoft's schema too. To make one for your tenant:

  CLIENT_ID=<application (client) id of the bot's app registration> npm run package`;

function real(file: string, values: Values): string {
  const examples = Object.keys(values).filter((name) => values[name]?.startsWith('https://example.com/'));
  const warning = `\nTeams will show people https://example.com/ until you set ${examples.join(', ')}.`;
  return `Wrote ${file} for app ${values['CLIENT_ID']}, version ${values['VERSION']}.
Upload it in the Teams admin center under Manage apps; raise the version in package.json for each later upload.${
    examples.length ? warning : ''
  }`;
}

const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
const read = readValues(process.env, version);
if (read.is === 'faults') refuse(read.faults);
const { values } = read;

const catalogue = await loadCatalogue();
const zip = await buildPackage(join(root, 'manifest'), values, catalogue);
const faults = [...packageFaults(zip), ...(await schemaFaults(manifestIn(zip)))];
if (faults.length) refuse(faults);

const folder = process.argv[2] ?? join(root, 'build');
const isTrial = values['CLIENT_ID'] === nobody;
const file = join(folder, isTrial ? 'device-desk-TRIAL.zip' : 'device-desk.zip');
await mkdir(folder, { recursive: true });
await writeFile(file, zip);

const shown = relative(process.cwd(), file);
console.log(isTrial ? trial(shown) : real(shown, values));
const { leftOut } = commandsFor(catalogue);
if (leftOut.length)
  console.log(`Teams lists twelve commands; only typed: ${leftOut.map(({ title }) => title).join(', ')}.`);
