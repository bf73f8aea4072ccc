/**
 * Bytes of JSON per message that Teams surely takes. 100 KB are documented ("Format your bot messages"), users report
 * refusals from 28 KB on.
 */
export const largestMessage = 28 * 1024;

/** Bytes of one card: what is left of a message besides addresses and the line for notifications. */
export const largestCard = largestMessage - 1_536;
