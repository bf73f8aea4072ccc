import { timeOf } from '../../src/commands/times.ts';

test.each([
  ['2026-03-01', '2026-03-01T00:00:00.000Z'],
  ['2028-02-29', '2028-02-29T00:00:00.000Z'],
  ['2026-03-01T09:30Z', '2026-03-01T09:30:00.000Z'],
  ['2026-03-01T09:30:15Z', '2026-03-01T09:30:15.000Z'],
  ['2026-03-01T09:30:15.250Z', '2026-03-01T09:30:15.250Z'],
  ['2026-03-01T00:30:00+01:00', '2026-02-28T23:30:00.000Z'],
])('%s is a time', (text, at) => {
  expect(timeOf('from', text)).toBe(Date.parse(at));
});

test.each([
  'yesterday',
  '1.3.2026',
  '2026-3-1',
  '2026-02-30',
  '2026-13-01',
  '2026-03-01T09:30:00',
  '2026-03-01T25:00Z',
  '1772357400000',
  '',
])('“%s” is not, and what is right is said', (text) => {
  expect(() => timeOf('from', text)).toThrow(
    /^--from must be a time in ISO form with its zone, like 2026-03-01T09:30:00Z/u,
  );
});
