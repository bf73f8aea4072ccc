/**
 * Spreadsheets take a cell that begins like this for a formula, and do what it says; some of them after blanks, and with
 * the wide signs of East Asian keyboards, too.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
const formula = /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/u;

const cellOf = (value: string | number | undefined): string => {
  const text = String(value ?? '');
  const harmless = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

/**
 * A line of CSV with its end, harmless for spreadsheets.
 * @see RFC 4180
 */
export const csvLine = (cells: readonly (string | number | undefined)[]): string =>
  `${cells.map(cellOf).join(',')}\r\n`;
