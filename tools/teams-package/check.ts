import { iconFaults } from './check-icons.ts';
import { longestTitle, mostCommands } from './commands.ts';
import type { Command } from './commands.ts';
import { unpack } from './zip.ts';
import type { Files } from './zip.ts';

/** What is read back from a manifest; the schema has the last word on all else. */
export interface PackedManifest {
  readonly $schema: string;
  readonly manifestVersion: string;
  readonly version: string;
  readonly id: string;
  readonly icons: Readonly<Record<string, string>>;
  readonly bots: readonly { readonly botId: string; readonly commandLists: readonly { commands: Command[] }[] }[];
  readonly [more: string]: unknown;
}

/** Ours is a few KB; whatever makes it grow so much was not meant to be in it. */
const mostBytes = 500_000;

function layoutFaults(files: Files, manifest: PackedManifest): string[] {
  const expected = ['manifest.json', ...Object.values(manifest.icons)].sort();
  const found = Object.keys(files).sort();
  return expected.join() === found.join()
    ? []
    : [`The zip must hold ${expected.join(', ')} at its root, and holds ${found.join(', ')}.`];
}

function commandFaults(manifest: PackedManifest): string[] {
  return manifest.bots
    .flatMap((bot) => bot.commandLists)
    .flatMap(({ commands }) => [
      ...(commands.length > mostCommands ? [`A list has ${commands.length} commands, at most ${mostCommands}.`] : []),
      ...commands
        .filter(({ title }) => title.length > longestTitle)
        .map(({ title }) => `The command “${title}” is longer than ${longestTitle} characters.`),
    ]);
}

function valueFaults(manifest: PackedManifest, text: string): string[] {
  const left = [...text.matchAll(/\$\{\{.*?\}\}/gu)].map(([placeholder]) => placeholder);
  return [
    ...[...new Set(left)].map((placeholder) => `The placeholder ${placeholder} was not filled.`),
    ...(/^\d+\.\d+\.\d+$/u.test(manifest.version)
      ? []
      : [`The version is “${manifest.version}”; Teams wants three numbers, as in 1.2.3.`]),
    ...(manifest.$schema.includes(`/v${manifest.manifestVersion}/`)
      ? []
      : [`$schema and manifestVersion (${manifest.manifestVersion}) name different versions.`]),
  ];
}

/** Read back from the zip's bytes, so that what is checked is what is uploaded. */
export function manifestIn(zip: Uint8Array): PackedManifest {
  return JSON.parse(Buffer.from(unpack(zip)['manifest.json'] ?? []).toString()) as PackedManifest;
}

/** All that is wrong with a package and that Microsoft's schema does not know. */
export function packageFaults(zip: Uint8Array): string[] {
  const files = unpack(zip);
  if (!files['manifest.json']) return ['The zip must hold manifest.json at its root.'];
  const manifest = manifestIn(zip);
  return [
    ...layoutFaults(files, manifest),
    ...valueFaults(manifest, Buffer.from(files['manifest.json']).toString()),
    ...commandFaults(manifest),
    ...iconFaults(files),
    ...(zip.length > mostBytes ? [`The zip has ${zip.length} bytes, at most ${mostBytes}.`] : []),
  ];
}
