import { dueAt } from '../model/operation.ts';
import type { Operation } from '../model/operation.ts';
import type { Instant } from '../model/person.ts';
import type { Place } from '../model/place.ts';
import type { Question } from '../model/question.ts';
import type { Claim, JournalEntry, Store } from '../ports.ts';

/** A store that forgets when the process ends: for the sandbox and for tests. Every promise of `Store` but lasting. */
export interface MemoryStore extends Store {
  entries(): readonly JournalEntry[];
}

class Memory implements MemoryStore {
  readonly #operations = new Map<string, Operation>();
  readonly #origins = new Set<string>();
  readonly #leases = new Map<string, Instant>();
  readonly #questions = new Map<string, Question>();
  readonly #places = new Map<string, Place>();
  readonly #journal: JournalEntry[] = [];

  async create(operation: Operation, entry: JournalEntry): Promise<boolean> {
    if (this.#operations.has(operation.id) || this.#origins.has(operation.origin)) return false;
    this.#journal.push(entry);
    this.#operations.set(operation.id, operation);
    this.#origins.add(operation.origin);
    return true;
  }

  async operation(id: string): Promise<Operation | undefined> {
    return this.#operations.get(id);
  }

  async move(from: Operation, to: Operation, entry?: JournalEntry): Promise<Operation | undefined> {
    if (this.#operations.get(from.id)?.version !== from.version) return undefined;
    if (entry) this.#journal.push(entry);
    const moved = { ...to, version: from.version + 1 };
    this.#operations.set(moved.id, moved);
    this.#leases.delete(moved.id);
    return moved;
  }

  async claim(
    from: Operation,
    to: Operation,
    isRival: (other: Operation) => boolean,
    entry: JournalEntry,
  ): Promise<Claim> {
    const onDevice = [...this.#operations.values()].filter(({ device }) => device.id === from.device.id);
    const rival = onDevice.find((other) => other.id !== from.id && isRival(other));
    if (rival) return { is: 'rival', rival };
    const operation = await this.move(from, to, entry);
    return operation ? { is: 'moved', operation } : { is: 'late' };
  }

  async claimDue(now: Instant, limit: number, leaseUntil: Instant): Promise<readonly Operation[]> {
    const due = [...this.#operations.values()]
      .map((operation) => ({
        operation,
        at: Math.max(dueAt(operation) ?? Infinity, this.#leases.get(operation.id) ?? 0),
      }))
      .filter(({ at }) => at <= now)
      .sort((one, other) => one.at - other.at)
      .slice(0, limit);
    for (const { operation } of due) this.#leases.set(operation.id, leaseUntil);
    return due.map(({ operation }) => operation);
  }

  async operationsOf(filter: { deviceId?: string; personId?: string }, limit: number): Promise<readonly Operation[]> {
    return [...this.#operations.values()]
      .filter(({ device }) => filter.deviceId === undefined || device.id === filter.deviceId)
      .filter(({ asker }) => filter.personId === undefined || asker.id === filter.personId)
      .reverse()
      .slice(0, limit);
  }

  async ask(question: Question): Promise<boolean> {
    if (this.#questions.has(question.id) || this.#origins.has(question.origin)) return false;
    for (const [id, { expiresAt }] of this.#questions) if (expiresAt <= question.askedAt) this.#questions.delete(id);
    this.#questions.set(question.id, question);
    this.#origins.add(question.origin);
    return true;
  }

  async question(id: string): Promise<Question | undefined> {
    return this.#questions.get(id);
  }

  async settle(id: string): Promise<boolean> {
    return this.#questions.delete(id);
  }

  async rememberPlace(place: Place, person: { readonly id: string }): Promise<void> {
    if (place.kind === 'personal') this.#places.set(person.id, place);
  }

  async personalPlace(personId: string): Promise<Place | undefined> {
    return this.#places.get(personId);
  }

  async journal(entry: JournalEntry): Promise<void> {
    this.#journal.push(entry);
  }

  async ready(): Promise<undefined> {
    return undefined;
  }

  entries(): readonly JournalEntry[] {
    return this.#journal;
  }
}

export const createMemoryStore = (): MemoryStore => new Memory();
