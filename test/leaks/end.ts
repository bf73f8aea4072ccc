import { rmSync } from 'node:fs';
import { leaksIn, linesIn } from './ledger.ts';

/** After the last test of a run. Throws when a PIN was found where none may be; then the ledgers stay for a look. */
function end(): void {
  const folder = process.env['LEAKS_DIR'] ?? '';
  const leaks = leaksIn(linesIn(folder));
  if (leaks.length > 0) throw new Error(`unlock PINs have leaked, see ${folder}:\n${leaks.join('\n')}`);
  rmSync(folder, { recursive: true, force: true });
}

// Jest wants it as the default.
export { end as default };
