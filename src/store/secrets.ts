import type { Instant } from '../model/person.ts';
import type { Along } from '../outboxPort.ts';
import type { Store } from '../storePort.ts';
import type { Backing } from './backing.ts';
import type { Sql } from './engine.ts';

/** Keeps what is sealed in place of what was; or throws it away. */
export async function keepSecret(
  sql: Sql,
  { operationId, sealed }: Required<Along>['secret'],
  at: Instant,
): Promise<void> {
  if (sealed === undefined) await sql.all('DELETE FROM secret WHERE operation_id = $1', [operationId]);
  else
    await sql.all(
      `INSERT INTO secret (operation_id, sealed, at) VALUES ($1, $2, $3)
       ON CONFLICT (operation_id) DO UPDATE SET sealed = excluded.sealed, at = excluded.at`,
      [operationId, sealed, at],
    );
}

/** What is kept sealed until its time is over. */
export const secretsOn = ({ engine }: Backing): Pick<Store, 'secretOf' | 'seals'> => ({
  async secretOf(operationId) {
    const [row] = await engine.read<{ sealed: string }>('SELECT sealed FROM secret WHERE operation_id = $1', [
      operationId,
    ]);
    return row?.sealed;
  },
  seals: () =>
    engine.read<{ seal: string; count: number }>(
      'SELECT SUBSTR(sealed, 1, 11) AS seal, COUNT(*) AS count FROM secret GROUP BY 1 ORDER BY 1',
      [],
    ),
});
