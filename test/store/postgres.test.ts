import { openStore } from '../../src/store/open.ts';
import { storeContract } from './contract.ts';
import { silent } from '../world.ts';
import { withPostgres } from './withPostgres.ts';

withPostgres((server) => {
  const open = async (clock = { now: Date.now }) =>
    openStore({ is: 'postgres', url: await server().freshUrl() }, clock, silent);
  storeContract(open);

  test('it is ready, until it is closed', async () => {
    const store = await open();
    expect(await store.ready()).toBeUndefined();
    await store.close();
    expect(await store.ready()).toBe('the store cannot be reached');
    await expect(store.operation('x')).rejects.toMatchObject({ name: 'StoreFault', reason: 'unreachable' });
    await store.close();
  });

  test('a clock that differs from ours is told', async () => {
    const store = await open({ now: () => Date.now() - 60_000 });
    expect(await store.ready()).toBe(
      'the clocks of the database and of this machine are 60 s apart; set both by a time server',
    );
    await store.close();
  });
});
