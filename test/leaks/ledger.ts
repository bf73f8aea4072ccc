import { appendFileSync, statSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/*
 * What a whole test run says, logs and remembers is looked through for PINs when the run is over. Each process writes a
 * ledger of its own: the PINs that a tenant handed out, and what could be one of them wherever none may be. A run that did
 * not ask for ledgers writes none.
 */

/** `suite`: the test file; a PIN and a number that look alike by chance are hardly ever of the same one. */
export type Line =
  | { readonly suite: string; readonly is: 'issued'; readonly pin: string }
  | {
      readonly suite: string;
      readonly is: 'said';
      readonly where: string;
      readonly number: string;
      readonly words: string;
    };

/** The folder of the run's ledgers, as the environment tells it, also to processes that a test starts. */
const variable = 'LEAKS_DIR';
const suiteVariable = 'LEAKS_SUITE';
const overhear = join(import.meta.dirname, 'overhear.ts');

/** Six digits that are no part of something longer. */
const numbers = /(?<![\da-z])\d{6}(?![\da-z])/giu;
/** A line break in JSON, also in JSON within JSON, is written with a letter, which would belong to the digits after it. */
const escapes = /\\+(?:u[\da-f]{4}|[bfnrt])/giu;

/** As a tenant hands it out, also within the text of a `$batch`. */
const handedOut = /unlockPin\\*"\s*:\s*\\*"(\d{6})\\*"/gu;

const suiteNow = (): string => {
  const running = (globalThis as { expect?: { getState(): { testPath?: string } } }).expect?.getState().testPath;
  return running ?? process.env[suiteVariable] ?? 'outside of all tests';
};

function write(lines: readonly Line[]): void {
  const folder = process.env[variable];
  if (!folder || lines.length === 0) return;
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, `${process.pid}.jsonl`), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

/** The PINs that stand in what a tenant answers. */
export function noteIssued(text: string): void {
  const suite = suiteNow();
  write([...text.matchAll(handedOut)].map(([, pin = '']) => ({ suite, is: 'issued', pin })));
}

/** Something in which no PIN may be. */
export function noteSaid(where: string, text: string): void {
  if (!process.env[variable]) return;
  const suite = suiteNow();
  write(
    [...text.replace(escapes, (escape) => ' '.repeat(escape.length)).matchAll(numbers)].map(({ 0: number, index }) => {
      const words = text.slice(Math.max(0, index - 60), index + 66);
      return { suite, is: 'said', where, number, words };
    }),
  );
}

/** The same of all files in a folder, at any depth; what the sandbox's tenant keeps for itself is left out. */
export function noteFiles(folder: string): void {
  if (!process.env[variable] || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    if (entry.isFile() && entry.name !== 'tenant.jsonl')
      noteSaid(`the file ${entry.name}`, readFileSync(join(entry.parentPath, entry.name), 'latin1'));
}

/** For a process of ours that a test starts: it keeps a ledger, too. */
export function ledgerEnvironment(): Readonly<Record<string, string>> {
  const folder = process.env[variable];
  if (!folder) return {};
  return { [variable]: folder, [suiteVariable]: suiteNow(), NODE_OPTIONS: `--import=${pathToFileURL(overhear).href}` };
}

/** From now on ledgers are kept in this folder. */
export const keepLedgers = (folder: string): void => void (process.env[variable] = folder);

export const linesIn = (folder: string): readonly Line[] =>
  statSync(folder, { throwIfNoEntry: false })
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.jsonl'))
        .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
        .map((line) => JSON.parse(line) as Line)
    : [];

/** Every PIN that was said where none may be, one line each. Pure. */
export function leaksIn(lines: readonly Line[]): readonly string[] {
  const issued = new Set(lines.flatMap((line) => (line.is === 'issued' ? [`${line.suite} ${line.pin}`] : [])));
  return lines.flatMap((line) =>
    line.is === 'said' && issued.has(`${line.suite} ${line.number}`)
      ? [`${line.suite}: ${line.number} in ${line.where}: ${line.words}`]
      : [],
  );
}
