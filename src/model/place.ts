/** Where something was said, with all that is needed to speak there again. */
export interface Place {
  readonly kind: 'personal' | 'groupChat' | 'channel';
  /** Full conversation id; in a channel it carries the thread (`19:…@thread.tacv2;messageid=…`). */
  readonly id: string;
  readonly tenantId: string;
  /** Of a channel: the chat's id of its team, where that is known. */
  readonly teamId?: string | undefined;
  /**
   * Base URL of the connector that serves this conversation, as the activity told it that this place was learnt from; of
   * people's own chats and of subscriptions, the newest one is kept.
   */
  readonly serviceUrl: string;
  /** The bot's own account in this conversation. */
  readonly bot: { readonly id: string; readonly name: string };
}

/** One message of ours, so that it can be updated. */
export interface MessageRef {
  readonly place: Place;
  /** Activity id. */
  readonly id: string;
}
