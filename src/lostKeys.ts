import type { Log, Vault } from './ports.ts';
import type { Store } from './storePort.ts';

/**
 * Why some of the secrets that are kept cannot be opened, in one line; undefined: all can, or the store does not answer,
 * which is told elsewhere.
 */
export async function lostKeys(store: Pick<Store, 'seals'>, vault: Vault): Promise<string | undefined> {
  const seals = await store.seals().catch(() => []);
  const lost = seals.filter(({ seal }) => !vault.hasKeyFor(seal)).reduce((sum, { count }) => sum + count, 0);
  if (lost === 0) return undefined;
  return `${lost} kept secret${lost === 1 ? ' is' : 's are'} sealed with a key that is not set: put the earlier key behind the new one in DESK_SECRET_KEY`;
}

/** At the start, and not only once somebody asks for one of them. */
export async function tellLostKeys(store: Store, vault: Vault, log: Log): Promise<void> {
  const fault = await lostKeys(store, vault);
  if (fault) log.error({ fault }, 'secrets cannot be opened');
}
