import type { Picture } from '../png/picture.ts';
import type { Shape } from './shapes.ts';

export type Colour = readonly [red: number, green: number, blue: number];

/** A shape and its colour, which may change from top (0) to bottom (1). */
export interface Layer {
  readonly shape: Shape;
  readonly colour: (down: number) => Colour;
}

const samples = 8;

/** How much of a pixel the shape covers, from 0 to 1. */
function coverage(shape: Shape, x: number, y: number): number {
  const away = shape(x + 0.5, y + 0.5);
  if (Math.abs(away) > 1) return away < 0 ? 1 : 0; // No edge runs through this pixel.
  let inside = 0;
  for (let row = 0; row < samples; row++)
    for (let column = 0; column < samples; column++)
      if (shape(x + (column + 0.5) / samples, y + (row + 0.5) / samples) <= 0) inside++;
  return inside / samples ** 2;
}

/** Layers over each other on nothing; a pixel's colour is never darkened by the nothing behind it. */
export function paint(size: number, layers: readonly Layer[], ground: Colour): Picture {
  const pixels = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      let colour: readonly number[] = ground;
      let opacity = 0;
      for (const { shape, colour: colourAt } of layers) {
        const cover = coverage(shape, x, y);
        const own = opacity === 0 && cover > 0 ? 1 : cover;
        const over = colourAt(y / (size - 1));
        colour = colour.map((value, index) => value + ((over[index] ?? 0) - value) * own);
        opacity += (1 - opacity) * cover;
      }
      pixels.set([...colour.map(Math.round), Math.round(opacity * 255)], (y * size + x) * 4);
    }
  return { width: size, height: size, pixels };
}
