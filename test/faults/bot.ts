import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { noteSaid } from '../leaks/ledger.ts';

const root = join(import.meta.dirname, '../..');
/** Milliseconds; a bot that needs longer to be ready is broken. */
const longestStart = 30_000;
const keptLines = 20_000;

/** The bot as a process of its own, which can be killed and started again at the same address. */
export class Bot {
  readonly url: string;
  readonly #environment: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  #ended: Promise<void> = Promise.resolve();
  #killed = false;
  /** What it printed lately, over all its lives. */
  readonly printed: string[] = [];
  /** How it ended where nobody had killed it. */
  readonly crashes: string[] = [];
  /** Milliseconds from each start until it was ready, where it lived to see that. */
  readonly startTimes: number[] = [];
  /** How often it said something as a warning or an error, by what it said. */
  readonly complaints = new Map<string, number>();

  constructor(port: number, environment: Readonly<Record<string, string>>) {
    this.url = `http://127.0.0.1:${String(port)}`;
    this.#environment = { PATH: process.env['PATH'] ?? '', PORT: String(port), ...environment };
  }

  start(): void {
    this.#killed = false;
    const child = spawn(process.execPath, ['src/main.ts'], {
      cwd: root,
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const orphaned = () => child.kill('SIGKILL');
    process.once('exit', orphaned);
    let rest = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) this.#hear(line);
      });
    this.#ended = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        process.off('exit', orphaned);
        if (!this.#killed)
          this.crashes.push(`${String(code ?? signal)} after\n${this.printed.slice(-20).join('\n')}\n${rest}`);
        resolve();
      });
    });
  }

  #hear(line: string): void {
    noteSaid('what the bot printed', line);
    this.printed.push(line);
    if (this.printed.length > keptLines) this.printed.shift();
    const [, words] = /"level":"(?:warn|error|fatal)".*"msg":"([^"]*)"/u.exec(line) ?? [];
    if (words) this.complaints.set(words, (this.complaints.get(words) ?? 0) + 1);
  }

  /** Resolves true when it is ready for work; false when it has ended before. Rejects when neither happens. */
  async ready(): Promise<boolean> {
    const from = Date.now();
    const child = this.#child;
    while (Date.now() - from < longestStart) {
      if (child?.exitCode !== null || child.signalCode !== null) return false;
      if (await isReady(this.url)) {
        this.startTimes.push(Date.now() - from);
        return true;
      }
      await wait(20);
    }
    throw new Error(`The bot was not ready after ${longestStart} ms:\n${this.printed.slice(-20).join('\n')}`);
  }

  /** SIGKILL, and until it is gone. */
  async kill(): Promise<void> {
    this.#killed = true;
    this.#child?.kill('SIGKILL');
    await this.#ended;
  }

  /** Asks it to stop, and waits for that; another end than with 0 is written down as a crash. */
  async stop(): Promise<void> {
    this.#killed = true;
    this.#child?.kill('SIGTERM');
    await this.#ended;
    const code = this.#child?.exitCode;
    if (code !== 0) this.crashes.push(`asked to stop, ${String(code)}:\n${this.printed.slice(-20).join('\n')}`);
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`, {
      headers: { connection: 'close' },
      signal: AbortSignal.timeout(2_000),
    });
    await response.text();
    return response.ok;
  } catch {
    return false;
  }
}
