import { writeFile } from 'node:fs/promises';
import { loadCatalogue } from '../catalogue.ts';
import { schemaOf } from '../policy/form.ts';
import { single } from './words.ts';
import type { Command } from './words.ts';

/** What editors check a policy file against, as it is written into `policy.schema.json`. */
export async function schemaText(): Promise<string> {
  const { actions } = await loadCatalogue();
  return `${JSON.stringify(schemaOf(actions.map(({ name }) => name)), undefined, 2)}\n`;
}

export const writeSchema: Command = {
  help: `npm run policy -- schema [--out <file>]
  Prints the JSON Schema of the policy file, or writes it (policy.schema.json has it already).`,
  options: ['out'],
  run: async (values) => {
    const out = single(values, 'out');
    if (out === undefined) process.stdout.write(await schemaText());
    else await writeFile(out, await schemaText());
  },
};
