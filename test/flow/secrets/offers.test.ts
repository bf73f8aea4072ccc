import type { Operation } from '../../../src/model/operation.ts';
import { alex, channel, mac, noon, personal, proposed } from '../../world.ts';
import { lockResult, scene } from '../scene.ts';
import type { Scene } from '../scene.ts';

const lookup = { source: 'managedDevice', id: mac.id, kind: 'remoteLock', names: [] } as const;
const sending = { sentAt: noon, lookup, before: [] };
const state = { is: 'finished', outcome: 'done', at: noon, sending, result: lockResult('done') } as const;

/** One lock that was asked for in a channel, and so many others after it. */
async function lockAndMore(more: number): Promise<Scene> {
  const at = await scene();
  const put = (id: string, after: number, changes: Partial<Operation>) =>
    at.store.create({ ...proposed, id, origin: id, askedAt: noon + after, place: channel, ...changes }, {});
  await put('first', 0, { state });
  for (let number = 1; number <= more; number += 1)
    await put(`later-${number}`, number, { state: { is: 'dropped', why: 'cancelled', at: noon } });
  return at;
}

const offers = ({ told }: Scene) => told.filter((line) => line.includes('The unlock PIN is waiting here'));

test.each([0, 10, 150])(
  'whoever opens their chat gets the PIN that waits, also of a lock with %d others after it',
  async (more) => {
    const at = await lockAndMore(more);
    await at.desk.onArrival(personal, alex);
    await at.settle();
    expect(offers(at)).toHaveLength(1);
    await at.desk.onArrival(personal, alex);
    await at.settle();
    expect(offers(at)).toHaveLength(1);
  },
);

test('asked for the device’s status, too', async () => {
  const at = await lockAndMore(20);
  await at.desk.onMessage({ id: 'said', person: alex, place: personal, text: 'status MBP-042', mentions: [] });
  await at.settle();
  expect(offers(at)).toHaveLength(1);
});

test('what a channel hears holds none', async () => {
  const at = await lockAndMore(0);
  await at.desk.onArrival(channel, alex);
  await at.settle();
  expect(offers(at)).toEqual([]);
});
