import { dump } from './dump.ts';
import { notDone } from './fault.ts';
import { checkIsNew, writeFile } from './sink.ts';
import { snapshot } from './snapshot.ts';
import { countsText } from './storeFile.ts';
import type { Counts } from './storeFile.ts';
import { withEngine } from './withEngine.ts';
import { single } from './words.ts';
import type { Command } from './words.ts';

const stopFirst =
  'The file holds the store as it is now. If you mean to move, stop every bot on this PostgreSQL first: what one does after this moment is not in the file.';

export const exportStore: Command = {
  help: `npm run store -- export --out <file>
  Writes everything that is remembered to a new file, for import into another store. Stop the bot first, so that
  nothing happens between the export and the import. The file holds personal data: keep it safe, and delete it after.`,
  options: ['out'],
  run: async (values) => {
    const out = single(values, 'out');
    if (out === undefined) throw notDone('Say where to: npm run store -- export --out <file>');
    checkIsNew(out);
    await withEngine(async (engine) => {
      if (engine.shared) console.log(stopFirst);
      let written: Counts = {};
      await snapshot(engine, (sql) =>
        writeFile(
          out,
          dump(sql.all, (counts) => {
            written = counts;
          }),
        ),
      );
      console.log(`Written to ${out}: ${countsText(written)}.`);
      console.log('It holds personal data, and only you can read it. Delete it when it has served.');
    });
  },
};
