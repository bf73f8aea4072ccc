import { createMemoryStore } from '../../src/store/memory.ts';
import { storeContract } from './contract.ts';

storeContract(async () => {
  const store = createMemoryStore();
  return { store, journalled: async () => store.entries().length };
});
