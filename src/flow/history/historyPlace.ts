import { z } from 'zod';
import type { Before } from '../../storePort.ts';
import type { HistoryFilter } from './findHistory.ts';

/** Where a reader is in a history: what it is about, and where each page began that they have turned to. */
export interface HistoryPlace {
  readonly filter: HistoryFilter;
  /** Empty on the newest page. */
  readonly trail: readonly Before[];
}

/** A longer one would outgrow its card; then "newer" leads back to the newest page sooner. */
export const longestTrail = 6;
const id = z.string().max(200).optional();

const shape = z.object({
  filter: z.object({
    deviceId: id,
    personId: id,
    ticket: id,
    did: z
      .object({
        action: z.string().max(200),
        past: z.number().int().nonnegative(),
        slots: z.record(z.string().max(50), z.string().max(300)),
      })
      .optional(),
  }),
  trail: z.array(z.tuple([z.number(), z.string().max(200)])).max(longestTrail),
});

/** As a button carries it. */
export function writePlace({ filter, trail }: HistoryPlace): string {
  const short = trail.slice(-longestTrail).map(({ askedAt, id: last }) => [askedAt, last]);
  return Buffer.from(JSON.stringify({ filter, trail: short })).toString('base64url');
}

/** Undefined for anything that no button of ours carries. Whether the reader may read it is asked elsewhere. */
export function readPlace(written: unknown): HistoryPlace | undefined {
  if (typeof written !== 'string') return undefined;
  try {
    const { filter, trail } = shape.parse(JSON.parse(Buffer.from(written, 'base64url').toString()));
    return { filter, trail: trail.map(([askedAt, last]) => ({ askedAt, id: last })) };
  } catch {
    return undefined;
  }
}
