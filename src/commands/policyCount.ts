import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '../model/person.ts';
import { CommandFault } from './fault.ts';
import { whereIs } from './where.ts';
import { withEngine } from './withEngine.ts';

interface Confirmed {
  readonly action: string;
  readonly at: Instant;
}

/** What this person confirmed since then, as the bot's store has it; a text says why it cannot be told. */
export async function countConfirmed(personId: string, since: Instant): Promise<readonly Confirmed[] | string> {
  const where = whereIs(process.env);
  // Whoever only asks must not make a store.
  if (where.is === 'sqlite' && !existsSync(join(where.folder, 'desk.db'))) return [];
  try {
    return await withEngine((engine) =>
      engine.read<Confirmed>(
        'SELECT action, confirmed_at AS at FROM operation WHERE asker_id = $1 AND confirmed_at >= $2',
        [personId, since],
      ),
    );
  } catch (fault) {
    if (fault instanceof CommandFault) return fault.message;
    return fault instanceof Error ? fault.message : String(fault);
  }
}
