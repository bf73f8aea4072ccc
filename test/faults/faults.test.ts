import { withPostgres } from '../store/withPostgres.ts';
import { sqliteEngine } from './engines.ts';
import type { Engine } from './engines.ts';
import { runFaults } from './harness.ts';
import type { Outcome } from './harness.ts';
import type { Facts } from './ledger.ts';
import { standingOf, tellsEnd } from './reading.ts';
import { casesOf, reportOf } from './report.ts';
import type { Case } from './report.ts';

/*
 * The short version of `npm run faults`: enough kills to notice when something comes loose, too few to prove anything.
 */

jest.setTimeout(240_000);

const well = { sentTwice: [], forgotten: [], cardsMissing: [], repliesMissing: [], untrue: [] };

const kill = (engine: Engine): Promise<Outcome> => runFaults({ engine, kills: 12, operations: 12, seed: 20261122 });

function expectWell({ report, crashes }: Outcome): void {
  expect(report).toMatchObject(well);
  expect(report.confirmed).toBeGreaterThanOrEqual(12);
  expect(report.sent).toBeGreaterThan(0);
  expect(crashes).toEqual([]);
}

withPostgres((server) => {
  test('killed again and again, it does nothing twice and forgets nothing', async () => {
    const url = await server().freshUrl();
    expectWell(await kill({ environment: { DATABASE_URL: url }, stop: async () => undefined }));
  });
});

describe('SQLite', () => {
  let outcome: Outcome;
  beforeAll(async () => {
    outcome = await kill(sqliteEngine());
  });

  test('killed again and again, it does nothing twice and forgets nothing', () => {
    expectWell(outcome);
  });

  describe('the measure notices', () => {
    let facts: Facts;
    let sample: Case;

    beforeAll(() => {
      facts = outcome.facts;
      sample = wellDone(facts);
    });

    /** An operation with one write, one card and one reply, the last one on its device. */
    const wellDone = (all: Facts): Case => {
      const cases = casesOf(all);
      const isLast = ({ errand }: Case) =>
        !cases.some((one) => one.errand.device === errand.device && one.errand.confirmedAt! > errand.confirmedAt!);
      return cases.find(
        (one) =>
          [one.writes, one.cards, one.replies].every((list) => list.length === 1) &&
          one.cards[0]!.status === 'Done' &&
          isLast(one),
      )!;
    };
    const isItsCard = (message: Facts['messages'][number]) =>
      standingOf(message)?.operation === sample.errand.operation;
    const withStatus = (status: string): Facts => ({
      ...facts,
      messages: facts.messages.map((message) =>
        isItsCard(message)
          ? (JSON.parse(JSON.stringify(message).replaceAll('"Done"', JSON.stringify(status))) as typeof message)
          : message,
      ),
    });
    const withWrite = (at: number): Facts => ({
      ...facts,
      writes: [...facts.writes, { ...sample.writes[0]!, at }],
      writesAtTenant: facts.writesAtTenant + 1,
    });

    test('a second write right after the first', () => {
      expect(reportOf(withWrite(sample.writes[0]!.at + 1)).sentTwice).toEqual([sample.name]);
    });

    test('a second write long after', () => {
      expect(reportOf(withWrite(Date.now())).sentTwice).toEqual([sample.name]);
    });

    test('a write that nobody had confirmed', () => {
      expect(reportOf(withWrite(1)).sentTwice).toEqual([`unasked: ${sample.writes[0]!.path}`]);
    });

    test('a write that went past the line on which it counts', () => {
      expect(reportOf({ ...facts, writesAtTenant: facts.writesAtTenant + 1 }).sentTwice).toEqual(['past the line']);
    });

    test('a card that stopped before the end', () => {
      const { cardsMissing, forgotten } = reportOf(withStatus('Waiting for the device'));
      expect({ cardsMissing, forgotten }).toEqual({ cardsMissing: [sample.name], forgotten: [] });
    });

    test('an end that was not told, and one that was told twice', () => {
      const reply = sample.replies[0]!;
      const silent = facts.messages.filter((message) => message !== reply);
      expect(reportOf({ ...facts, messages: silent }).repliesMissing).toEqual([sample.name]);
      const doubled = reportOf({ ...facts, messages: [...facts.messages, reply] }).duplicateReplies;
      expect(doubled).toBe(outcome.report.duplicateReplies + 1);
    });

    test('an operation of which nothing is left', () => {
      const messages = facts.messages.filter(
        (message) => !isItsCard(message) && !tellsEnd(message, sample.cards[0]!.deed),
      );
      expect(reportOf({ ...facts, messages }).forgotten).toEqual([sample.name]);
    });

    test('a card that says that nothing was sent, though it was', () => {
      expect(reportOf(withStatus('Not done')).untrue).toEqual([sample.name]);
    });
  });
});
