import { patiently } from '../../src/store/patience.ts';
import type { Patience } from '../../src/store/patience.ts';

/** Waits in no time, and notes how long it would have been. */
function inNoTime(total = 10_000): Patience & { pauses: number[] } {
  const pauses: number[] = [];
  let now = 0;
  return {
    total,
    pauses,
    now: () => now,
    wait: async (pause) => {
      pauses.push(pause);
      now += pause;
    },
  };
}

const away = new Error('away');
const isAway = (fault: unknown) => fault === away;

/** Fails so often, then answers. */
function failing(times: number, fault = away): () => Promise<string> {
  let left = times;
  return async () => {
    if (left-- > 0) throw fault;
    return 'answer';
  };
}

test('what passes is tried again, after pauses that grow to a second', async () => {
  const patience = inNoTime();
  expect(await patiently(failing(8), isAway, patience)).toBe('answer');
  const longest = [50, 100, 200, 400, 800, 1_000, 1_000, 1_000];
  expect(patience.pauses).toHaveLength(8);
  for (const [index, pause] of patience.pauses.entries()) {
    expect(pause).toBeGreaterThanOrEqual(longest[index]! / 2);
    expect(pause).toBeLessThanOrEqual(longest[index]!);
  }
});

test('what does not pass is thrown at once', async () => {
  const patience = inNoTime();
  await expect(patiently(failing(1, new Error('no')), isAway, patience)).rejects.toThrow('no');
  expect(patience.pauses).toEqual([]);
});

test('after ten seconds the last fault counts', async () => {
  const patience = inNoTime();
  await expect(patiently(failing(Infinity), isAway, patience)).rejects.toBe(away);
  const waited = patience.pauses.reduce((sum, pause) => sum + pause, 0);
  expect(waited).toBeLessThanOrEqual(10_000);
  expect(waited).toBeGreaterThan(8_000);
});
