import { csvLine } from './csv.ts';
import { numbersOf, pagesOf, tenantsOf } from './entries.ts';
import type { JournalRow, Read, Span } from './entries.ts';
import { notDone, notWhole } from './fault.ts';
import { entryOf } from './flaw.ts';
import { jsonLine } from './jsonLine.ts';
import { checkIsNew, writeFile, writeOut } from './sink.ts';
import { iso, timeOf } from './times.ts';
import { withEngine } from './withEngine.ts';
import { single } from './words.ts';
import type { Command } from './words.ts';

const names = 'number tenant time event person operation device action ticket as note hash'.split(' ');

type Line = Readonly<Record<string, string | number | undefined>>;

function lineOf(row: JournalRow): Line {
  const entry = entryOf(row);
  if (!entry)
    throw notWhole(
      `Entry ${row.number} of tenant ${row.tenant_id} cannot be read. npm run journal -- verify says more.`,
    );
  const { tenantId: tenant, event, personId: person, operationId: operation, deviceId: device, ...rest } = entry;
  const { action, ticket, as, note } = rest;
  const { number, hash } = row;
  return { number, tenant, time: iso(entry.at), event, person, operation, device, action, ticket, as, note, hash };
}

interface Format {
  readonly beginning: string;
  line(line: Line): string;
}

const formats: Readonly<Record<string, Format>> = {
  jsonl: { beginning: '', line: jsonLine },
  csv: { beginning: csvLine(names), line: (line) => csvLine(names.map((name) => line[name])) },
};

function formatOf(name = 'jsonl'): Format {
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (!format) throw notDone(`--format must be ${Object.keys(formats).join(' or ')}.`);
  return format;
}

/** The journal as text, page by page: tenant by tenant, each in the order in which it was written. */
export async function* journalText(read: Read, span: Span, { beginning, line }: Format): AsyncGenerator<string> {
  const { from = -Infinity, to = Infinity } = span;
  if (beginning) yield beginning;
  for (const tenantId of await tenantsOf(read)) {
    const numbers = await numbersOf(read, tenantId, span);
    // Clocks differ: in between there may be entries of other times.
    for await (const rows of numbers ? pagesOf(read, tenantId, numbers) : [])
      yield rows
        .filter(({ at }) => at >= from && at < to)
        .map((row) => line(lineOf(row)))
        .join('');
  }
}

export const exportJournal: Command = {
  help: `npm run --silent journal -- export [--from <time>] [--to <time>] [--format jsonl|csv] [--out <file>]
  Writes the entries of that time (from it on, and before the other) as JSON lines or as CSV, to a new file or to
  stdout. Times are in ISO form: 2026-03-01, or 2026-03-01T09:30:00Z. Without --silent, npm writes to stdout, too.`,
  options: ['from', 'to', 'format', 'out'],
  run: async (values) => {
    const format = formatOf(single(values, 'format'));
    const [from, to] = [timeOf('from', single(values, 'from')), timeOf('to', single(values, 'to'))];
    if (from !== undefined && to !== undefined && from >= to) throw notDone('--from must be before --to.');
    const out = single(values, 'out');
    if (out !== undefined) checkIsNew(out);
    await withEngine(async (engine) => {
      const text = journalText((sql, given) => engine.read(sql, given), { from, to }, format);
      await (out === undefined ? writeOut(text) : writeFile(out, text));
    });
  },
};
