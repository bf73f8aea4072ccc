import { inflateSync } from 'node:zlib';
import { signature } from './picture.ts';
import type { Picture } from './picture.ts';

/** PNG specification, "Paeth": whichever neighbour lies nearest to what the gradient foretells. */
function paeth(left: number, up: number, corner: number): number {
  const foretold = left + up - corner;
  const [byLeft, byUp, byCorner] = [left, up, corner].map((value) => Math.abs(foretold - value)) as [
    number,
    number,
    number,
  ];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}

function foretell(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, corner);
    default:
      throw new Error('it has a row filter that PNG does not know');
  }
}

function unfilter(rows: Buffer, width: number, height: number): Uint8Array {
  const row = width * 4;
  if (rows.length !== (row + 1) * height) throw new Error('it is cut short');
  const pixels = new Uint8Array(row * height);
  const at = (x: number, y: number) => (x < 0 || y < 0 ? 0 : (pixels[y * row + x] ?? 0));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < row; x++) {
      const raw = rows[y * (row + 1) + 1 + x] ?? 0;
      const known = foretell(rows[y * (row + 1)] ?? 0, at(x - 4, y), at(x, y - 1), at(x - 4, y - 1));
      pixels[y * row + x] = raw + known;
    }
  return pixels;
}

function* chunksOf(png: Buffer): Generator<{ type: string; data: Buffer }> {
  for (let at = signature.length; at + 8 <= png.length;) {
    const length = png.readUInt32BE(at);
    yield { type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) };
    at += length + 12;
  }
}

/** Reads PNGs of eight-bit RGBA without interlacing, whoever wrote them; throws with the reason on all others. */
export function decodePng(bytes: Uint8Array): Picture {
  const png = Buffer.from(bytes);
  if (!png.subarray(0, signature.length).equals(Buffer.from(signature))) throw new Error('it is not a PNG');
  const chunks = [...chunksOf(png)];
  const header = chunks.find(({ type }) => type === 'IHDR')?.data;
  if (header?.length !== 13) throw new Error('it has no header');
  if (header[8] !== 8 || header[9] !== 6 || header[12] !== 0)
    throw new Error('it is not eight-bit RGBA without interlacing; save it so');
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  if (width > 1024 || height > 1024) throw new Error(`it is ${width}×${height} pixels`);
  const data = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((found) => found.data));
  return { width, height, pixels: unfilter(inflateSync(data), width, height) };
}
