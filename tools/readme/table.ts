const escaped = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A Markdown table; prettier would pad it by a width that differs from font to font. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
  const body = [line(heads), line(heads.map(() => '---')), ...rows.map(line)];
  return ['<!-- prettier-ignore -->', ...body].join('\n');
}

/** As it is, whatever it holds: devices may be called anything. */
export function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/gu)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return longest ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}
