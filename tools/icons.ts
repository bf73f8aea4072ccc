/** Draws the two icons of the Teams app anew: `node tools/icons.ts`. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { colourIcon, outlineIcon } from './icons/mark.ts';
import { encodePng } from './png/encode.ts';

const folder = join(import.meta.dirname, '..', 'manifest');
await writeFile(join(folder, 'color.png'), encodePng(colourIcon()));
await writeFile(join(folder, 'outline.png'), encodePng(outlineIcon()));
console.log('Wrote manifest/color.png and manifest/outline.png. Look at them before you commit them.');
