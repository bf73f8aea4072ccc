import type { Read } from './entries.ts';
import { notWhole } from './fault.ts';
import { flawOfHead, headsOf, headText } from './heads.ts';
import { iso } from './times.ts';
import { verifyJournal } from './verify.ts';
import type { Whole } from './verify.ts';
import { withEngine } from './withEngine.ts';
import type { Command } from './words.ts';

const line = ({ tenantId, head, first, last }: Whole): string =>
  head.number === 0
    ? `tenant ${tenantId}: no entries`
    : [
        `tenant ${tenantId}: whole`,
        `  entries  ${head.number}`,
        `  first    ${iso(first)}`,
        `  newest   ${iso(last)}`,
        `  head     ${headText(head)}`,
      ].join('\n');

/** Walks the whole journal and says of each tenant what was found. Throws `CommandFault` when something does not fit. */
export async function verifyAll(read: Read, say: (line: string) => void): Promise<readonly Whole[]> {
  const whole: Whole[] = [];
  const broken: string[] = [];
  for await (const verified of verifyJournal(read)) {
    if (verified.is === 'whole') {
      whole.push(verified);
      say(line(verified));
    } else broken.push(`tenant ${verified.tenantId}: ${verified.why}`);
  }
  if (broken.length > 0) throw notWhole(`The journal is not whole. ${broken.map((why) => `\n  ${why}`).join('')}`);
  return whole;
}

export const verify: Command = {
  help: `npm run journal -- verify [--head <number>:<hash>]
  Checks every entry of the journal, and that none is missing. Prints the head of each tenant's journal: keep it
  elsewhere, and give it with --head the next time, so that an end cut off and a journal written anew are found, too.
  Exit code: 0 whole; 1 not whole; 2 it could not be checked.`,
  options: ['head'],
  run: async ({ head = [] }) => {
    const kept = headsOf(head);
    await withEngine(async (engine) => {
      const read: Read = (text, values) => engine.read(text, values);
      const whole = await verifyAll(read, console.log);
      for (const one of kept) {
        const why = await flawOfHead(read, whole, one);
        if (why) throw notWhole(`The journal is not the one that --head was taken from: ${why}.`);
      }
      if (whole.length === 0) console.log('The journal has no entries yet.');
      for (const one of kept) console.log(`The head that you kept stands: ${headText(one)}`);
    });
  },
};
