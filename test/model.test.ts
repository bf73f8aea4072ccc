import { explainErrorCode, tellErrorCode, writeErrorCode } from '../src/model/errorCode.ts';
import { cut, list, span } from '../src/model/text.ts';

test.each([
  [-2016281112, '-2016281112 (0x87D1FDE8)'],
  [0, '0 (0x00000000)'],
  [1, '1 (0x00000001)'],
  [2147942405, '2147942405 (0x80070005)'],
  [9007199254740991, '9007199254740991'],
])('%d is written %s', (code, written) => {
  expect(writeErrorCode(code)).toBe(written);
});

test('a code is explained by the families that fit, and by no other', () => {
  expect(explainErrorCode(-2147024891, ['hresult'])).toBe('Access denied (E_ACCESSDENIED)');
  expect(explainErrorCode(-2016341112, ['hresult', 'configurationManager'])).toBeUndefined();
  expect(explainErrorCode(-2016341112, ['appleMdm'])).toBe('The device is busy');
  expect(tellErrorCode(-2016999999, ['hresult'])).toBe(
    '-2016999999 (0x87C705C1): Microsoft publishes no meaning for it',
  );
});

test('arithmetic of the published families', () => {
  expect(0x87d10000 + 404).toBe(0x87d10194);
  expect(explainErrorCode((0x87d10000 + 404) | 0, ['omaDm'])).toBe('Not found');
  expect(explainErrorCode((0x87d12710 + 29000) | 0, ['appleMdm'])).toBe('Device not supervised');
});

test.each([
  [30_000, 'less than a minute'],
  [60_000, '1 minute'],
  [3 * 3_600_000, '3 hours'],
  [25 * 3_600_000, '1 day'],
])('%d ms is %s', (ms, text) => {
  expect(span(ms)).toBe(text);
});

test('text is cut between characters, and listed as people list', () => {
  expect(cut('😀😀😀', 2)).toBe('😀…');
  expect(list([])).toBe('');
  expect(list(['a'])).toBe('a');
  expect(list(['a', 'b', 'c'])).toBe('a, b and c');
});
