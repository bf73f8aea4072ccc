import type { Catalogue } from '../catalogue.ts';
import type { Heard } from '../doors.ts';
import type { Place } from '../model/place.ts';
import type { Role } from '../model/policy.ts';
import type { Next } from './next.ts';
import type { World } from './world.ts';

/** Something that can be said to the desk beside actions on devices: `subscriptions`, `what may I do?`. */
export interface Talk<Meant = unknown> {
  /** One line for help. */
  readonly summary: string;
  /** Examples for help. */
  readonly examples: readonly string[];
  /** Its entry in the list that Teams shows above the compose box; a click there says the title. */
  readonly command?: { readonly title: string; readonly description: string };
  /** Whether it is of any use there to somebody with these roles; left out: to everybody who has one. */
  isFor?(roles: readonly Role[], place: Place): boolean;
  /** What is meant by these words; undefined: something else. Pure. */
  read(said: Said, catalogue: Catalogue): Meant | undefined;
  /** Heading under which everything about it is told. */
  heading(meant: Meant): string;
  /** Whoever asks has a role; what more it takes is checked here. Throws `GraphFault`. */
  answer(world: World, heard: Heard, meant: Meant): Promise<Next | undefined>;
}

/** What was said: trimmed, not longer than a command, without a full stop at its end. */
export interface Said {
  readonly text: string;
  readonly mentions: Heard['mentions'];
  /** The ticket that was named with it. */
  readonly ticket?: string | undefined;
}

/** Ties the type of what is meant to the page and lets it go, so that talks are a plain list. */
export const defineTalk = <Meant>(talk: Talk<Meant>): Talk => talk as unknown as Talk;
