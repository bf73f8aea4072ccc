import type { Picture } from '../png/picture.ts';
import { paint } from './paint.ts';
import type { Colour } from './paint.ts';
import { box, line, outlined, union, without } from './shapes.ts';

const white: Colour = [255, 255, 255];
const top: Colour = [75, 83, 188];
const bottom: Colour = [38, 44, 120];

const between = (down: number): Colour => {
  const [red, green, blue] = top.map((value, index) => value + ((bottom[index] ?? 0) - value) * down);
  return [red ?? 0, green ?? 0, blue ?? 0];
};

/** The mark is a laptop that has locked. Its symbol fills the middle 96 × 96, as Microsoft asks, because Teams cuts corners. */
export function colourIcon(): Picture {
  const everything = box(96, 96, 192, 192, 0);
  const screen = outlined(box(96, 90, 80, 60, 9), 7);
  const base = box(96, 128, 96, 10, 5);
  const padlock = union(box(96, 96, 28, 21, 4), without(outlined(box(96, 85, 20, 28, 10), 5), box(96, 103, 40, 20, 0)));
  const keyhole = union(box(96, 94, 6, 6, 3), line(96, 95, 96, 100, 3));
  return paint(
    192,
    [
      { shape: everything, colour: between },
      { shape: union(screen, base, without(padlock, keyhole)), colour: () => white },
    ],
    white,
  );
}

/** The same in white on nothing, drawn for its 32 pixels and not shrunk: lines on whole pixels stay sharp. */
export function outlineIcon(): Picture {
  const screen = outlined(box(16, 13, 24, 18, 3), 2);
  const base = box(16, 25, 30, 2, 1);
  const body = box(16, 15, 8, 6, 1);
  const shackle = without(outlined(box(16, 12, 6, 8, 3), 1.4), box(16, 16, 10, 6, 0));
  return paint(32, [{ shape: union(screen, base, body, shackle), colour: () => white }], white);
}
