import { decodePng } from '../png/decode.ts';
import type { Picture } from '../png/picture.ts';
import type { Files } from './zip.ts';

const pixelsOf = ({ pixels }: Picture) =>
  Array.from({ length: pixels.length / 4 }, (_none, index) => pixels.subarray(index * 4, index * 4 + 4));
const isClear = (pixel: Uint8Array) => pixel[3] === 0;
const isWhite = ([red, green, blue]: Uint8Array) => red === 255 && green === 255 && blue === 255;

function colourFaults(picture: Picture): string[] {
  return pixelsOf(picture).some((pixel) => pixel[3] !== 255) ? ['must be opaque everywhere'] : [];
}

function outlineFaults(picture: Picture): string[] {
  const pixels = pixelsOf(picture);
  const coloured = pixels.some((pixel) => !isClear(pixel) && !isWhite(pixel));
  return [
    ...(coloured ? ['may hold only white and transparent pixels'] : []),
    ...(pixels.some(isClear) ? [] : ['must be transparent around its mark']),
    ...(pixels.every(isClear) ? ['is empty'] : []),
  ];
}

const rules = [
  { file: 'color.png', size: 192, own: colourFaults },
  { file: 'outline.png', size: 32, own: outlineFaults },
];

/** What Microsoft asks of the icons' pixels, which no manifest schema knows. */
export function iconFaults(files: Files): string[] {
  return rules.flatMap(({ file, size, own }) => {
    const bytes = files[file];
    if (!bytes) return [];
    try {
      const picture = decodePng(bytes);
      if (picture.width !== size || picture.height !== size)
        return [`${file} is ${picture.width}×${picture.height} pixels; Teams asks for ${size}×${size}.`];
      return own(picture).map((fault) => `${file} ${fault}.`);
    } catch (error) {
      return [`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`];
    }
  });
}
