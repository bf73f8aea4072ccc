import { press } from './acts.ts';
import { openHouse } from './house.ts';
import type { House } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.stop());

interface Said {
  readonly card?: unknown;
  readonly text?: string | undefined;
}

const shows = (words: string) => (one: Said) => JSON.stringify([one.card, one.text]).includes(words);

test('a channel that subscribed is told in a post of its own, which is updated in place to the end', async () => {
  const { thread } = await house.chat.say('alex', 'channel:incidents', 'notify here about locks');
  await house.chat.until('channel:incidents', (all) => all.some(shows('From now on I tell about locks here.')), 10_000);
  await house.chat.say('megan', 'personal', 'lock MBP-042');
  await press(house, 'megan', 'personal', 'Lock MBP-042');
  const isNotice = shows('Details of Lock MBP-042');
  const isOver = (one: Said) => isNotice(one) && shows('Done.')(one);
  const told = await house.chat.until('channel:incidents', (all) => all.some(isOver), 10_000);
  const notices = told.filter(isNotice);
  expect(notices).toHaveLength(1);
  expect(notices[0]?.thread).toBe(notices[0]?.id);
  expect(notices[0]?.thread).not.toBe(thread);
  expect(JSON.stringify(notices)).toContain('Asked by Megan Bowen');
});
