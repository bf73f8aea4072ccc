import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { loadCatalogue } from '../../src/catalogue.ts';
import { colourIcon, outlineIcon } from '../../tools/icons/mark.ts';
import { decodePng } from '../../tools/png/decode.ts';
import { encodePng } from '../../tools/png/encode.ts';
import type { Picture } from '../../tools/png/picture.ts';
import { buildPackage } from '../../tools/teams-package/build.ts';
import { manifestIn, packageFaults } from '../../tools/teams-package/check.ts';
import { renderManifest } from '../../tools/teams-package/render.ts';
import { readValues } from '../../tools/teams-package/values.ts';
import { pack, unpack } from '../../tools/teams-package/zip.ts';
import type { Files } from '../../tools/teams-package/zip.ts';

const folder = join(import.meta.dirname, '..', '..', 'manifest');
const environment = { CLIENT_ID: '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed' };

function values() {
  const read = readValues(environment, '1.2.3');
  if (read.is === 'faults') throw new Error(read.faults.join());
  return read.values;
}

let good: Files;
beforeAll(async () => {
  good = unpack(await buildPackage(folder, values(), await loadCatalogue()));
});

const faultsWith = (changed: Files) => packageFaults(pack({ ...good, ...changed }));
const changed = (change: object) => ({
  'manifest.json': Buffer.from(JSON.stringify({ ...manifestIn(pack(good)), ...change })),
});

test('a good package has no faults', () => {
  expect(faultsWith({})).toEqual([]);
});

/** Jest's own comparison takes seconds for so many numbers. */
const same = (one: Picture, other: Picture) =>
  one.width === other.width && one.height === other.height && Buffer.from(one.pixels).equals(other.pixels);

test('the icons in the repository are the ones that the tool draws', () => {
  const kept = (name: string) => decodePng(readFileSync(join(folder, name)));
  expect(same(kept('color.png'), colourIcon())).toBe(true);
  expect(same(kept('outline.png'), outlineIcon())).toBe(true);
});

test.each<[string, () => Files, RegExp]>([
  ['one file too many', () => ({ 'notes.txt': Buffer.from('x') }), /must hold .* and holds .*notes\.txt/u],
  ['a placeholder left', () => changed({ accentColor: '${{COLOUR}}' }), /\$\{\{COLOUR\}\} was not filled/u],
  ['a version that Teams rejects', () => changed({ version: '1.0.0-beta' }), /three numbers/u],
  ['two schema versions', () => changed({ manifestVersion: '1.17' }), /name different versions/u],
  ['a title that is cut off', () => listing([{ title: 'x'.repeat(33), description: '' }]), /longer than 32/u],
  ['too many commands', () => listing(Array(13).fill({ title: 'x', description: '' })), /13 commands, at most 12/u],
  ['small colour icon', () => ({ 'color.png': encodePng(outlineIcon()) }), /color\.png is 32×32 pixels/u],
  ['coloured outline', () => ({ 'outline.png': square(32, [255, 255, 0, 255]) }), /only white and transparent/u],
  ['white square as outline', () => ({ 'outline.png': square(32, [255, 255, 255, 255]) }), /transparent around/u],
  ['empty outline', () => ({ 'outline.png': square(32, [0, 0, 0, 0]) }), /outline\.png is empty/u],
  ['see-through colour icon', () => ({ 'color.png': square(192, [9, 9, 9, 200]) }), /opaque everywhere/u],
  ['a JPEG', () => ({ 'color.png': Buffer.from('ÿØÿà', 'latin1') }), /cannot be read: it is not a PNG/u],
  ['half an icon', () => ({ 'color.png': good['color.png']!.subarray(0, 500) }), /color\.png cannot be read/u],
  ['something huge', () => ({ 'manifest.json': huge() }), /at most 500000/u],
])('refused: %s', (_what, bad, fault) => {
  expect(faultsWith(bad()).join('\n')).toMatch(fault);
});

function listing(commands: readonly object[]): Files {
  const [bot] = manifestIn(pack(good)).bots;
  return changed({ bots: [{ ...bot, commandLists: [{ scopes: ['personal'], commands }] }] });
}

function square(size: number, pixel: readonly number[]): Buffer {
  return encodePng({
    width: size,
    height: size,
    pixels: Uint8Array.from(
      Array(size * size)
        .fill(pixel)
        .flat(),
    ),
  });
}

/** Numbers that do not compress well. */
function huge(): Buffer {
  const digits = Array.from({ length: 90_000 }, (_none, index) => Math.sin(index)).join();
  return changed({ more: digits })['manifest.json'];
}

test('without a manifest there is nothing more to say', () => {
  expect(packageFaults(pack({ 'a.txt': Buffer.from('x') }))).toEqual(['The zip must hold manifest.json at its root.']);
});

test('a value with a quote stays a value', () => {
  const name = 'Desk", "evil": "yes';
  const rendered = renderManifest('{"name":"${{APP_NAME}}","bots":[]}', { APP_NAME: name }, []);
  expect(rendered).toEqual({ name, bots: [] });
});

test.each([1, 2, 3, 4])('icons of other painters are read too: row filter %d of PNG', (filter) => {
  const picture = decodePng(good['color.png']!);
  const { width, height, pixels } = picture;
  const row = width * 4;
  const at = (x: number, y: number) => (x < 0 || y < 0 ? 0 : pixels[y * row + x]!);
  const foretold = (x: number, y: number) => {
    const [left, up, corner] = [at(x - 4, y), at(x, y - 1), at(x - 4, y - 1)];
    const nearest = [left, up, corner].sort(
      (one, other) => Math.abs(left + up - corner - one) - Math.abs(left + up - corner - other),
    )[0]!;
    return [0, left, up, (left + up) >> 1, nearest][filter]!;
  };
  const rows = Buffer.alloc((row + 1) * height);
  for (let y = 0; y < height; y++) {
    rows[y * (row + 1)] = filter;
    for (let x = 0; x < row; x++) rows[y * (row + 1) + 1 + x] = (at(x, y) - foretold(x, y)) & 255;
  }
  expect(same(decodePng(withData(encodePng(picture), deflateSync(rows))), picture)).toBe(true);
});

/** The same PNG with other data; nobody here reads its checksum. */
function withData(png: Buffer, data: Buffer): Buffer {
  const at = png.indexOf('IDAT') - 4;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const end = png.subarray(png.indexOf('IEND') - 4);
  return Buffer.concat([png.subarray(0, at), length, Buffer.from('IDAT'), data, Buffer.alloc(4), end]);
}
