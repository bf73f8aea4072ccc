import { isAlias, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, YAMLError } from 'yaml';
import { lineOf } from './lines.ts';
import type { Path } from './lines.ts';

/** Something that is wrong: where, and a sentence with its mend. */
export interface Fault {
  /** Undefined where it is about the file as a whole. */
  readonly line?: number | undefined;
  readonly what: string;
}

export type ReadYaml =
  | { readonly is: 'value'; readonly value: unknown; lineAt(path: Path): number }
  | { readonly is: 'faults'; readonly faults: readonly Fault[] };

/** Characters of the longest file that is read. */
export const longestFile = 200_000;

/** YAML 1.2 to plain data. What would only be warned of is a fault here: nobody reads warnings. Does not throw. */
export function readYaml(text: string): ReadYaml {
  if (text.length > longestFile) return only(`is longer than ${longestFile} characters. No policy takes as much.`);
  const lines = new LineCounter();
  try {
    const document: Document = parseDocument(text, { lineCounter: lines, schema: 'core', uniqueKeys: true });
    const broken = [...document.errors, ...document.warnings];
    if (broken.length > 0) return { is: 'faults', faults: firstOfEachLine(broken.map((error) => told(error, text))) };
    const lost = lostAliases(document, lines);
    if (lost.length > 0) return { is: 'faults', faults: lost };
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return { is: 'value', value, lineAt: (path) => lineOf(document, lines, path) };
  } catch (fault) {
    return only(
      /alias/iu.test(String(fault))
        ? 'repeats anchors (&) by aliases (*) too often. Write out what they stand for.'
        : 'cannot be read as YAML: it is nested too deeply. Write it like the example.',
    );
  }
}

/** One slip makes many errors; those that follow it on its line are of no use. */
const firstOfEachLine = (faults: readonly Fault[]): readonly Fault[] =>
  faults.filter(({ line }, index) => faults.findIndex((other) => other.line === line) === index);

const only = (what: string): ReadYaml => ({ is: 'faults', faults: [{ what }] });

/** https://eemeli.org/yaml/#errors */
function told({ code, message, linePos }: YAMLError, text: string): Fault {
  const line = linePos?.[0].line;
  const said = line === undefined ? '' : (text.split('\n')[line - 1] ?? '').trim().slice(0, 60);
  if (code === 'DUPLICATE_KEY') return { line, what: `“${said}” stands there a second time. Keep one of them.` };
  if (code === 'MULTIPLE_DOCS') return { line, what: 'begins a second document there. Write everything into one.' };
  const why = (message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/u, '');
  return { line, what: `is not YAML there: ${why}. Look at the indentation, colons and quotes of “${said}”.` };
}

function lostAliases(document: Document, lines: LineCounter): readonly Fault[] {
  const faults: Fault[] = [];
  visit(document, {
    Alias: (_key, node) => {
      if (isAlias(node) && !node.resolve(document))
        faults.push({
          line: lines.linePos(node.range?.[0] ?? 0).line,
          what: `*${node.source} stands for nothing: no &${node.source} is before it. Correct or remove it.`,
        });
    },
  });
  return faults;
}
