import { loadCatalogue } from '../../src/catalogue.ts';
import { parse } from '../../src/flow/parse.ts';
import { bareTicketIn, ticketBeside, ticketIn, withHash } from '../../src/flow/ticket.ts';

test.each([
  ['lock MBP-042 #INC0012', 'lock MBP-042', 'INC0012'],
  ['lock MBP-042 #inc0012', 'lock MBP-042', 'INC0012'],
  ['#INC0012 lock MBP-042', 'lock MBP-042', 'INC0012'],
  ['#INC0012: lock MBP-042', 'lock MBP-042', 'INC0012'],
  ['refresh policy #4711 on LT-117', 'refresh policy on LT-117', '4711'],
  ['lock MBP-042, #CHG-12.', 'lock MBP-042', 'CHG-12'],
  ['lock MBP-042 for #PR2-44', 'lock MBP-042', 'PR2-44'],
  ['lock MBP-042 (ticket #INC0012)', 'lock MBP-042', 'INC0012'],
  ['lock MBP-042 for ticket #INC0012!', 'lock MBP-042', 'INC0012'],
  ['history of #INC0012', 'history', 'INC0012'],
  ['#INC0012', '', 'INC0012'],
  ['lock "LAB #12" #INC0012', 'lock "LAB #12"', 'INC0012'],
  ['lock MBP-042 #INC1 #INC2', 'lock MBP-042 #INC2', 'INC1'],
  ['lock x#1 #1a #2', 'lock x#1 #1a', '2'],
  ['lock  two  blanks #7', 'lock  two  blanks', '7'],
])('%s is %j with the ticket %s', (text, rest, ticket) => {
  expect(ticketIn(text)).toMatchObject({ text: rest, ticket });
});

test.each([
  'lock LAB-#12',
  'lock "LAB #12"',
  'lock "LAB #12 blue"',
  'lock #blue',
  'lock # 12',
  'lock #1234567890123',
  'lock #12a',
  'lock MBP-042',
])('%s names no ticket', (text) => {
  expect(ticketIn(text)).toEqual({ text });
});

test.each([
  ['mbp-055 INC0099', { name: 'mbp-055', ticket: 'INC0099' }],
  ['Adele’s Mac chg-1234', { name: 'Adele’s Mac', ticket: 'CHG-1234' }],
  ['inc0099', { name: '', ticket: 'INC0099' }],
  ['MBP-055', undefined],
  ['Mac mini', undefined],
  ['mbp-055 INC0099 now', undefined],
  ['mbp-055 INCIDENT0099', undefined],
  ['', undefined],
])('%s may end with the ticket %j', (name, bare) => {
  expect(bareTicketIn(name)).toEqual(bare);
});

test.each([
  ['lock mbp-055 inc0099', 'lock mbp-055 #INC0099'],
  ['who locked mbp-055 INC0099?', 'who locked mbp-055 #INC0099'],
  ['lock "mbp-055 INC0099"', undefined],
  ['INC0099', undefined],
])('%s with its ticket marked is %s', (words, command) => {
  expect(withHash(words, 'INC0099')).toBe(command);
});

test('what is asked with a ticket carries it, whatever is asked', async () => {
  const catalogue = await loadCatalogue();
  const read = (text: string) => parse({ text, mentions: [] }, catalogue);
  expect(read('lock MBP-042 #INC0012')).toMatchObject({
    is: 'wish',
    wish: { is: 'act', action: 'remoteLock' },
    target: { text: 'MBP-042' },
    ticket: 'INC0012',
  });
  expect(read('status MBP-042 #INC0012')).toMatchObject({ wish: { is: 'status' }, ticket: 'INC0012' });
  expect(read('lock LAB-#12')).not.toHaveProperty('ticket');
});

test.each([
  ['lock LAB #12', ['LAB #12']],
  ['lock device LAB #12', ['device LAB', 'LAB #12', 'device LAB #12']],
  ['lock Mac mini #3.', ['Mac mini', 'mini #3', 'Mac mini #3']],
  ['lock LAB #12 blue', ['LAB #12 blue']],
  ['status LAB #12', ['LAB #12']],
  ['lock LAB, #12', []],
  ['lock LAB for #12', []],
  ['lock LAB (#12)', []],
  ['#12 lock LAB', []],
  ['lock "LAB" #7', []],
])('a ticket right behind a name may belong to it: %s may mean %j as well', async (text, also) => {
  const understood = parse({ text, mentions: [] }, await loadCatalogue());
  const others = understood.is === 'wish' && understood.target.is === 'text' ? understood.target.also : [];
  expect(others).toEqual(expect.arrayContaining([...also]));
  if (also.length === 0) expect(others.join()).not.toContain('#');
});

test.each([
  ['lock LAB #12', 'LAB', '12', '12'],
  ['lock LAB #12', 'Lab #12', '12', undefined],
  ['lock Adele’s Mac #12', "ADELE'S MAC #12", '12', undefined],
  ['lock "LAB #12" #12', 'LAB #12', '12', '12'],
  ['lock LAB #12 #INC7', 'LAB #12', '12', 'INC7'],
  ['lock C02XK1AAJG5J #12', 'LAB #12', '12', '12'],
  ['lock LAB #123', 'LAB #123', '123', undefined],
  ['lock LAB', 'LAB', undefined, undefined],
])('%s, of the device %s', (words, device, ticket, beside) => {
  expect(ticketBeside({ words, ticket }, device)).toBe(beside);
});

test('20,000 characters are read quickly', () => {
  const started = process.cpuUsage();
  for (const text of [
    ' '.repeat(20_000),
    'for '.repeat(5_000),
    '# '.repeat(10_000),
    '"'.repeat(20_000),
    'of  '.repeat(5_000),
  ])
    expect(ticketIn(text)).toEqual({ text });
  ticketBeside({ words: '#1 '.repeat(7_000), ticket: '1' }, '#1 '.repeat(100));
  expect(process.cpuUsage(started).user).toBeLessThan(5_000_000);
});
