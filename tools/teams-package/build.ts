import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalogue } from '../../src/catalogue.ts';
import { commandsFor } from './commands.ts';
import { renderManifest } from './render.ts';
import type { Values } from './values.ts';
import { pack } from './zip.ts';

/** The bytes of the package, not yet checked. `folder` holds the template and the icons. */
export async function buildPackage(folder: string, values: Values, catalogue: Catalogue): Promise<Uint8Array> {
  const template = await readFile(join(folder, 'manifest.json'), 'utf8');
  const manifest = renderManifest(template, values, commandsFor(catalogue).listed);
  return pack({
    'manifest.json': Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`),
    'color.png': await readFile(join(folder, 'color.png')),
    'outline.png': await readFile(join(folder, 'outline.png')),
  });
}
