import { visiting } from './visit.ts';

const visit = visiting();

describe('Reprovisioning a Cloud PC', () => {
  test('CPC-117 is rebuilt', async () => {
    const { company, open } = await visit();
    const { panes, picture } = await open('alex:personal');
    const [alex] = panes;

    await alex.say('reprovision cloud pc CPC-117');
    await alex.reads('Reprovision CPC-117?', /cannot be undone/u);
    await picture('cloud-pc-confirm');
    await alex.press('Reprovision CPC-117?', 'Reprovision CPC-117');
    await alex.reads('Reprovision CPC-117', 'Done');
    await alex.hears('Reprovision CPC-117: done.');
    await picture('cloud-pc-done');
    expect(await company.writes()).toMatchObject([{ path: expect.stringMatching(/\/cloudPCs\/.*\/reprovision$/u) }]);
  });

  test('CPC-118 fails, and the card tells code, message and additional information', async () => {
    const { open } = await visit();
    const { panes, picture } = await open('alex:personal');
    const [alex] = panes;

    await alex.say('reprovision cloud pc CPC-118');
    await alex.press('Reprovision CPC-118?', 'Reprovision CPC-118');
    const card = await alex.reads('Reprovision CPC-118', 'Failed');
    await picture('cloud-pc-failed');
    const text = await card.innerText();
    expect(text).toMatch(/internalServerError/u);
    expect(text).toMatch(/could not be reprovisioned because of an internal error/u);
    expect(text).toMatch(/retriable\s+true/u);
    expect(text).toMatch(/correlationId\s+3f6f0b1e-5b0e-4a43-9a5c-6f0d6d3a7c11/u);
  });

  test('by the older operation, where the tenant is set to it', async () => {
    const { company, open } = await visit({ CLOUD_PC_API: 'managedDevice' });
    const { panes } = await open('alex:personal');
    const [alex] = panes;

    await alex.say('reprovision cloud pc CPC-117');
    await alex.press('Reprovision CPC-117?', 'Reprovision CPC-117');
    await alex.reads('Reprovision CPC-117', 'Done');
    expect(await company.writes()).toMatchObject([{ path: expect.stringMatching(/\/reprovisionCloudPc$/u) }]);
  });
});
