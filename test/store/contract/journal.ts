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
    const { store } = fresh;
    const operation = { from: undefined, count: 2_300 };
    const tellings = Array.from({ length: operation.count }, (_, index) => index);
    for (let part = 0; part < 23; part += 1)
      await Promise.all(tellings.slice(part * 100, part * 100 + 100).map((at) => store.journal({ ...entry, at })));
    const read = await store.entries();
    expect(read.map(({ at }) => at).sort((one, other) => one - other)).toEqual(tellings);
  });
}
