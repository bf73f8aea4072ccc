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
