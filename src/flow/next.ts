import type { MessageRef } from '../model/place.ts';
import type { Content } from '../ports.ts';

/** What to show next, and what to note down once the message that shows it is known. */
export interface Next {
  readonly content: Content;
  readonly shown?: (message: MessageRef) => Promise<unknown>;
}
