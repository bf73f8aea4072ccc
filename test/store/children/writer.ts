/*
 * Writes as fast as it can into the folder that is named, and says on stdout what is done: `+ id` an operation was made,
 * `> id version` it was moved. Runs until it is killed.
 */
import { openStore } from '../../../src/store/open.ts';
import { noPace } from '../../../src/model/telling.ts';
import { entry, lookedFor, proposed, said } from '../fixtures.ts';
import { noon, silent } from '../../world.ts';

const [folder = '', name = ''] = process.argv.slice(2);
const store = await openStore({ is: 'sqlite', folder }, { now: Date.now }, silent);
console.log('open');
for (let count = 0; ; count += 1) {
  const operation = proposed(`${name}-${count}`);
  await store.create(operation, { entry: { ...entry, operationId: operation.id }, tell: [said(operation.id)] });
  console.log(`+ ${operation.id}`);
  const to = { ...operation, state: lookedFor(noon) };
  await store.move(operation, to, { entry: { ...entry, event: 'running', operationId: operation.id } });
  console.log(`> ${operation.id} 1`);
  const [lane] = await store.claimLanes(Date.now(), 1, Date.now() + 10);
  if (lane?.deliveries[0]) await store.told(lane.deliveries[0], noPace, { leave: true });
}
