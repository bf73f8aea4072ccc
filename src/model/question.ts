import type { Slots } from './action.ts';
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

/** An action with its options, or only a look at the device, as it is or as it went. */
export type Wish =
  | { readonly is: 'act'; readonly action: string; readonly options: unknown }
  | { readonly is: 'status' }
  | { readonly is: 'history'; readonly did?: Did | undefined };

/** One deed that is asked about: the action, which of its `past`, and what the words caught. */
export interface Did {
  readonly action: string;
  readonly past: number;
  readonly slots: Slots;
}
