import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';

const page = join(import.meta.dirname, 'README.md');

/** What was measured on, without anybody's names. */
export function machine(): string {
  const processors = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const model = processors[0]?.model.trim() ?? 'unknown';
  return `${processors.length} cores (${model}), ${memory} GB, ${type()} ${release()}, Node ${process.version}`;
}

/** How many others want the processors; beside a busy neighbour no latency is worth reading. */
export const crowd = (): string => (loadavg()[0] ?? 0).toFixed(1);

/** Puts what was measured between the page's marks `measured:<name>`; what stood there goes. */
export async function writeBlock(name: string, measured: string): Promise<void> {
  const text = await readFile(page, 'utf8');
  const marks = new RegExp(`(<!-- measured:${name} -->\n)[^]*?(<!-- /measured -->)`, 'u');
  if (!marks.test(text)) throw new Error(`bench/README.md has no block measured:${name}`);
  await writeFile(
    page,
    text.replace(
      marks,
      (_all, open: string, close: string) => `${open}\n<!-- prettier-ignore -->\n${measured}\n\n${close}`,
    ),
  );
}
