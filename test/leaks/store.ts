import { noteSaid } from './ledger.ts';

/** The same store; everything that it is given to remember is looked through for secrets when all tests are over. */
export const overhearing = <S extends object>(store: S): S =>
  new Proxy(store, {
    get: (target, name) => {
      const found: unknown = Reflect.get(target, name);
      if (typeof found !== 'function') return found;
      return (...given: unknown[]): unknown => {
        noteSaid(`what the store is told by ${String(name)}`, JSON.stringify(given) ?? '');
        return Reflect.apply(found, target, given);
      };
    },
  });
