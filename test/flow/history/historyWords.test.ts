import { loadCatalogue } from '../../../src/catalogue.ts';
import type { Catalogue } from '../../../src/catalogue.ts';
import { pastWords, readHistory } from '../../../src/flow/history/historyWords.ts';
import { openTalk } from '../../../src/flow/open/openTalk.ts';
import { parse } from '../../../src/flow/parse.ts';
import { talks } from '../../../src/flow/talks.ts';

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await loadCatalogue();
});

const megan = { text: '@Megan Bowen', chatId: '29:megan', name: 'Megan Bowen' };
const read = (text: string) => {
  const understood = parse({ text, mentions: text.includes(megan.text) ? [megan] : [] }, catalogue, talks);
  return understood.is === 'talk' && understood.talk !== openTalk ? understood.meant : understood.is;
};

test.each([
  ['history', { is: 'all' }],
  ['History.', { is: 'all' }],
  ['show our history', { is: 'all' }],
  ['my history', { is: 'mine' }],
  ['my history #INC0012', { is: 'mine', ticket: 'INC0012' }],
  ['history #INC0012', { is: 'all', ticket: 'INC0012' }],
  ['history for ticket #INC0012', { is: 'all', ticket: 'INC0012' }],
  ['#INC0012', { is: 'all', ticket: 'INC0012' }],
  ['#INC0012?', { is: 'all', ticket: 'INC0012' }],
  ['status #INC0012', { is: 'all', ticket: 'INC0012' }],
  ['history MBP-042', { is: 'device', target: { text: 'MBP-042' } }],
  ['history of MBP-042', { is: 'device', target: { text: 'MBP-042' } }],
  ['show history for "Adele\'s Mac"', { is: 'device', target: { text: "Adele's Mac" } }],
  ['history MBP-042 #INC0012', { is: 'device', target: { text: 'MBP-042' }, ticket: 'INC0012' }],
  ['history of @Megan Bowen', { is: 'person', target: { mention: megan } }],
  ['history of megan.bowen@contoso.example', { is: 'person', target: { text: 'megan.bowen@contoso.example' } }],
  ['who locked MBP-042?', { is: 'device', target: { text: 'MBP-042' }, did: { action: 'remoteLock', past: 0 } }],
  ['Who has locked MBP-042', { did: { action: 'remoteLock' } }],
  ['who did what to MBP-042?', { is: 'device', target: { text: 'MBP-042' }, did: undefined }],
  ['who touched MBP-042', { is: 'device', target: { text: 'MBP-042' }, did: undefined }],
  ['who refreshed policy on LT-117', { target: { text: 'LT-117' }, did: { slots: {} } }],
  ['who refreshed LT-117', { target: { text: 'LT-117' }, did: { action: 'triggerConfigurationManagerAction' } }],
  [
    'who removed Contoso VPN from TAB-9?',
    { target: { text: 'TAB-9' }, did: { action: 'changeAssignments', slots: { item: 'Contoso VPN' } } },
  ],
  ['status', 'status'],
  ['', 'empty'],
  ['who knows', 'unknown'],
  ['what’s open?', 'talk'],
  ["what's still running", 'talk'],
  ['my desk', 'talk'],
  ['open LT-117', 'unknown'],
])('%s', (text, meant) => {
  const found = read(text);
  if (typeof meant === 'string') expect(found).toBe(meant);
  else expect(found).toMatchObject(meant);
});

test('every action has words for who did it, they are understood as that action’s, and read well', () => {
  const headings = catalogue.actions.flatMap(({ name, past }) => {
    expect({ name, words: past.length > 0 }).toEqual({ name, words: true });
    return past.map((each, index) => {
      const words = pastWords(each, { item: 'Contoso VPN' });
      const meant = readHistory({ text: `who ${words} MBP-042`, mentions: [] }, catalogue);
      expect(meant).toMatchObject({ target: { text: 'MBP-042' }, did: { action: name, past: index } });
      return words;
    });
  });
  expect(headings).toEqual([
    'removed Contoso VPN from',
    'restored Contoso VPN on',
    'restored Contoso VPN to',
    'locked',
    'reprovisioned',
    'rebuilt',
    'refreshed user policy on',
    'refreshed policy on',
    'refreshed',
    'woke up',
    'evaluated apps on',
    'scanned',
    'updated signatures on',
  ]);
});
