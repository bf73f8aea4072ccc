import type { Read } from '../../src/commands/entries.ts';
import { flawOfHead, headsOf } from '../../src/commands/heads.ts';
import { verifyJournal } from '../../src/commands/verify.ts';
import type { Verified, Whole } from '../../src/commands/verify.ts';
import { linkOf } from '../../src/store/chain.ts';
import type { Engine } from '../../src/store/engine.ts';
import { noon } from '../world.ts';
import { emptyEngine, entries, minute, storeOf } from './stores.ts';

let engine: Engine;
const read: Read = (text, values) => engine.read(text, values);
const verified = async () => {
  const all: Verified[] = [];
  for await (const one of verifyJournal(read)) all.push(one);
  return all;
};
const wholes = async () => (await verified()).filter((one): one is Whole => one.is === 'whole');
/** As somebody does who has the database, and knows of the triggers. */
const damage = (...statements: readonly string[]) =>
  engine.transaction(async (sql) => {
    for (const name of ['update', 'delete']) await sql.all(`DROP TRIGGER IF EXISTS journal_no_${name}`);
    for (const statement of statements) await sql.all(statement);
  });
const ofA = `tenant_id = 'tenant-a'`;

beforeEach(async () => {
  engine = await emptyEngine();
  for (const entry of entries(20)) await storeOf(engine).journal(entry);
});
afterEach(() => engine.close());

test('a journal that nobody touched is whole, tenant by tenant', async () => {
  expect(await verified()).toEqual([
    {
      is: 'whole',
      tenantId: 'tenant-a',
      first: noon,
      last: noon + 18 * minute,
      head: { number: 10, hash: expect.stringMatching(/^[\da-f]{64}$/u) },
    },
    expect.objectContaining({ is: 'whole', tenantId: 'tenant-b', first: noon + minute, last: noon + 19 * minute }),
  ]);
});

test('an empty one has no tenants', async () => {
  const empty = await emptyEngine();
  const all = [];
  for await (const one of verifyJournal((text, values) => empty.read(text, values))) all.push(one);
  expect(all).toEqual([]);
});

test('it is walked page by page', async () => {
  for (let from = 20; from < 2_600; from += 2) await storeOf(engine).journal(entries(1, from)[0]!);
  expect((await wholes()).map(({ head }) => head.number)).toEqual([1_300, 10]);
  await damage(`UPDATE journal SET event = 'other' WHERE ${ofA} AND number = 1001`);
  expect((await verified())[0]).toMatchObject({
    why: 'the column event of entry 1001 does not say what the entry says',
  });
});

test('an id with a character that no database keeps is not taken for a change', async () => {
  await storeOf(engine).journal({ ...entries(1)[0]!, personId: 'a\0b' });
  expect(await wholes()).toHaveLength(2);
});

const changed = `the entry was changed, or something before it was`;
const swap = (one: number, other: number) => [
  `UPDATE journal SET number = -1 WHERE ${ofA} AND number = ${one}`,
  `UPDATE journal SET number = ${one} WHERE ${ofA} AND number = ${other}`,
  `UPDATE journal SET number = ${other} WHERE ${ofA} AND number = -1`,
];
const insertAt = (number: number, hash: string) => `INSERT INTO journal
  SELECT tenant_id, ${number}, at, operation_id, device_id, person_id, event, data, '${hash}' FROM journal
  WHERE ${ofA} AND number = 1`;

test.each<[string, readonly string[], string]>([
  [
    'a changed entry',
    [`UPDATE journal SET data = REPLACE(data, 'event-6', 'event-x'), event = 'event-x' WHERE ${ofA} AND number = 4`],
    `the hash of entry 4 does not fit: ${changed}`,
  ],
  [
    'JSON that is none',
    [`UPDATE journal SET data = '{' WHERE ${ofA} AND number = 4`],
    'entry 4 holds nothing that can be read',
  ],
  [
    'JSON that is no entry',
    [`UPDATE journal SET data = '7' WHERE ${ofA} AND number = 4`],
    'entry 4 holds nothing that can be read',
  ],
  ['a removed entry', [`DELETE FROM journal WHERE ${ofA} AND number = 4`], 'entry 4 is missing: after 3 comes 5'],
  [
    'a removed beginning',
    [`DELETE FROM journal WHERE ${ofA} AND number < 4`],
    'entry 1 is missing: the first one is 4',
  ],
  [
    'a removed entry whose gap was closed',
    [
      `DELETE FROM journal WHERE ${ofA} AND number = 4`,
      `UPDATE journal SET number = -number WHERE ${ofA} AND number > 4`,
      `UPDATE journal SET number = -number - 1 WHERE ${ofA} AND number < 0`,
      `UPDATE chain SET number = 9 WHERE ${ofA}`,
    ],
    `the hash of entry 4 does not fit: ${changed}`,
  ],
  ['swapped entries', swap(4, 5), `the hash of entry 4 does not fit: ${changed}`],
  ['swapped first entries', swap(1, 2), `the hash of entry 1 does not fit: ${changed}`],
  [
    'an inserted entry',
    [
      `UPDATE journal SET number = -number WHERE ${ofA} AND number > 4`,
      `UPDATE journal SET number = -number + 1 WHERE ${ofA} AND number < 0`,
      insertAt(5, 'f'.repeat(64)),
      `UPDATE chain SET number = 11 WHERE ${ofA}`,
    ],
    `the hash of entry 5 does not fit: ${changed}`,
  ],
  ['an entry before the first', [insertAt(0, '')], 'an entry has the number 0, where 1 was to come'],
  ['an entry after the last', [insertAt(11, 'f'.repeat(64))], `the hash of entry 11 does not fit: ${changed}`],
  [
    'a changed hash',
    [`UPDATE journal SET hash = '${'0'.repeat(64)}' WHERE ${ofA} AND number = 4`],
    `the hash of entry 4 does not fit: ${changed}`,
  ],
  [
    'an end cut off',
    [`DELETE FROM journal WHERE ${ofA} AND number > 7`],
    'the head of the chain is at entry 10, but the newest entry is 7: the end was cut off',
  ],
  [
    'everything removed',
    [`DELETE FROM journal WHERE ${ofA}`],
    'the head of the chain is at entry 10, but the newest entry is 0: the end was cut off',
  ],
  [
    'a head set back',
    [`UPDATE chain SET number = 7 WHERE ${ofA}`],
    'the head of the chain is at entry 7, but entries go on to 10',
  ],
  [
    'a head with another hash',
    [`UPDATE chain SET hash = 'x' WHERE ${ofA}`],
    'the head of the chain has another hash than entry 10',
  ],
  ['no head', [`DELETE FROM chain WHERE ${ofA}`], 'the head of the chain is missing'],
  ...['tenant_id', 'at', 'operation_id', 'device_id', 'person_id', 'event'].map(
    (column): [string, string[], string] => [
      `a changed column ${column}`,
      [
        ...(column === 'tenant_id'
          ? [
              `DELETE FROM journal WHERE ${ofA}`,
              `DELETE FROM chain WHERE ${ofA}`,
              `UPDATE journal SET tenant_id = 'tenant-a'`,
              `UPDATE chain SET tenant_id = 'tenant-a'`,
            ]
          : [`UPDATE journal SET ${column} = ${column === 'at' ? '7' : `'x'`} WHERE ${ofA} AND number = 4`]),
      ],
      `the column ${column} of entry ${column === 'tenant_id' ? 1 : 4} does not say what the entry says`,
    ],
  ),
  [
    'a column made empty',
    [`UPDATE journal SET device_id = NULL WHERE ${ofA} AND number = 4`],
    'the column device_id of entry 4 does not say what the entry says',
  ],
])('%s is found', async (_what, statements, why) => {
  await damage(...statements);
  expect((await verified())[0]).toEqual({ is: 'broken', tenantId: 'tenant-a', why });
});

