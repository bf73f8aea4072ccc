import { openServer } from '../../src/store/openPostgres.ts';
import { openStore } from '../../src/store/open.ts';
import { patience } from '../../src/store/patience.ts';
import { silent } from '../world.ts';
import { say } from './postgres.ts';
import { withPostgres } from './withPostgres.ts';

const brief = { ...patience, total: 100 };

/** What a person is told; never with the password in it. */
async function refusalOf(url: string): Promise<string> {
  const fault: unknown = await openServer(url, silent, brief).then(
    async (engine) => engine.close(),
    (why: unknown) => why,
  );
  expect(fault).toMatchObject({ name: 'StoreStartFault' });
  const { message } = fault as Error;
  expect(message).not.toMatch(/secret|right|wrong/u);
  return message;
}

test.each(['mysql://user:secret@host/db', 'postgres://user:secret@host:port/db', 'secret', 'host/db'])(
  '%s is no address',
  async (url) => {
    expect(await refusalOf(url)).toBe('DATABASE_URL has to look like postgres://user:password@host:5432/database.');
  },
);

test('a server that is not there is told', async () => {
  expect(await refusalOf('postgres://desk:secret@127.0.0.1:1/desk')).toBe(
    'PostgreSQL at 127.0.0.1:1 does not answer. Check DATABASE_URL, and whether the server runs and may be reached from here.',
  );
});

withPostgres((server) => {
  const at = (who: string, database = 'postgres') => `postgres://${who}@127.0.0.1:${server().port}/${database}`;

  test('a wrong password is told', async () => {
    expect(await refusalOf(at('locked:wrong'))).toBe(
      `PostgreSQL at 127.0.0.1:${server().port} refuses the password of locked. Correct it in DATABASE_URL.`,
    );
  });

  test('a database that is not there is told', async () => {
    expect(await refusalOf(at('desk:secret', 'nowhere'))).toContain('has no database nowhere. Create it, or');
  });

  test('a user who may not create tables is told', async () => {
    expect(await refusalOf(at('locked:right'))).toContain('locked may not create tables in the database postgres');
  });

  test('a read-only server is told', async () => {
    const url = `${await server().freshUrl()}%20-cdefault_transaction_read_only%3Don`;
    expect(await refusalOf(url)).toContain('is read-only. Point DATABASE_URL to the primary server.');
  });

  test('an encoding that cannot hold everybody’s name is told', async () => {
    await say(server().url, `CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);
    expect(await refusalOf(at('desk:secret', 'latin'))).toContain('keeps text as LATIN1');
  });

  test('a newer schema is told', async () => {
    const url = await server().freshUrl();
    await (await openStore({ is: 'postgres', url }, { now: Date.now }, silent)).close();
    await say(url, 'UPDATE schema_version SET version = 9');
    expect(await refusalOf(url)).toContain('newer Device Desk (its schema has version 9');
  });

  test('several who start at once on an empty database make one schema', async () => {
    const url = await server().freshUrl();
    const stores = await Promise.all(
      [1, 2, 3, 4].map(() => openStore({ is: 'postgres', url }, { now: Date.now }, silent)),
    );
    for (const store of stores) expect(await store.ready()).toBeUndefined();
    await Promise.all(stores.map((store) => store.close()));
  });
});
