import { instantOf, later } from '../../src/graph/instants.ts';

test.each([
  ['2022-08-03T10:53:24.6222751Z', '2022-08-03T10:53:24.622Z'],
  ['2022-08-03T10:53:24Z', '2022-08-03T10:53:24.000Z'],
  ['2022-08-03T10:53:24.5', '2022-08-03T10:53:24.500Z'],
  ['2016-12-31T23:58:46.7156189-08:00', '2017-01-01T07:58:46.715Z'],
  ['2016-12-31T23:58:46+0530', '2016-12-31T18:28:46.000Z'],
  [' 2022-08-03t10:53:24z ', '2022-08-03T10:53:24.000Z'],
])('%s is read', (said, meant) => {
  expect(instantOf(said)).toBe(Date.parse(meant));
});

test.each([
  '0001-01-01T00:00:00Z',
  '0001-01-01T00:00:00-08:00',
  '9999-12-31T23:59:59Z',
  '9999-12-31T23:59:59.9999999Z',
  'String (timestamp)',
  '2022-13-45T99:00:00Z',
  '',
  null,
  undefined,
  1_659_523_204,
  {},
])('%p is no instant', (said) => {
  expect(instantOf(said)).toBeUndefined();
});

test('the later of two, where there are two', () => {
  expect(later(1, 2)).toBe(2);
  expect(later(2, undefined)).toBe(2);
  expect(later(undefined, 1)).toBe(1);
  expect(later(undefined, undefined)).toBeUndefined();
});
