import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { visiting } from './visit.ts';

const visit = visiting();

describe('Who may', () => {
  test('each is told what they may do, and offered no more', async () => {
    const { company, open } = await visit();
    const { panes, picture } = await open('alex:personal', 'megan:personal', 'debra:personal');
    const [alex, megan, debra] = panes;
    if (!megan || !debra) throw new Error('somebody is not there');

    await alex.say('what may I do?');
    await alex.reads('What you may do', 'lead');
    await megan.say('what may I do?');
    await megan.reads('What you may do', /corporate|company/u);
    await debra.say('what may I do?');
    await debra.reads('What you may do', 'You may act on no device.');
    await picture('roles');

    await megan.say('lock PH-29');
    await megan.hears(/Your role/u);
    await debra.say('lock MBP-042');
    await debra.hears(/Your role does not allow this action/u);
    await picture('roles-refused');
    expect(await company.writes()).toEqual([]);
  });

  test('a changed policy counts at the next click, without a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'device-desk-'));
    const path = join(folder, 'policy.yaml');
    const policy = readFileSync(join(import.meta.dirname, '../../src/sandbox/policy.yaml'), 'utf8');
    writeFileSync(path, policy);
    try {
      const { company, open } = await visit({ DESK_POLICY: path });
      const { panes, picture } = await open('megan:personal');
      const [megan] = panes;
      await megan.say('lock MBP-042');
      await megan.card('Lock MBP-042?');
      writeFileSync(path, policy.replace('devices: []', "devices: ['C02XK1ABJG5H']"));
      await company.until(/policy file was read anew/u);
      await megan.press('Lock MBP-042?', 'Lock MBP-042');
      await megan.hears(/protected/u);
      await picture('policy-changed');
      expect(await company.writes()).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('in their own name: signed in by the click, and Graph refuses whose Intune role is too small', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'device-desk-'));
    const path = join(folder, 'policy.yaml');
    const policy = readFileSync(join(import.meta.dirname, '../../src/sandbox/policy.yaml'), 'utf8');
    writeFileSync(path, `${policy}\nasPerson: all\n`);
    try {
      const { company, open } = await visit({ DESK_POLICY: path });
      const { panes, picture } = await open('megan:personal', 'isaiah:group');
      const [megan, isaiah] = panes;
      if (!isaiah) throw new Error('Isaiah is not there');
      await megan.say('lock MBP-042');
      await megan.press('Lock MBP-042?', 'Lock MBP-042');
      await megan.hears('Lock MBP-042: done.');
      await isaiah.mention('', 'Device Desk', 'lock PH-21');
      await isaiah.press('Lock PH-21?', 'Lock PH-21');
      await isaiah.reads('Lock PH-21', /Intune role/u);
      await picture('in-their-own-name');
      expect(await company.writes()).toMatchObject([{ status: 204 }, { status: 403 }]);
      expect(company.printed()).not.toMatch(/eyJ[\w-]{10,}\./u);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('What happened', () => {
  test('who did what is read in chat by those who may, with its ticket', async () => {
    const { open } = await visit();
    const { panes, picture } = await open('megan:personal', 'debra:personal', 'lynne:personal');
    const [megan, debra, lynne] = panes;
    if (!debra || !lynne) throw new Error('somebody is not there');
    await megan.say('lock MBP-042 #INC0012');
    await megan.press('Lock MBP-042?', 'Lock MBP-042');
    await megan.hears(/Lock MBP-042: done/u);
    await debra.say('who locked MBP-042?');
    await debra.hears(/Megan Bowen[^]*INC0012/u);
    await picture('history');
    await debra.say('#INC0012');
    await debra.root.locator('[data-from=bot]').nth(1).waitFor();
    await lynne.say('history MBP-042');
    await lynne.hears(/You have no role here/u);
    await picture('history-refused');
  });

  test('open work is looked at now, or watched no longer', async () => {
    const { open } = await visit();
    const { panes, picture } = await open('megan:personal', 'alex:personal');
    const [megan, alex] = panes;
    if (!alex) throw new Error('Alex is not there');
    await megan.say('lock MBP-045');
    await megan.press('Lock MBP-045?', 'Lock MBP-045');
    await megan.reads('Lock MBP-045', /waiting for the device/iu);
    await alex.say("what's open");
    await alex.reads('What is open', 'Others’');
    await picture('open-work');
    await alex.root.getByRole('button', { name: /^Look now/u }).click();
    await alex.hears(/look/iu);
    await alex.root.getByRole('button', { name: /^Stop watching/u }).click();
    await picture('open-work-asked-again');
    await alex.root.getByRole('button', { name: 'Stop watching for good' }).click();
    await megan.reads('Lock MBP-045', /stopped watching/iu);
    await picture('open-work-stopped');
  });
});
