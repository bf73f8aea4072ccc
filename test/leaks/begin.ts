import { join } from 'node:path';
import { keepLedgers } from './ledger.ts';

/** Before the first test of a run. */
function begin(): void {
  keepLedgers(join(import.meta.dirname, '../../build/leaks', String(process.pid)));
}

// Jest wants it as the default.
export { begin as default };
