import { loadCatalogue } from '../../src/catalogue.ts';
import type { Catalogue } from '../../src/catalogue.ts';
import { parse } from '../../src/flow/parse.ts';
import { talks } from '../../src/flow/talks.ts';

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await loadCatalogue();
});

const read = (text: string, mentions: Parameters<typeof parse>[0]['mentions'] = []) =>
  parse({ text, mentions }, catalogue, talks);

const short = (text: string): string => {
  const understood = read(text);
  if (understood.is !== 'wish') return understood.is;
  const target = understood.target.is === 'text' ? understood.target.text : understood.target.mention.name;
  return understood.wish.is !== 'act'
    ? `${understood.wish.is} → ${target}`
    : `${understood.wish.action} ${JSON.stringify(understood.wish.options)} → ${target}`;
};

const cm = (action: string, device = 'LT-117') =>
  `triggerConfigurationManagerAction {"action":"${action}"} → ${device}`;
const items = (intent: string, named: string, device: string) =>
  `changeAssignments {"intent":"${intent}","named":"${named}","items":[],"removed":[]} → ${device}`;

test.each([
  ['lock device MBP-042', 'remoteLock {} → MBP-042'],
  ['lock MBP-042', 'remoteLock {} → MBP-042'],
  ['LOCK Device mbp-042', 'remoteLock {} → mbp-042'],
  ['please lock MBP-042.', 'remoteLock {} → MBP-042'],
  ['lock "Adele\'s Mac"', "remoteLock {} → Adele's Mac"],
  ["lock Adele's Mac", "remoteLock {} → Adele's Mac"],
  ['lock 会議室-01', 'remoteLock {} → 会議室-01'],
  ['lock ROOM1_AndroidAOSP_7/2/2025_12:01 PM', 'remoteLock {} → ROOM1_AndroidAOSP_7/2/2025_12:01 PM'],
  ["lock x' or deviceName ne '", "remoteLock {} → x' or deviceName ne '"],
  ['refresh policy on LT-117', cm('refreshMachinePolicy')],
  ['refresh machine policy on LT-117', cm('refreshMachinePolicy')],
  ['sync policy for LT-117', cm('refreshMachinePolicy')],
  ['refresh user policy on LT-117', cm('refreshUserPolicy')],
  ['wake up LT-117', cm('wakeUpClient')],
  ['wake LT-117', cm('wakeUpClient')],
  ['application evaluation on LT-117', cm('appEvaluation')],
  ['app evaluation LT-117', cm('appEvaluation')],
  ['evaluate apps on LT-117', cm('appEvaluation')],
  ['quick scan LT-117', cm('quickScan')],
  ['run a quick scan on LT-117', cm('quickScan')],
  ['full scan LT-117', cm('fullScan')],
  ['update Defender signatures on LT-117', cm('windowsDefenderUpdateSignatures')],
  ['update signatures on LT-117', cm('windowsDefenderUpdateSignatures')],
  ['remove app "Contoso VPN" from TAB-9', items('remove', 'Contoso VPN', 'TAB-9')],
  ['remove Contoso VPN from TAB-9', items('remove', 'Contoso VPN', 'TAB-9')],
  ['remove app "Mail from home" from TAB-9', items('remove', 'Mail from home', 'TAB-9')],
  ['restore policy Wi-Fi on TAB-9', items('restore', 'Wi-Fi', 'TAB-9')],
  ['restore "Contoso VPN" to TAB-9', items('restore', 'Contoso VPN', 'TAB-9')],
  ['reprovision cloud pc CPC-117', 'reprovision {} → CPC-117'],
  ['reprovision CPC-117', 'reprovision {} → CPC-117'],
  ['status', 'status'],
  ['my status', 'status'],
  ['status MBP-042', 'status → MBP-042'],
  ['status of "MBP-042"', 'status → MBP-042'],
  ['help', 'help'],
  ['Hello!', 'help'],
  ['', 'empty'],
  ['   ', 'empty'],
  ['lock', 'incomplete'],
  ['lock device', 'incomplete'],
  ['refresh policy on', 'incomplete'],
  ['quick scan', 'incomplete'],
  ['remove app', 'incomplete'],
  ['lok MBP-042', 'unknown'],
  ['please make coffee', 'unknown'],
])('%s', (text, meaning) => {
  expect(short(text)).toBe(meaning);
});

