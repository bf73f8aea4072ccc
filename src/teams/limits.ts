/*
 * What Teams allows, as data, from "Optimize your bot: rate limiting and best practices in Teams", revision of
 * 2026-10-08: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit. Windows in milliseconds. An
 * edit is taken for a message, which that page leaves open.
 */

/** Messages of one bot in one conversation thread; each holds in every window of its length. */
export const conversationRates: readonly { readonly limit: number; readonly window: number }[] = [
  { limit: 7, window: 1_000 },
  { limit: 8, window: 2_000 },
  { limit: 60, window: 30_000 },
  { limit: 1_800, window: 3_600_000 },
];

/**
 * All calls of one app in one tenant: 50 in any second. Counted in fixed windows of 250 ms with 8 each: no second touches
 * more than five of them, so never more than 40 messages fall into one. The rest is for what is said besides them: a
 * second call where a message was gone or too large, a chat that is opened, a secret.
 */
export const tenantRate = { limit: 8, window: 250 } as const;

/** What we hear from one person, and in one conversation, in any `window` milliseconds. */
export interface InboundRates {
  readonly window: number;
  readonly messages: number;
  readonly clicks: number;
  /** What clients do by themselves: every card in view asks once for each change of it. */
  readonly refreshes: number;
  /** Messages of everybody in one conversation. */
  readonly conversation: number;
}

/**
 * Twice what a hurried person can do who pastes commands and clicks the cards as they come, and far below what would use
 * up the reads that Graph allows a tenant. One person alone never fills a conversation.
 */
export const inboundRates: InboundRates = {
  window: 60_000,
  messages: 60,
  clicks: 120,
  refreshes: 600,
  conversation: 300,
};

/** On this machine alone there is nobody to guard against; rehearsals and tests are quicker than people. */
export const rehearsalRates: InboundRates = {
  window: 60_000,
  messages: 600,
  clicks: 1_200,
  refreshes: 6_000,
  conversation: 3_000,
};
