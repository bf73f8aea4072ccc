import type { Pane } from './pane.ts';
import { visiting } from './visit.ts';
import type { Opened } from './visit.ts';

const visit = visiting();

/** Every kind of card, one below the other. */
async function everything(alex: Pane): Promise<void> {
  await alex.say('help');
  await alex.card('What you can type');
  await alex.say('lock MBP-050');
  await alex.card('Lock MBP-050');
  await alex.say('lock LT-117');
  await alex.card('Lock LT-117');
  await alex.say('remove app "Contoso VPN" from TAB-10');
  const asked = await alex.card('Remove Contoso VPN from TAB-10?');
  await asked.getByRole('checkbox', { name: /Contoso Mail/u }).check();
  await asked.getByRole('button', { name: 'Remove from TAB-10', exact: true }).click();
  await alex.reads('Remove 2 apps and policies from TAB-10', /1 of 2 ended in error/u);
  await alex.say('refresh policy on LT-119');
  await alex.press('Refresh machine policy on LT-119?', 'Refresh policy on LT-119');
  await alex.reads('Refresh machine policy on LT-119', 'Failed');
  await alex.say('reprovision cloud pc CPC-118');
  await alex.press('Reprovision CPC-118?', 'Reprovision CPC-118');
  await alex.reads('Reprovision CPC-118', 'Failed');
  await alex.say('lock ROOM1_AndroidAOSP_7/2/2025_12:01 PM');
  await alex.card('Lock ROOM1_AndroidAOSP_7/2/2025_12:01 PM?');
  await alex.say('remove app "Contoso VPN" from TAB-9');
  await alex.card('Remove Contoso VPN from TAB-9?');
  await alex.say('reprovision cloud pc CPC-117');
  await alex.card('Reprovision CPC-117?');
  await alex.say('lock MBP-042');
  await alex.press('Lock MBP-042?', 'Lock MBP-042');
  await alex.reads('Lock MBP-042', 'Done');
  await alex.say('status MBP-042');
  await alex.card('Status of MBP-042');
}

/** The whole of the room, card by card. */
async function pictures({ panes: [alex] }: Opened, name: string): Promise<void> {
  const cards = alex.root.locator('.ac-adaptiveCard');
  for (const [index, card] of (await cards.all()).entries()) {
    await card.scrollIntoViewIfNeeded();
    await card.screenshot({ path: `build/screenshots/${name}-${String(index + 1).padStart(2, '0')}.png` });
  }
}

/** Parts of cards that are wider than the room which they have: what is over is cut off. */
const cutOff = ({ page }: Opened) =>
  page
    .locator('.message .card, .ac-adaptiveCard, .ac-adaptiveCard *, .timeline')
    .evaluateAll((elements: { scrollWidth: number; clientWidth: number; tagName: string; textContent: string }[]) =>
      elements
        .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth)
        .filter(({ textContent }) => !/^(?:Do not l|L)ock ROOM1/u.test(textContent))
        .map(({ tagName, textContent, scrollWidth, clientWidth }) =>
          [tagName, scrollWidth, clientWidth, textContent.slice(0, 60)].join(' '),
        ),
    );

describe('Every card', () => {
  test('at the width of a phone: nothing is cut off', async () => {
    const { openAs } = await visit();
    const phone = await openAs({ height: 1600, scale: 2, query: '&phone=1' }, 'alex:personal');
    await everything(phone.panes[0]);
    await pictures(phone, 'phone');
    expect(await cutOff(phone)).toEqual([]);
  });

  test('in the dark: drawn dark, and nothing is cut off', async () => {
    const { openAs } = await visit();
    const dark = await openAs({ height: 1600, query: '&dark=1' }, 'alex:personal');
    await everything(dark.panes[0]);
    await pictures(dark, 'dark');
    await dark.picture('dark');
    expect(await dark.page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(await cutOff(dark)).toEqual([]);
  });

  test('for those who listen: headings have a level, buttons a name, inputs a label, and no button two meanings', async () => {
    const { open } = await visit();
    const { panes, page } = await open('alex:personal');
    const [alex] = panes;
    await everything(alex);
    const cards = await alex.root.locator('.ac-adaptiveCard').all();
    expect(cards.length).toBeGreaterThan(9);
    for (const card of cards) {
      expect(await card.locator('[role=heading][aria-level]').count()).toBeGreaterThan(0);
      const names = (await card.ariaSnapshot()).match(/- button.*/gu) ?? [];
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name).toMatch(/button "[^"]/u);
      const inputs = (await card.ariaSnapshot()).match(/- (?:textbox|checkbox|radio|combobox|spinbutton)\b.*/gu) ?? [];
      for (const input of inputs) expect(input).toMatch(/"[^"]+"/u);
    }
    expect(await page.locator('[tabindex]:not([tabindex="0"]):not([tabindex="-1"])').count()).toBe(0);
  });

  test('by keyboard alone: Tab finds the button, Enter presses it', async () => {
    const { company, open } = await visit();
    const { panes, page } = await open('alex:personal');
    const [alex] = panes;
    await alex.say('lock MBP-042');
    const card = await alex.card('Lock MBP-042?');
    await card.getByRole('button', { name: 'Lock MBP-042', exact: true }).focus();
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    expect(await focused.innerText()).toBe('Do not lock MBP-042');
    await page.keyboard.press('Enter');
    await alex.reads('Lock MBP-042', 'Cancelled');
    expect(await company.writes()).toEqual([]);
  });
});
