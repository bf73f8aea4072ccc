/** Milliseconds since the epoch, UTC. Every time inside the house has this form; text is made at the edges. */
export type Instant = number;

/**
 * Who speaks or clicks. Only `id` and `tenantId` identify: names and addresses are for reading and may change hands.
 */
export interface Person {
  /** Entra object id. */
  readonly id: string;
  /** Entra tenant id. */
  readonly tenantId: string;
  /** Display name, as the chat gave it. Foreign text. */
  readonly name: string;
  /** The id by which the chat addresses this person (Teams: the MRI, `29:…`); differs from bot to bot. */
  readonly chatId: string;
}
