import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for this test, gone after it. */
export function temporaryFolders(): () => string {
  let made: string[] = [];
  afterEach(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
    made = [];
  });
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'device-desk-store-'));
    made.push(folder);
    return folder;
  };
}
