import type { Question } from '../model/question.ts';
import type { Telling } from '../outboxPort.ts';
import type { Store } from '../storePort.ts';
import type { Backing } from './backing.ts';
import type { Sql } from './engine.ts';
import { hear } from './heard.ts';
import { queue } from './queue.ts';
import type { Upkeep } from './upkeep.ts';

async function askIn(sql: Sql, question: Question, tell: readonly Telling[]): Promise<boolean> {
  if (!(await hear(sql, question.origin, question.askedAt))) return false;
  await sql.all(
    `DELETE FROM question WHERE id IN
       (SELECT id FROM question WHERE expires_at <= $1 /*pg:FOR UPDATE SKIP LOCKED*/)`,
    [question.askedAt],
  );
  const rows = await sql.all(
    'INSERT INTO question (id, expires_at, data) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id',
    [question.id, question.expiresAt, JSON.stringify(question)],
  );
  if (rows.length > 0) await queue(sql, tell, question.askedAt);
  return rows.length > 0;
}

type Questions = Pick<Store, 'ask' | 'question' | 'settle'>;

/** What the desk asked back. */
export const questionsOn = ({ engine }: Backing, upkeep: Upkeep): Questions => ({
  async ask(question, tell) {
    const asked = await engine.transaction((sql) => askIn(sql, question, tell));
    await upkeep.after(question.askedAt);
    return asked;
  },
  async question(id) {
    const [row] = await engine.read<{ data: string }>('SELECT data FROM question WHERE id = $1', [id]);
    return row && (JSON.parse(row.data) as Question);
  },
  settle: (id) =>
    engine.transaction(async (sql) => {
      const rows = await sql.all('DELETE FROM question WHERE id = $1 RETURNING id', [id]);
      return rows.length > 0;
    }),
});
