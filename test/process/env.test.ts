import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../../src/main.ts');

test('a .env file in the folder is read, and what is set already wins over it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'device-desk-'));
  writeFileSync(join(folder, '.env'), 'CLIENT_ID=not-a-guid\nPORT=also-wrong\n');
  const { status, stderr } = spawnSync(process.execPath, [main], {
    cwd: folder,
    env: { PATH: process.env['PATH'], PORT: '0' },
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  expect(status).toBe(1);
  expect(stderr).toContain('CLIENT_ID must be a GUID');
  expect(stderr).not.toContain('PORT must');
});
