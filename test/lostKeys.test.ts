import { healthOf } from '../src/assemble.ts';
import { tellLostKeys } from '../src/lostKeys.ts';
import { vaultOf } from '../src/vault.ts';
import type { VaultKeys } from '../src/vault.ts';
import { memoryStore, noGraph, proposed, silent } from './world.ts';

const older = Buffer.alloc(32, 'older');
const newer = Buffer.alloc(32, 'newer');

/** A store with so many secrets that were sealed with the older key, as a bot with these keys finds it. */
async function start(sealed: number, keys: VaultKeys) {
  const store = await memoryStore();
  const before = vaultOf([older]);
  for (let number = 0; number < sealed; number += 1) {
    const id = `o-${number}`;
    const secret = { operationId: id, sealed: before.seal('secret', id) };
    await store.create({ ...proposed, id, origin: id, device: { ...proposed.device, id } }, { secret });
  }
  const errors: object[] = [];
  const graph = { ...noGraph, ready: async () => undefined, auditsDeniedSince: () => undefined };
  const vault = vaultOf(keys);
  await tellLostKeys(store, vault, { ...silent, error: (facts) => void errors.push(facts) });
  return { errors, ready: await healthOf(graph, store, vault).ready() };
}

const mend = 'sealed with a key that is not set: put the earlier key behind the new one in DESK_SECRET_KEY';

test.each<[string, number, VaultKeys, string | undefined]>([
  ['with the key', 2, [older], undefined],
  ['with the key behind a new one', 2, [newer, older], undefined],
  ['with a new one only', 2, [newer], `2 kept secrets are ${mend}`],
  ['with a new one only, and one secret', 1, [newer], `1 kept secret is ${mend}`],
  ['with a new one only, and no secret', 0, [newer], undefined],
])('started %s', async (_how, sealed, keys, fault) => {
  const { errors, ready } = await start(sealed, keys);
  expect(ready).toEqual({ ok: true, reasons: fault ? { secrets: fault } : {} });
  expect(errors).toEqual(fault ? [{ fault }] : []);
});
