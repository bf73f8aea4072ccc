import { csvLine } from '../../src/commands/csv.ts';

test.each<[string | number | undefined, string]>([
  ['plain', 'plain'],
  [42, '42'],
  [undefined, ''],
  ['', ''],
  ['one, two', '"one, two"'],
  ['she said "no"', '"she said ""no"""'],
  ['two\nlines', '"two\nlines"'],
  ['two\r\nlines', '"two\r\nlines"'],
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1+1', "'\t=1+1"],
  ['=HYPERLINK("http://evil.example","x")', `"'=HYPERLINK(""http://evil.example"",""x"")"`],
  ['  =1+1', "'  =1+1"],
  ['＝1+1', "'＝1+1"],
  ['1=1', '1=1'],
])('the cell %j is written %j', (value, cell) => {
  expect(csvLine([value])).toBe(`${cell}\r\n`);
});

test('cells are parted by commas', () => {
  expect(csvLine(['a', undefined, 3])).toBe('a,,3\r\n');
});
