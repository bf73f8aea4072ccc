import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tell } from './tell.ts';
import type { Story } from './tell.ts';

const folder = import.meta.dirname;
const stories = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** `npm run stories` writes them anew; read the diff before you commit it. */
test.each(stories)('%s', async (name) => {
  const story = JSON.parse(readFileSync(join(folder, name, 'story.json'), 'utf8')) as Story;
  const told = await tell(story);
  const file = join(folder, name, 'told.md');
  if (process.env['RECORD'] === 'yes') writeFileSync(file, told);
  expect(existsSync(file) ? readFileSync(file, 'utf8') : 'never recorded: run npm run stories').toBe(told);
});
