/** What is carried from one database to another: each column with its type, those that make up the key first. */
export interface Table {
  readonly name: string;
  /** How many columns make up the primary key. */
  readonly keys: number;
  readonly columns: readonly Column[];
  /** The version of the schema that brought it. */
  readonly since: number;
}

export interface Column {
  readonly name: string;
  readonly type: 'TEXT' | 'BIGINT';
  readonly since: number;
}

/** `+` before a name: a number. */
const columnsOf = (names: string, since: number): readonly Column[] =>
  names
    .split(' ')
    .map((name) =>
      name.startsWith('+') ? { name: name.slice(1), type: 'BIGINT', since } : { name, type: 'TEXT', since },
    );

const table = (name: string, keys: number, names: string, since = 1): Table => ({
  name,
  keys,
  columns: columnsOf(names, since),
  since,
});

/** The same with columns that came later. */
const grown = (before: Table, names: string, since: number): Table => ({
  ...before,
  columns: [...before.columns, ...columnsOf(names, since)],
});

/**
 * Every table, without what belongs to the old house alone: who holds which lease (`worker` and each `owner`: due
 * times stay), what was drawn in the present window (`budget`), and the schema's version, which is in the file's first line.
 */
export const tables: readonly Table[] = [
  grown(
    table('operation', 1, 'id +version tenant_id device_id asker_id state +asked_at +look_at +chore_at offer data'),
    'action +confirmed_at +ended_at ticket',
    2,
  ),
  table('heard', 1, 'origin +at'),
  table('question', 1, 'id +expires_at data'),
  table('place', 1, 'person_id data'),
  table('lane', 1, 'id base +due_at +dead_at +last_number +calls +seen +used_at pace'),
  table('telling', 2, 'lane +number subject +wish +tries +since data'),
  table('secret', 1, 'operation_id sealed +at', 2),
  table('subscription', 1, 'id base +next_at +due_at +at data', 2),
  table('notice', 2, 'base about +wish +due card drawn +at +used_at', 2),
  table('elsewhere', 1, 'id device_id +at state data', 2),
  table('journal', 2, 'tenant_id +number +at operation_id device_id person_id event data hash'),
  table('chain', 1, 'tenant_id +number hash'),
];

/** What of them was there in this version of the schema. */
export const tablesIn = (schema: number): readonly Table[] =>
  tables
    .filter(({ since }) => since <= schema)
    .map((each) => ({ ...each, columns: each.columns.filter(({ since }) => since <= schema) }));

export const columnNames = ({ columns }: Table): readonly string[] => columns.map(({ name }) => name);

export const carriedNames = (): string => tables.map(({ name }) => name).join(', ');