/** Without the key that forbids it. */
const twice = (number: number) => [
  'CREATE TABLE other AS SELECT * FROM journal',
  'DROP TABLE journal',
  'ALTER TABLE other RENAME TO journal',
  `INSERT INTO journal SELECT * FROM journal WHERE ${ofA} AND number = ${number}`,
];

test('two entries with the same number are found', async () => {
  await damage(...twice(4));
  expect((await verified())[0]).toMatchObject({ why: 'an entry has the number 4, where 5 was to come' });
});

test('two entries with the same number are found where one page ends and the next begins', async () => {
  for (let from = 20; from < 2_600; from += 2) await storeOf(engine).journal(entries(1, from)[0]!);
  await damage(...twice(1_000));
  expect((await verified())[0]).toMatchObject({ why: 'there are 1301 entries, but 1300 numbers' });
});

test('what is wrong with one tenant does not hide how another stands', async () => {
  await damage(`DELETE FROM journal WHERE ${ofA} AND number = 4`);
  expect((await verified()).map(({ is }) => is)).toEqual(['broken', 'whole']);
});

describe('A head that was kept', () => {
  const kept = async () => (await wholes())[0]!.head;
  const flaw = async (head: Awaited<ReturnType<typeof kept>>) => flawOfHead(read, await wholes(), head);

  test('stands, also when the journal has gone on', async () => {
    const [a, b] = await wholes();
    for (const entry of entries(4, 20)) await storeOf(engine).journal(entry);
    expect(await flaw(a!.head)).toBeUndefined();
    expect(await flaw(b!.head)).toBeUndefined();
  });

  test('tells of an end that was cut off cleanly', async () => {
    const head = await kept();
    await damage(
      `DELETE FROM journal WHERE ${ofA} AND number > 7`,
      `UPDATE chain SET number = 7, hash = (SELECT hash FROM journal WHERE ${ofA} AND number = 7) WHERE ${ofA}`,
    );
    expect(await wholes()).toHaveLength(2);
    expect(await flaw(head)).toContain('tenant tenant-a ends at entry 7: the end was cut off');
  });

  test('tells of a journal that was written anew', async () => {
    const head = await kept();
    let hash = '';
    const anew = entries(20)
      .filter(({ tenantId }) => tenantId === 'tenant-a')
      .map((entry) => ({ ...entry, note: '' }))
      .map((entry, index) => {
        hash = linkOf(hash, index + 1, entry);
        return `UPDATE journal SET data = '${JSON.stringify(entry)}', hash = '${hash}' WHERE ${ofA} AND number = ${index + 1}`;
      });
    await damage(...anew, `UPDATE chain SET hash = '${hash}' WHERE ${ofA}`);
    expect(await wholes()).toHaveLength(2);
    expect(await flaw(head)).toContain(`tenant tenant-a has the hash ${hash} there: it was written anew`);
  });

  test('tells of a journal that is gone', async () => {
    const head = await kept();
    await damage('DELETE FROM journal', 'DELETE FROM chain');
    expect(await flaw(head)).toContain('there are no entries at all');
  });

  test.each(['', '10', `0:${'a'.repeat(64)}`, `10:${'a'.repeat(63)}`, `10:${'g'.repeat(64)}`, `x:${'a'.repeat(64)}`])(
    'has a form: not “%s”',
    (text) => {
      expect(() => headsOf([text])).toThrow('--head must be what verify printed');
    },
  );
});
