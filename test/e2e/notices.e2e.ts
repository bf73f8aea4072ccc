import { visiting } from './visit.ts';

const visit = visiting();
const sixDigits = /\b\d{6}\b/u;

describe('Who hears', () => {
  test('a channel is told of a lock that somebody else asks for in their own chat, on one card until its end', async () => {
    const { company, open } = await visit();
    const { panes, picture } = await open('alex:channel:incidents', 'megan:personal');
    const [alex, megan] = panes;
    if (!megan) throw new Error('Megan is not there');

    await alex.mention('', 'Device Desk', 'notify here about locks');
    await alex.hears('From now on I tell about locks here.');
    await alex.mention('', 'Device Desk', 'subscriptions');
    await alex.reads('What this channel hears about', 'Told: locks.');
    await picture('notices-subscribed');

    await megan.say('lock MBP-052 #INC0012');
    await megan.reads('Lock MBP-052?', '#INC0012');
    await megan.press('Lock MBP-052?', 'Lock MBP-052');
    await alex.reads('Lock MBP-052', /Accepted by Intune|waiting for the device|device is working/iu);
    await picture('notices-accepted');
    const notice = await alex.reads('Lock MBP-052', 'Done.');
    expect(await notice.innerText()).toMatch(/Asked by Megan Bowen[^]*#INC0012/u);
    await picture('notices-done');

    expect(await alex.cards('Lock MBP-052').count()).toBe(1);
    const threads = alex.root.locator('[data-testid=thread]').filter({ has: alex.page.getByText('Done.') });
    expect(await threads.getByTestId('message').count()).toBe(1);
    expect(await alex.text()).not.toMatch(sixDigits);
    expect(await company.writes()).toHaveLength(1);
  });

  test('Details go to the own chat of whoever may read them', async () => {
    const { open } = await visit();
    const { panes, picture } = await open('alex:channel:general', 'megan:personal', 'lynne:channel:general');
    const [alex, megan, lynne] = panes;
    if (!megan || !lynne) throw new Error('somebody is not there');

    await alex.mention('', 'Device Desk', 'notify here about anything');
    await alex.hears('From now on I tell about anything here.');
    await megan.say('refresh policy on LT-117');
    await megan.press('Refresh machine policy on LT-117?', 'Refresh policy on LT-117');
    await alex.reads('Refresh machine policy on LT-117', 'Done.');

    await lynne.press('Refresh machine policy on LT-117', 'Details of Refresh machine policy on LT-117');
    await lynne.hears(/You have no role here/u);
    await picture('notices-details-refused');
    await alex.press('Refresh machine policy on LT-117', 'Details of Refresh machine policy on LT-117');
    await alex.go('personal');
    await alex.reads('Refresh machine policy on LT-117', 'Confirmed by Megan Bowen');
    await picture('notices-details');
  });

  test('muted, a channel is told nothing new; what it hears is stopped by a button', async () => {
    const { open } = await visit();
    const { panes, picture } = await open('alex:channel:incidents', 'megan:personal');
    const [alex, megan] = panes;
    if (!megan) throw new Error('Megan is not there');
    const heading = 'What this channel hears about';

    await alex.mention('', 'Device Desk', 'notify here about anything');
    await alex.hears('From now on I tell about anything here.');
    await alex.mention('', 'Device Desk', 'subscriptions');
    await alex.press(heading, 'Mute for 2 hours');
    await alex.reads(heading, /Muted until/u);
    await picture('notices-muted');
    await megan.say('lock MBP-042');
    await megan.press('Lock MBP-042?', 'Lock MBP-042');
    await megan.hears('Lock MBP-042: done.');
    expect(await alex.cards('Lock MBP-042').count()).toBe(0);
    await alex.press(heading, 'Stop: anything');
    await alex.reads(heading, 'Nothing is told here');
    await picture('notices-stopped');
  });

  test('somebody without a role sets up nothing, nowhere', async () => {
    const { company, open } = await visit();
    const { panes, picture } = await open('lynne:channel:general');
    const [lynne] = panes;
    for (const words of ['notify here about locks', "what's open", 'history', 'what may I do?']) {
      await lynne.mention('', 'Device Desk', words);
      await lynne.hears(/You have no role here/u);
    }
    await picture('notices-no-role');
    expect(await lynne.text()).not.toMatch(/hears about|MBP-/u);
    expect(await company.writes()).toEqual([]);
  });

  test('what somebody does in Intune’s portal is told as not from here', async () => {
    const { company, open } = await visit();
    const { panes, picture } = await open('alex:channel:incidents');
    const [alex] = panes;
    await alex.mention('', 'Device Desk', 'notify here about anything');
    await alex.hears('From now on I tell about anything here.');
    await company.portal({ device: 'PH-22', action: 'factoryReset', by: 'admin@contoso.example' });
    await alex.hears(/Not from here: started in Intune by admin@contoso\.example/u);
    await picture('notices-elsewhere');
    expect(await company.writes()).toEqual([]);
  });
});
