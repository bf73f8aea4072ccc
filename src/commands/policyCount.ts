import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '../model/person.ts';
import { confirmedSince } from '../store/ceilings.ts';
import type { Confirmed } from '../storePort.ts';
import { CommandFault } from './fault.ts';
import { whereIs } from './where.ts';
import { withEngine } from './withEngine.ts';

/** What this person confirmed since then, as the bot's store has it; a text says why it cannot be told. */
export async function countConfirmed(personId: string, since: Instant): Promise<readonly Confirmed[] | string> {
  const where = whereIs(process.env);
  // Whoever only asks must not make a store.
  if (where.is === 'sqlite' && !existsSync(join(where.folder, 'desk.db'))) return [];
  try {
    return await withEngine((engine) => confirmedSince(engine, personId, since));
  } catch (fault) {
    if (fault instanceof CommandFault) return fault.message;
    return fault instanceof Error ? fault.message : String(fault);
  }
}
