/** What is carried from one database to another: each column with its type, those that make up the key first. */
export interface Table {
  readonly name: string;
  /** How many columns make up the primary key. */
  readonly keys: number;
  readonly columns: readonly Column[];
}

export interface Column {
  readonly name: string;
  readonly type: 'TEXT' | 'BIGINT';
}

/** `+` before a name: a number. */
const columnsOf = (names: string): readonly Column[] =>
  names
    .split(' ')
    .map((name) => (name.startsWith('+') ? { name: name.slice(1), type: 'BIGINT' } : { name, type: 'TEXT' }));

/**
 * Every table, without what belongs to the old house alone: who holds which lease (`worker` and each `owner`: due
 * times stay), what was drawn in the present window (`budget`), and the schema's version, which is in the file's first line.
 */
export const tables: readonly Table[] = [
  {
    name: 'operation',
    keys: 1,
    columns: columnsOf('id +version tenant_id device_id asker_id state +asked_at +look_at +chore_at offer data'),
  },
  { name: 'heard', keys: 1, columns: columnsOf('origin +at') },
  { name: 'question', keys: 1, columns: columnsOf('id +expires_at data') },
  { name: 'place', keys: 1, columns: columnsOf('person_id data') },
  {
    name: 'lane',
    keys: 1,
    columns: columnsOf('id base +due_at +dead_at +last_number +calls +seen +used_at pace'),
  },
  { name: 'telling', keys: 2, columns: columnsOf('lane +number subject +wish +tries +since data') },
  {
    name: 'journal',
    keys: 2,
    columns: columnsOf('tenant_id +number +at operation_id device_id person_id event data hash'),
  },
  { name: 'chain', keys: 1, columns: columnsOf('tenant_id +number hash') },
];

export const columnNames = ({ columns }: Table): readonly string[] => columns.map(({ name }) => name);

export const carriedNames = (): string => tables.map(({ name }) => name).join(', ');
