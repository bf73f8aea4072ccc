import type { Engine } from '../store/engine.ts';
import { schemaOf } from './dump.ts';
import { notDone } from './fault.ts';
import { checkIsEmpty, load } from './load.ts';
import { checkCanRead, checkStoreFile, readStoreFile } from './readStoreFile.ts';
import { countsText } from './storeFile.ts';
import { verifyAll } from './verifyCommand.ts';
import { withEngine } from './withEngine.ts';
import { single } from './words.ts';
import type { Command } from './words.ts';

/**
 * The whole file is looked at before the first row is written. Everything is written, and its journal whole, or nothing:
 * then it throws `CommandFault`. Answers what was imported, and what is said of the journal.
 */
export async function importInto(engine: Engine, path: string) {
  const schema = await schemaOf((text, values) => engine.read(text, values));
  await checkStoreFile(path, schema);
  return engine.transaction(async (sql) => {
    const said: string[] = [];
    await checkIsEmpty(sql);
    const counts = await load(sql, readStoreFile(path, schema));
    await verifyAll(sql.all, (line) => said.push(line));
    return { counts, said };
  });
}

export const importStore: Command = {
  help: `npm run store -- import --in <file>
  Reads a file that export wrote into an empty store: the folder of DATA_DIR, or the PostgreSQL of DATABASE_URL.
  Everything or nothing is imported. Start the bot afterwards, and never again on the old store.`,
  options: ['in'],
  run: async (values) => {
    const path = single(values, 'in');
    if (path === undefined) throw notDone('Say what from: npm run store -- import --in <file>');
    await checkCanRead(path);
    await withEngine(async (engine) => {
      const { counts, said } = await importInto(engine, path);
      console.log(`Imported: ${countsText(counts)}.`);
      for (const line of said) console.log(line);
      console.log('Start the bot on this store now, and never again on the old one: both would do the same work.');
    }, 'new');
  },
};
