import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { visiting } from './visit.ts';
import { freePort } from '../freePort.ts';

const visit = visiting();

let environment: Record<string, string>;
beforeEach(async () => {
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'device-desk-'));
  environment = { DATA_DIR, PORT: String(await freePort()), SANDBOX_CHAT_PORT: String(await freePort()) };
});
afterEach(() => rm(environment['DATA_DIR'] ?? '', { recursive: true, force: true }));

describe('Killed and started again', () => {
  test('a lock that is under way goes on to its end, with its PIN', async () => {
    // The chat window forgets what was said; the bot does not, nor does the tenant.
    const before = await visit({ ...environment, SANDBOX_SPEED: '1' });
    const first = await before.open('alex:personal');
    await first.panes[0].say('lock MBP-042');
    await first.panes[0].press('Lock MBP-042?', 'Lock MBP-042');
    await first.panes[0].reads('Lock MBP-042', 'Accepted by Graph');
    await first.page.close();
    await before.company.kill();

    const after = await visit(environment);
    const { panes, picture } = await after.open('alex:personal');
    await panes[0].hears('Lock MBP-042: done.');
    await panes[0].reads('Lock MBP-042', 'Done');
    await panes[0].press('Lock MBP-042', 'Show unlock PIN');
    await panes[0].reads('Unlock PIN of MBP-042', /\b\d{6}\b/u);
    await picture('restart-lock');
    expect(await after.company.writes()).toEqual([]);
  });

  test('an offer is still open, and clicked once, is carried out once', async () => {
    const before = await visit(environment);
    const first = await before.open('alex:personal');
    await first.panes[0].say('lock MBP-042');
    await first.panes[0].card('Lock MBP-042?');
    await first.page.close();
    await before.company.kill();

    const after = await visit(environment);
    const { panes, picture } = await after.open('alex:personal');
    await panes[0].say('status');
    await panes[0].reads('Your latest actions', 'Lock MBP-042');
    await panes[0].say('lock MBP-042');
    await panes[0].press('Lock MBP-042?', 'Lock MBP-042');
    await panes[0].hears('Lock MBP-042: done.');
    await picture('restart-offer');
    expect(await after.company.writes()).toHaveLength(1);
  });
});
