/** Whether a text holds a PIN: not as part of a longer number, as which six digits may stand anywhere. */
export const holds = (text: string, pin: string): boolean =>
  new RegExp(`(?<![\\da-z])${pin}(?![\\da-z])`, 'iu').test(text);
