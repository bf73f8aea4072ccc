/** How `npm run sandbox` is to run. */
export interface SandboxSettings {
  readonly port: number;
  /** Factor on all delays. */
  readonly speed: number;
}

/** Reads SANDBOX_PORT (default 4000) and SANDBOX_SPEED (default 1); all faults are told together, with their mend. */
export function readSandboxSettings(
  environment: Readonly<Record<string, string | undefined>>,
): SandboxSettings | { readonly faults: readonly string[] } {
  const port = Number(environment['SANDBOX_PORT'] ?? '4000');
  const speed = Number(environment['SANDBOX_SPEED'] ?? '1');
  const faults: string[] = [];
  if (!/^\d+$/.test(environment['SANDBOX_PORT'] ?? '4000') || port > 65_535) {
    faults.push(`SANDBOX_PORT is '${environment['SANDBOX_PORT']}'. Set a port from 1 to 65535, or 0 for any free one.`);
  }
  if (!Number.isFinite(speed) || speed <= 0) {
    faults.push(
      `SANDBOX_SPEED is '${environment['SANDBOX_SPEED']}'. Set a factor above 0: 1 for people, 1000 for tests.`,
    );
  }
  return faults.length > 0 ? { faults } : { port, speed };
}
