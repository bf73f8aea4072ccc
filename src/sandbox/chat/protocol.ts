/**
 * The few shapes of the Bot Framework protocol that the chat window speaks. Field names are those of the Activity
 * schema (https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference).
 */
export type Json = Record<string, unknown>;

export interface ChannelAccount {
  id: string;
  name?: string;
  aadObjectId?: string;
}

export interface Mention {
  type: 'mention';
  mentioned: ChannelAccount;
  /** Exactly as it stands in the text: `<at>Name</at>`. */
  text: string;
}

export interface Attachment {
  contentType: string;
  content?: unknown;
}

export interface Activity extends Json {
  type: string;
  id?: string;
  text?: string;
  textFormat?: string;
  attachments?: Attachment[];
  entities?: Json[];
}

export const adaptiveCardType = 'application/vnd.microsoft.card.adaptive';

/** What the bot's endpoint said to one POST. */
export interface BotAnswer {
  /** Id of the activity that was posted; differs between two deliveries when a retry came with a new id. */
  activityId: string;
  /** HTTP status; absent when no answer came. */
  status?: number;
  /** Parsed JSON, or the text where it was none. */
  body?: unknown;
  /** Why no answer came, in words. */
  error?: string;
}

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
