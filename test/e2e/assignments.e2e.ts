import type { Locator } from 'playwright-core';
import { visiting } from './visit.ts';

const visit = visiting();

const rowOf = (card: Locator, name: string) => card.getByRole('row').filter({ hasText: name });

describe('Taking apps off a device', () => {
  test('what is ticked is what is sent, and the table tells the fate of each', async () => {
    const { company, open } = await visit();
    const { panes, picture } = await open('alex:personal');
    const [alex] = panes;

    await alex.say('remove app "Contoso VPN" from TAB-9');
    const asked = await alex.card('Remove Contoso VPN from TAB-9?');
    expect(await asked.getByRole('checkbox', { name: /Contoso VPN \(app/u }).isChecked()).toBe(true);
    await asked.getByRole('checkbox', { name: /Contoso Notes/u }).check();
    await asked.getByRole('checkbox', { name: /Contoso Wi-Fi/u }).check();
    await picture('assignments-ticked');
    await asked.getByRole('button', { name: 'Remove from TAB-9', exact: true }).click();

    const card = await alex.reads('Remove 3 apps and policies from TAB-9', 'Done');
    await alex.hears(/TAB-9: done\./u);
    await picture('assignments-result');
    for (const name of ['Contoso VPN', 'Contoso Notes', 'Contoso Wi-Fi']) {
      expect(await rowOf(card, name).innerText()).toMatch(/removed/u);
    }
    const [write, ...more] = await company.writes();
    expect(more).toEqual([]);
    expect(write?.body).toMatchObject({ deviceAssignmentItems: [{}, {}, {}] });
  });

  test('Intune says done, but one of two ended in error', async () => {
    const { open } = await visit();
    const { panes, picture } = await open('alex:personal');
    const [alex] = panes;

    await alex.say('remove app "Contoso VPN" from TAB-10');
    const asked = await alex.card('Remove Contoso VPN from TAB-10?');
    await asked.getByRole('checkbox', { name: /Contoso Mail/u }).check();
    await asked.getByRole('button', { name: 'Remove from TAB-10', exact: true }).click();
    const card = await alex.reads('Remove 2 apps and policies from TAB-10', /1 of 2 ended in error/u);
    await picture('assignments-mixed');
    expect(await rowOf(card, 'Contoso VPN').innerText()).toMatch(/removed/u);
    expect(await rowOf(card, 'Contoso Mail').innerText()).toMatch(/-2016324074 \(0x87D15616\)/u);
  });
});
