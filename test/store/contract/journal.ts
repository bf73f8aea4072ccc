import type { Fresh } from '../fresh.ts';
import { entry } from '../fixtures.ts';

export function journalContract(fresh: Fresh): void {
  test('entries come back as they were written, in order', async () => {
    const full = { ...entry, operationId: 'o', deviceId: 'd', action: 'a', note: 'n' };
    await fresh.store.journal(entry);
    await fresh.store.journal(full);
    expect(await fresh.store.entries()).toEqual([entry, full]);
    expect(JSON.stringify((await fresh.store.entries())[0])).toBe(JSON.stringify(entry));
  });

  test('each tenant has a journal of its own', async () => {
    const { store } = fresh;
    for (const tenantId of ['b', 'a', 'b']) await store.journal({ ...entry, tenantId });
    expect((await store.entries()).map(({ tenantId }) => tenantId)).toEqual(['a', 'b', 'b']);
  });

  test('a long journal is read whole', async () => {
    const times = Array.from({ length: 2_300 }, (_, index) => index);
    for (let part = 0; part < times.length; part += 100)
      await Promise.all(times.slice(part, part + 100).map((at) => fresh.store.journal({ ...entry, at })));
    const read = await fresh.store.entries();
    expect(read.map(({ at }) => at).sort((one, other) => one - other)).toEqual(times);
  });
}
