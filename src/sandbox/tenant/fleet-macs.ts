import { device } from './device.ts';
import { answerFates as answer } from './fates-of-answers.ts';
import { lockFates as lock } from './fates-of-locks.ts';

const weeks = 7 * 24 * 60;
const sixtyCharacters = "Marketing's shared MacBook Pro for the studio on the 3rd flr";

/** The Macs; their names tell nothing. */
export const macs = [
  device('MBP-042', 'mac', 'adele', 'C02XK1ABJG5H', lock.locks),
  device('MBP-043', 'mac', 'diego', 'C02XK2CDJG5J', lock.fails),
  device('MBP-044', 'mac', 'grady', 'C02XK3EFJG5K', lock.canceled),
  device('MBP-045', 'mac', 'henrietta', 'C02XK4GHJG5L', lock.silent, {
    lastSeenMinutes: 5 * weeks,
    complianceState: 'noncompliant',
  }),
  device('MBP-046', 'mac', 'joni', 'C02XK5JKJG5M', lock.neverAppears),
  device('MBP-047', 'mac', 'lee', 'C02XK6LMJG5N', answer.lostButExecuted),
  device('MBP-048', 'mac', 'miriam', 'C02XK7NPJG5P', answer.lostNotExecuted),
  device('MBP-049', 'mac', 'nestor', 'C02XK8QRJG5Q', lock.unusedPin),
  device('MBP-050', 'mac', 'pradeep', 'C02XK9STJG5R', lock.twinThatLocks),
  device('MBP-050', 'mac', 'johanna', 'C02XL1UVJG5S', lock.twinThatFails, { complianceState: 'inGracePeriod' }),
  device('MBP-051', 'mac', 'debra', 'C02XL2WXJG5T', lock.pendingFromElsewhere),
  device('MBP-052', 'mac', 'christie', 'C02XL3YZJG5U', answer.slow),
  device('MBP-053', 'mac', 'allan', 'C02XL4ABJG5V', answer.error500),
  device('MBP-054', 'mac', 'emily', 'C02XL5CDJG5W', lock.vanishes),
  device('MBP-055', 'mac', 'lynne', 'C02XL6EFJG5X', lock.documentationForm),
  device("Adele's Mac", 'mac', 'adele', 'C02XL7GHJG5Y', lock.locks),
  device(sixtyCharacters, 'mac', 'zoe', 'C02XL8JKJG5Z', lock.lockedBefore),
];
