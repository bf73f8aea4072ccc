import type { Clock } from '../../src/ports.ts';
import type { SqlStore } from '../../src/store/open.ts';
import { Hands } from './fixtures.ts';
import { bulletinContract } from './contract/bulletins.ts';
import { budgetContract } from './contract/budgets.ts';
import { ceilingContract } from './contract/ceilings.ts';
import { elsewhereContract } from './contract/elsewhere.ts';
import { historyContract } from './contract/history.ts';
import { laneContract } from './contract/lanes.ts';
import { leaseContract } from './contract/leases.ts';
import { operationContract } from './contract/operations.ts';
import { outboxContract } from './contract/outbox.ts';
import { peopleContract } from './contract/people.ts';
import { journalContract } from './contract/journal.ts';
import { noticeContract } from './contract/notices.ts';
import { secretContract } from './contract/secrets.ts';
import { subscriptionContract } from './contract/subscriptions.ts';

/** What every store must do, whatever it stands on. `open` makes an empty one. */
export function storeContract(open: (clock: Clock) => Promise<SqlStore>): void {
  const fresh = {} as { store: SqlStore; clock: Hands };
  beforeEach(async () => {
    fresh.clock = new Hands();
    fresh.store = await open(fresh.clock);
  });
  afterEach(() => fresh.store.close());

  describe('operations', () => operationContract(fresh));
  describe('leases', () => leaseContract(fresh));
  describe('people', () => peopleContract(fresh));
  describe('outbox', () => outboxContract(fresh));
  describe('lanes', () => laneContract(fresh));
  describe('budgets', () => budgetContract(fresh));
  describe('history', () => historyContract(fresh));
  describe('ceilings', () => ceilingContract(fresh));
  describe('secrets', () => secretContract(fresh));
  describe('subscriptions', () => subscriptionContract(fresh));
  describe('news and bulletins', () => bulletinContract(fresh));
  describe('what a card shows', () => noticeContract(fresh));
  describe('elsewhere', () => elsewhereContract(fresh));
  describe('journal', () => journalContract(fresh));
}
