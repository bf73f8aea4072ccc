import type { Locator } from 'playwright-core';
import { visiting } from './visit.ts';

const visit = visiting();

/** A card's buttons for people and devices: not those of the window around it. */
const buttons = (card: Locator) => card.locator('.ac-adaptiveCard').getByRole('button');

describe('Asking', () => {
  test('two Macs of one name are shown to pick from, and the one picked is the one locked', async () => {
    const { company, open } = await visit();
    const { panes, picture } = await open('alex:personal');
    const [alex] = panes;

    await alex.say('lock MBP-050');
    const picker = await alex.card('Lock MBP-050');
    await picture('picker');
    expect(await picker.innerText()).toMatch(/Pradeep Gupta[^]*Johanna Lorenz/u);
    await buttons(picker).filter({ hasText: 'C02XL1UVJG5S' }).click();
    await alex.reads('Lock MBP-050?', 'C02XL1UVJG5S');
    await alex.press('Lock MBP-050?', 'Lock MBP-050');
    await alex.reads('Lock MBP-050', 'Failed');
    await picture('picked-and-failed');
    expect(await company.writes()).toHaveLength(1);
  });

  test('a person who is mentioned has their devices listed; nothing is locked by naming its owner', async () => {
    const { company, open } = await visit();
    const { panes, picture } = await open('alex:group', 'megan:group');
    const [alex, megan] = panes;

    await alex.mention('@Device Desk lock ', 'Adele Vance');
    const picker = await alex.card('Lock a device of Adele Vance');
    await picture('person');
    for (const name of ['MBP-042', "Adele's Mac"]) expect(await picker.innerText()).toContain(name);
    await buttons(await megan!.card('Lock a device of Adele Vance'))
      .first()
      .click();
    await megan!.hears(/Only Alex Wilber/u);
    await picture('person-colleague-picks');
    expect(await company.writes()).toEqual([]);
  });

  test('an unknown name gets near ones, and what is not understood the nearest commands', async () => {
    const { open } = await visit();
    const { panes, picture } = await open('alex:personal');
    const [alex] = panes;

    await alex.say('lock MBP-04');
    await alex.hears(/MBP-042/u);
    await picture('near-names');
    await alex.say('lok MBP-042');
    await alex.hears(/lock MBP-042/u);
    await alex.say('please make coffee');
    await alex.hears(/do not know this command/u);
    await picture('not-understood');
    await alex.say('help');
    await alex.card('What you can type');
    await picture('help');
  });

  test('ten thousand characters that are no command get a short answer', async () => {
    const { open } = await visit();
    const { panes, picture } = await open('alex:personal');
    const [alex] = panes;
    await alex.say('ä'.repeat(10_000));
    const answer = await alex.hears(/do not know this command/u);
    expect((await answer.innerText()).length).toBeLessThan(1_000);
    await picture('ten-thousand');
  });

  test('a name of ten thousand characters gets a short answer', async () => {
    const { open } = await visit();
    const { panes, picture } = await open('alex:personal');
    const [alex] = panes;
    await alex.say(`lock ${'a'.repeat(10_000)}`);
    const answer = alex.root.locator('[data-from=bot]').first();
    await answer.waitFor();
    await picture('ten-thousand-name');
    expect((await answer.innerText()).length).toBeLessThan(1_000);
  });

  test.each([
    '[click](http://evil.example) <b>x</b>',
    '${secret}',
    "x' or deviceName ne '",
    '会議室-01',
    "Adele's Mac",
    'ROOM1_AndroidAOSP_7/2/2025_12:01 PM',
    "Marketing's shared MacBook Pro for the studio on the 3rd flr",
  ])('a device called %s is shown as it is called, and acted on', async (name) => {
    const { company, open } = await visit();
    const { panes, picture } = await open('alex:personal');
    const [alex] = panes;

    await alex.say(`lock ${name}`);
    await alex.card(`Lock ${name}?`);
    await picture(`name-${name.replace(/[^a-z\d]+/giu, '-')}`);
    await alex.press(`Lock ${name}?`, `Lock ${name}`);
    const card = await alex.reads(`Lock ${name}`, 'Done');
    expect(await card.locator('.ac-adaptiveCard').locator('a, b, script, img').count()).toBe(0);
    await alex.hears(`Lock ${name}: done.`);
    expect(await alex.root.locator('[data-from=bot]').last().locator('a, b, script, img').count()).toBe(0);
    expect(await company.writes()).toHaveLength(1);
  });

  test('what is typed comes back as text, never as a link, an image or a script', async () => {
    const { open } = await visit();
    const { panes, picture } = await open('alex:personal');
    const [alex] = panes;
    const hostile = [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '[here](http://evil.example)',
      '![x](http://evil.example/x.png)',
      '${$root} @{json(1)} {{DATE(2026-01-01T00:00:00Z)}}',
      '**bold** _it_ # head',
    ];
    for (const words of hostile) {
      await alex.say(`lock ${words}`);
      await alex.root.locator('[data-from=bot]').nth(hostile.indexOf(words)).locator('.ac-adaptiveCard').waitFor();
    }
    await picture('hostile-words');
    const answers = alex.root.locator('[data-from=bot] .card');
    expect(await answers.locator('a, script, img').count()).toBe(0);
    const text = (await answers.allTextContents()).join('\n');
    for (const words of hostile) expect(text).toContain(words);
  });

  test('it cannot work there: refused before the card, with the reason and the alternative', async () => {
    const { company, open } = await visit();
    const { panes, picture } = await open('alex:personal');
    const [alex] = panes;
    await alex.say('lock LT-117');
    await alex.reads('Lock LT-117', /cannot lock a Windows device/u);
    await alex.say('refresh policy on MBP-042');
    await alex.hears(/no Configuration Manager client/u);
    await picture('cannot-work-there');
    expect(await buttons(alex.root).count()).toBe(0);
    expect(await company.writes()).toEqual([]);
  });

  test('status tells what is known of a device, and what is under way', async () => {
    const { open } = await visit();
    const { panes, picture } = await open('alex:personal');
    const [alex] = panes;
    await alex.say('status');
    await alex.root.locator('[data-from=bot]').first().waitFor();
    await alex.say('refresh policy on LT-117');
    await alex.press('Refresh machine policy on LT-117?', 'Refresh policy on LT-117');
    await alex.hears('Refresh machine policy on LT-117: done.');
    await alex.say('status LT-117');
    await alex.reads('Status of LT-117', 'PF4K2B1A');
    await alex.say('status');
    await alex.root.locator('[data-from=bot]').nth(4).waitFor();
    await picture('status');
  });
});

describe('Those who may not', () => {
  test.each([
    ['lynne', /You have no role here/u],
    ['patti', /guest/iu],
  ] as const)('%s is told so, and nothing is looked up', async (who, reason) => {
    const { company, open } = await visit();
    const { panes, picture } = await open(`${who}:personal`);
    const [pane] = panes;
    await pane.say('lock MBP-042');
    await pane.hears(reason);
    await pane.say('status MBP-042');
    await pane.root.locator('[data-from=bot]').nth(1).waitFor();
    await picture(`refused-${who}`);
    expect(await pane.text()).not.toMatch(/C02XK1ABJG5H|Adele/u);
    expect(await company.writes()).toEqual([]);
  });
});
