/** Computes the marked blocks of the pages anew: `npm run readme`. A test compares them, so this is never forgotten. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { computeBlocks } from './readme/blocks.ts';
import { fill } from './readme/fill.ts';
import { pages } from './readme/pages.ts';

const root = join(import.meta.dirname, '..');
const blocks = await computeBlocks();
for (const page of pages) {
  const text = await readFile(join(root, page), 'utf8');
  const filled = fill(text, blocks);
  if (filled !== text) await writeFile(join(root, page), filled);
  console.log(`${page}: ${filled === text ? 'was true already' : 'computed anew'}`);
}
