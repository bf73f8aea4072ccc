import { conversationRates, tenantRate } from '../../src/teams/limits.ts';

test('what is counted in fixed windows never lets more than 50 calls fall into one second', () => {
  const touched = Math.ceil(1_000 / tenantRate.window) + 1;
  expect(touched * tenantRate.limit).toBeLessThanOrEqual(50);
});

test('a longer window allows more, but not as often', () => {
  const byWindow = conversationRates.map(({ limit, window }) => ({ limit, perSecond: (limit * 1_000) / window }));
  expect(byWindow.map(({ limit }) => limit)).toEqual(byWindow.map(({ limit }) => limit).toSorted((a, b) => a - b));
  const often = byWindow.map(({ perSecond }) => perSecond);
  expect(often).toEqual(often.toSorted((a, b) => b - a));
});
