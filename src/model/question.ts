import type { Device } from './device.ts';
import type { Instant, Person } from './person.ts';
import type { Place } from './place.ts';

/** Something the desk asked back because more than one device fits: the card with the devices to pick from. */
export interface Question {
  readonly id: string;
  readonly token: string;
  readonly asker: Person;
  readonly place: Place;
  /** What is wanted of the device, once picked. */
  readonly wish: Wish;
  readonly words: string;
  readonly origin: string;
  readonly ticket?: string | undefined;
  readonly candidates: readonly Device[];
  readonly askedAt: Instant;
  readonly expiresAt: Instant;
}

/** An action with its options, or only a look at the device. */
export type Wish =
  { readonly is: 'act'; readonly action: string; readonly options: unknown } | { readonly is: 'status' };
