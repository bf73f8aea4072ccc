import { run } from '../process/run.ts';
import type { Environment } from '../process/run.ts';

/** A real process of ours: bot, sandbox tenant and chat window, as `npm start` runs them. */
export interface Company {
  /** Where the chat window is. */
  readonly chat: string;
  /** Every line that the process printed so far. */
  printed(): string;
  /** The writes that reached the tenant, oldest first. */
  writes(): Promise<readonly Write[]>;
  /** Resolves as soon as a line that matches is printed. */
  until(pattern: RegExp): Promise<unknown>;
  /** Somebody does it in Intune's portal. */
  portal(deed: { readonly device: string; readonly action: string; readonly by: string }): Promise<void>;
  /** SIGKILL: nothing is put in order. */
  kill(): Promise<void>;
  /** SIGTERM; answers the exit code, 0 for one that was killed. */
  stop(): Promise<number | null>;
}

/** A write as the tenant recorded it; `lost` when it broke the connection instead of answering. */
export interface Write {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly status: number;
  readonly lost?: boolean;
}

/** Quick enough for a test, slow enough that the states on the way are seen. */
const quick = { SANDBOX_SPEED: '8', TRACKING_INTERVALS: '200ms', LOG_LEVEL: 'trace' };
const action = /\/(?:remoteLock|triggerConfigurationManagerAction|changeAssignments|reprovision|reprovisionCloudPc)$/u;

export async function startCompany(environment: Environment = {}): Promise<Company> {
  const desk = run('src/main.ts', { PORT: '0', SANDBOX_CHAT_PORT: '0', ...quick, ...environment });
  const [, chat = ''] = await desk.until(/open this:\s+(http:\S+)/iu);
  const [, tenant = ''] = await desk.until(/tenant\s+(http:\S+)/u);
  const state = { isKilled: false };
  return {
    chat,
    printed: () => desk.printed(),
    async writes() {
      const response = await fetch(`${tenant}/_sandbox/requests`);
      const all = (await response.json()) as readonly Write[];
      return all.filter(({ method, path }) => method === 'POST' && action.test(path));
    },
    until: (pattern) => desk.until(pattern),
    async portal(deed) {
      const headers = { 'Content-Type': 'application/json' };
      const answer = await fetch(`${tenant}/_sandbox/portal`, { method: 'POST', headers, body: JSON.stringify(deed) });
      if (!answer.ok) throw new Error(await answer.text());
    },
    async kill() {
      state.isKilled = true;
      process.kill(desk.pid, 'SIGKILL');
      await desk.ended;
    },
    stop: async () => (state.isKilled ? 0 : desk.stop()),
  };
}
