/** Signed distance of a point from a shape's edge, negative inside. */
export type Shape = (x: number, y: number) => number;

/** A box around its middle, with round corners. */
export const box =
  (middleX: number, middleY: number, width: number, height: number, radius: number): Shape =>
  (x, y) => {
    const outX = Math.abs(x - middleX) - width / 2 + radius;
    const outY = Math.abs(y - middleY) - height / 2 + radius;
    return Math.hypot(Math.max(outX, 0), Math.max(outY, 0)) + Math.min(Math.max(outX, outY), 0) - radius;
  };

/** A line with round ends. */
export const line =
  (fromX: number, fromY: number, toX: number, toY: number, width: number): Shape =>
  (x, y) => {
    const [alongX, alongY] = [toX - fromX, toY - fromY];
    const part = ((x - fromX) * alongX + (y - fromY) * alongY) / (alongX ** 2 + alongY ** 2);
    const at = Math.min(Math.max(part, 0), 1);
    return Math.hypot(x - fromX - at * alongX, y - fromY - at * alongY) - width / 2;
  };

export const union =
  (...shapes: readonly Shape[]): Shape =>
  (x, y) =>
    Math.min(...shapes.map((shape) => shape(x, y)));

export const without =
  (shape: Shape, hole: Shape): Shape =>
  (x, y) =>
    Math.max(shape(x, y), -hole(x, y));

/** Only the edge of a shape, as wide as the pen, drawn to its inside. */
export const outlined =
  (shape: Shape, pen: number): Shape =>
  (x, y) => {
    const distance = shape(x, y);
    return Math.max(distance, -distance - pen);
  };
