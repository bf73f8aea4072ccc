/**
 * Bytes of JSON per message that Teams surely takes. 100 KB are documented ("Format your bot messages"), users report
 * refusals from 28 KB on.
 */
export const largestMessage = 28 * 1024;

/** Milliseconds that a write to Graph may take, its token included; then its answer counts as lost. */
export const longestSend = 30_000;

/** Bytes of one card: what is left of a message besides addresses and the line for notifications. */
export const largestCard = largestMessage - 1_536;