test.each([
  ['lok MBP-042', 'lock MBP-042'],
  ['refesh polcy on LT-9', 'refresh policy on LT-9'],
  ['reprovison cloud pc CPC-1', 'reprovision cloud pc CPC-1'],
  ['stauts MBP-042', 'status MBP-042'],
  ['histroy MBP-042', 'history MBP-042'],
  ['who loked PC-7', 'who locked PC-7'],
  ['histroy', 'history'],
  ['subscribtions', 'subscriptions'],
  ['unlock PC-7', 'status PC-7'],
  ['show the pin of PC-7', 'status of PC-7'],
  ['wakeup PC-7', 'wake up PC-7'],
  ['refresh PC-7', 'refresh policy on PC-7'],
  ['stop', 'stop notifications'],
  ['stauts', 'status'],
  ['scan', 'quick scan LT-117'],
])('%s is near to %s', (text, nearest) => {
  const understood = read(text);
  expect(understood.is === 'unknown' && understood.near && understood.commands[0]).toBe(nearest);
});

test('a word that several commands have is near to each of them', () => {
  expect(read('run a scan on PC-7')).toMatchObject({ commands: ['quick scan on PC-7', 'full scan on PC-7'] });
});

test('nothing that unlocks is ever near to what locks', () => {
  for (const text of ['unlock', 'unlock MBP-042', 'unlck MBP-042', 'unlock device MBP-042', 'unlok device MBP-042'])
    expect(JSON.stringify(read(text))).not.toMatch(/"lock MBP/u);
});

test.each([
  ['wake up', 'wake up LT-117'],
  ['quick scan', 'quick scan LT-117'],
  ['full scan', 'full scan LT-117'],
  ['lock', 'lock device MBP-042'],
  ['refresh policy', 'refresh policy on LT-117'],
])('%s alone gets the example %s', (text, example) => {
  expect(read(text)).toEqual({ is: 'incomplete', example });
});

test.each(['please make coffee', 'restart MBP-042', 'wipe everything'])(
  '%s is near to nothing: examples that can be undone',
  (text) => {
    const understood = read(text);
    expect(understood).toMatchObject({ is: 'unknown', near: false });
    expect(understood.is === 'unknown' && understood.commands).toEqual([
      'remove app "Contoso VPN" from TAB-9',
      'lock device MBP-042',
      'refresh policy on LT-117',
      'status MBP-042',
    ]);
  },
);

test.each([
  ['lock Mac mini', 'mini', ['Mac mini']],
  ['lock Tablet 3', '3', ['Tablet 3']],
  ['reprovision PC 12', '12', ['PC 12']],
  ['lock Bob Jr.', 'Bob Jr', ['Bob Jr.']],
  ['lock device MBP-042', 'MBP-042', ['device MBP-042']],
  ['lock MBP-042', 'MBP-042', []],
])('%s may mean %s, or %j', (text, first, also) => {
  expect(read(text)).toMatchObject({ target: { is: 'text', text: first, also } });
});

test('a mention as target is a person, not a device name', () => {
  const jane = { text: '@Jane Doe', chatId: '29:jane', name: 'Jane Doe' };
  expect(read('lock @Jane Doe', [jane])).toEqual({
    is: 'wish',
    wish: { is: 'act', action: 'remoteLock', options: {} },
    target: { is: 'person', mention: jane },
  });
});

test('10,000 characters are answered, and quickly', () => {
  const said = `lock ${'a '.repeat(5000)}`;
  const started = process.cpuUsage();
  expect(read(said).is).toBe('wish');
  expect(read('x'.repeat(10_000)).is).toBe('unknown');
  expect(read('remove '.repeat(1500)).is).toBe('unknown');
  expect(process.cpuUsage(started).user).toBeLessThan(5_000_000);
});

test('no two actions claim the same words', () => {
  const said = catalogue.actions.flatMap((action) => action.examples.map((example) => ({ action, example })));
  for (const { action, example } of said) expect(short(example)).toMatch(new RegExp(`^${action.name} `));
  const says = catalogue.phrases.map(({ pattern }) => pattern.say);
  expect(new Set(says).size).toBe(says.length);
});
