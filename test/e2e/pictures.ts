/*
 * Takes README's pictures anew: `node test/e2e/pictures.ts`.
 */
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { launch, newPage, Watch } from './browser.ts';
import { startCompany } from './company.ts';
import { Pane } from './pane.ts';

const docs = join(import.meta.dirname, '../../docs');
const largest = 200_000;

async function take(message: Locator, name: string): Promise<void> {
  const path = join(docs, name);
  // Away from the card, so that nothing is hovered over.
  await message.page().mouse.move(0, 0);
  await message.locator('.card').screenshot({ path, animations: 'disabled', caret: 'hide' });
  const { size } = await stat(path);
  if (size > largest) throw new Error(`${name} has ${size} bytes; at most ${largest} are wanted`);
  console.log(`docs/${name}: ${Math.ceil(size / 1000)} kB`);
}

const company = await startCompany({ SANDBOX_SPEED: '4' });
const browser = await launch();
const watch = new Watch();
try {
  await mkdir(docs, { recursive: true });
  const page = await newPage(browser, watch, { width: 1000, height: 1400, scale: 2 });
  await page.goto(`${company.chat}/?me=alex&room=personal`);
  const alex = new Pane(page, 'alex');
  await alex.say('lock device MBP-042');
  await take(await alex.card('Lock MBP-042?'), 'confirm.png');
  await alex.press('Lock MBP-042?', 'Lock MBP-042');
  const result = await alex.reads('Lock MBP-042', 'Done');
  await result.getByRole('button', { name: 'Show unlock PIN' }).waitFor();
  await take(result, 'result.png');
  if (watch.offences.length > 0) throw new Error(watch.offences.join('\n'));
} finally {
  await browser.close();
  await company.stop();
}
