import { postgresFolder, startPostgres } from './postgres.ts';
import type { TestServer } from './postgres.ts';

/**
 * Runs these tests against a real PostgreSQL. Where none is installed they are left out, unless REQUIRE_POSTGRES is set:
 * then they fail.
 */
export function withPostgres(tests: (server: () => TestServer) => void): void {
  const folder = postgresFolder();
  const isLeftOut = folder === undefined && !process.env['REQUIRE_POSTGRES'];
  let server: TestServer | undefined;
  (isLeftOut ? describe.skip : describe)('PostgreSQL', () => {
    beforeAll(async () => {
      if (folder === undefined) throw new Error('REQUIRE_POSTGRES is set, but PostgreSQL is not installed');
      server = await startPostgres(folder);
    }, 60_000);
    afterAll(() => server?.remove(), 60_000);
    tests(() => server!);
  });
}
