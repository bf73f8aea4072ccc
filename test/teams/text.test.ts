import { longestText, readText } from '../../src/teams/text.ts';

const read = (text: string, more: { textFormat?: string; entities?: Record<string, unknown>[] } = {}) =>
  readText({ text, textFormat: 'plain', entities: [], botId: '28:us', ...more });
const mention = (id: string, text: string, name?: string) => ({ type: 'mention', mentioned: { id, name }, text });
const us = mention('28:us', '<at>Desk</at>', 'Desk');

test.each<[string, string, string]>([
  ['case is kept', 'Lock MBP-042', 'Lock MBP-042'],
  ['spaces around and between', '  lock \t  MBP-042  ', 'lock MBP-042'],
  ['no-break space', 'lock\u00a0MBP-042\u202f', 'lock MBP-042'],
  ['lines', '\r\nlock\r\nMBP-042\r\n', 'lock MBP-042'],
  ['invisible characters', '\ufeffl\u200bo\u00adck\u200d MBP\u2060-042\u202e', 'lock MBP-042'],
  ['control characters', 'lock\u0000MBP\u0007', 'lock MBP'],
  ['curly quotes', 'lock \u201cReception iPad\u201d', 'lock "Reception iPad"'],
  ['low and angle quotes', '\u201ea\u201c \u00abb\u00bb', '"a" "b"'],
  ['curly apostrophe', 'Ann\u2019s Mac', "Ann's Mac"],
  ['spaces inside quotes are a name', 'lock  "two  blanks"  now', 'lock "two  blanks" now'],
  ['an open quote runs to the end', 'lock "two  blanks', 'lock "two  blanks'],
  ['a phone made a dash of --', 'wipe MBP \u2014keep-data', 'wipe MBP --keep-data'],
  ['a dash at the very start', '\u2013help', '--help'],
  ['a dash between words', 'lock \u2014 MBP', 'lock - MBP'],
  ['a dash inside a name', 'MBP\u2013042', 'MBP-042'],
  ['a dash before a number', 'x \u20135', 'x -5'],
  ['a hyphen that does not break', 'MBP\u2011042', 'MBP-042'],
  ['entities', 'a &amp; b &lt;c&gt; &quot;d&quot; &#39;e&#x27; f&nbsp;g', 'a & b <c> "d" \'e\' f g'],
  ['entities are decoded once', '&amp;lt;', '&lt;'],
  ['what is no entity', '&copy; &#0; &#9999999; AT&T', '&copy; AT&T'],
  ['composed characters', 'Bu\u0308ro', 'B\u00fcro'],
  ['tags in plain text are text', 'find <b>', 'find <b>'],
  ['half a character', 'a\ud800b', 'ab'],
  ['nothing', '', ''],
])('%s', (_, text, expected) => {
  expect(read(text).text).toBe(expected);
});

test.each(['xml', 'html'])('tags go where the format is %s', (textFormat) => {
  expect(read('<p>lock <b>MBP</b>-042<br/>now</p>', { textFormat }).text).toBe('lock MBP-042 now');
});

test.each<[string, string, Record<string, unknown>[], string]>([
  ['at the start', '<at>Desk</at> lock x', [us], 'lock x'],
  ['at the end', 'lock x <at>Desk</at>', [us], 'lock x'],
  ['twice, listed once', '<at>Desk</at> lock x <at>Desk</at>', [us], 'lock x'],
  ['twice, listed twice', '<at>Desk</at> lock <at>Desk</at> x', [us, us], 'lock x'],
  ['between words', 'lock<at>Desk</at>x', [us], 'lock x'],
  ['with an attribute', '<at id="0">Desk</at> lock x', [us], 'lock x'],
  ['followed by a no-break space', '\r\n<at>Desk</at>&nbsp;lock x\r\n', [us], 'lock x'],
  ['without tags', 'Desk lock Desktop', [mention('28:us', 'Desk')], 'lock Desktop'],
  ['with characters that a pattern would mind', 'De(sk+ lock x', [mention('28:us', 'De(sk+')], 'lock x'],
  ['beside empty tags', '<at></at><at>Desk</at> lock x</at>', [us], 'lock x'],
  ['and no entity: a name like any other', '<at>Desk</at> lock x', [], '@Desk lock x'],
])('our mention goes: %s', (_, text, entities, expected) => {
  expect(read(text, { entities })).toEqual({ text: expected, mentions: [] });
});

test('other mentions stay, with whom they name', () => {
  const entities = [us, mention('29:jane', '<at>Jane &amp; Co</at>', 'Jane & Co')];
  expect(read('<at>Desk</at> devices of <at>Jane &amp; Co</at>!', { entities })).toEqual({
    text: 'devices of @Jane & Co!',
    mentions: [{ text: '@Jane & Co', chatId: '29:jane', name: 'Jane & Co' }],
  });
});

test('two people of one name are told apart by their order', () => {
  const entities = [mention('29:a', '<at>Jo</at>', 'Jo'), mention('29:b', '<at>Jo</at>', 'Jo')];
  expect(read('<at>Jo</at> <at>Jo</at>', { entities }).mentions.map(({ chatId }) => chatId)).toEqual(['29:a', '29:b']);
});

test('a person of our name is not us', () => {
  const entities = [us, mention('29:desk', '<at>Desk</at>', 'Desk')];
  expect(read('<at>Desk</at> devices of <at>Desk</at>', { entities })).toMatchObject({
    text: 'devices of @Desk',
    mentions: [{ chatId: '29:desk' }],
  });
});

test.each<[string, Record<string, unknown>]>([
  ['no type', { mentioned: { id: '28:us' }, text: '<at>Desk</at>' }],
  ['no text', { type: 'mention', mentioned: { id: '28:us' } }],
  ['no mentioned', { type: 'mention', text: '<at>Desk</at>' }],
  ['nothing', {}],
  ['wrong types', { type: 7, mentioned: [], text: {} }],
])('an entity with %s does no harm', (_, entity) => {
  expect(read('lock x', { entities: [entity] }).text).toBe('lock x');
});

test('what is long is passed on, what is endless is cut', () => {
  expect(read('x'.repeat(10_000)).text).toHaveLength(10_000);
  expect(read('x'.repeat(200_000)).text).toHaveLength(longestText);
});

test('hostile text takes no time', () => {
  const started = process.cpuUsage().user;
  read('<at>'.repeat(5_000), {
    entities: Array.from({ length: 500 }, (_, n) => mention(`29:${String(n)}`, `<at>${'a'.repeat(299)}`)),
  });
  read('<'.repeat(20_000), { textFormat: 'xml' });
  read('&#'.repeat(10_000));
  expect(process.cpuUsage().user - started).toBeLessThan(2_000_000);
});
