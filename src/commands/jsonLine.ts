/** JSON on a line of its own. Some readers, Node's among them, end lines also at U+2028 and U+2029, which JSON lets stand. */
export const jsonLine = (value: unknown): string =>
  `${JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}\n`;
