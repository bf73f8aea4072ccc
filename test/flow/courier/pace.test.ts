import { nextFree, withMessage } from '../../../src/flow/courier/pace.ts';
import { noPace } from '../../../src/model/telling.ts';
import { noon } from '../../world.ts';

const rules = [
  { limit: 7, window: 1_000 },
  { limit: 8, window: 2_000 },
  { limit: 60, window: 30_000 },
  { limit: 1_800, window: 3_600_000 },
];

/** Sends as soon as it may, and answers when each message went. */
function sendAll(count: number, from = noon): readonly number[] {
  let pace = noPace;
  let now = from;
  return Array.from({ length: count }, () => {
    now = nextFree(pace, rules, now);
    pace = withMessage(pace, rules, now);
    return now;
  });
}

test('what was never spoken in is free at once', () => {
  expect(nextFree(noPace, rules, noon)).toBe(noon);
});

test.each([
  [7, 0],
  [8, 1_000],
  [9, 2_000],
  [16, 3_000],
])('message %d goes out %d ms after the first', (count, after) => {
  expect(sendAll(count).at(-1)).toBe(noon + after);
});

test.each([noon, noon + 1, noon - 137, noon + 299_999])(
  'no window ever holds more than its rule allows, from %d',
  (from) => {
    const sent = sendAll(4_000, from);
    for (const { limit, window } of rules)
      for (let index = limit; index < sent.length; index += 1)
        expect((sent[index] ?? 0) - (sent[index - limit] ?? 0)).toBeGreaterThanOrEqual(window);
  },
);

test('it is not much slower than the rules allow', () => {
  const sent = sendAll(3_600);
  expect((sent.at(-1) ?? 0) - noon).toBeLessThan(2.3 * 3_600_000);
});

test('what is kept of a busy conversation stays small', () => {
  let pace = noPace;
  for (let at = noon; at < noon + 86_400_000; at += 10_000) pace = withMessage(pace, rules, at);
  expect(pace.recent).toHaveLength(60);
  expect(pace.counts.length).toBeLessThanOrEqual(14);
});
