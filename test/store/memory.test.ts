import { openStore } from '../../src/store/open.ts';
import { storeContract } from './contract.ts';
import { silent } from '../world.ts';

storeContract((clock) => openStore({ is: 'memory' }, clock, silent));

test('a store in memory is ready until it is closed', async () => {
  const store = await openStore({ is: 'memory' }, { now: Date.now }, silent);
  expect(await store.ready()).toBeUndefined();
  await store.close();
  expect(await store.ready()).toBe('the store cannot be reached');
  await expect(store.operation('x')).rejects.toMatchObject({ name: 'StoreFault', reason: 'unreachable' });
  await store.close();
});
