import fc from 'fast-check';

/** A long run by hand sets this: `npm run fuzz`, or `FUZZ_RUNS=1000000 npx jest test/fuzz`. */
const asked = process.env['FUZZ_RUNS'];
const most = Number(asked ?? 200);
/** The same examples at every short run, so that a gate never fails by chance; other ones in every long run. */
const seed = Number(process.env['FUZZ_SEED'] ?? (asked === undefined ? 20_261_122 : Date.now() % 2 ** 31));

let total = 0;

/** Tries a property; `cost` divides the number of runs where one run is dear. A failure tells seed and counterexample. */
export async function holds<T>(property: fc.IRawProperty<T>, cost = 1): Promise<void> {
  const numRuns = Math.max(20, Math.ceil(most / cost));
  await fc.assert(property, { seed, numRuns });
  total += numRuns;
}

/** As many examples at once, for what is tried on all of them together. */
export function examples<T>(of: fc.Arbitrary<T>, cost = 1): readonly T[] {
  const numRuns = Math.max(20, Math.ceil(most / cost));
  total += numRuns;
  return fc.sample(of, { seed, numRuns });
}

afterAll(() => {
  if (asked !== undefined)
    process.stdout.write(`${expect.getState().testPath?.replace(/^.*[\\/]/u, '')}: ${total} runs, seed ${seed}\n`);
});
