import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = join(import.meta.dirname, '..');

// A signal alone would end us without the word to those whom we started.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

/** A process that is measured from outside. */
export interface Child {
  readonly port: number;
  /** Milliseconds from its birth to its first sign of readiness. */
  readonly readyMs: number;
  /** User and system time of all its threads so far, in milliseconds. */
  cpuMs(): number;
  /** Resident memory in bytes. */
  memory(): number;
  /** What it wrote to stdout and stderr. */
  printed(): string;
  stop(): Promise<void>;
}

export interface Recipe {
  /** A file of ours, from the root of the project. */
  readonly entry: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
  /** The folder it runs in: one without an `.env` of somebody's. */
  readonly folder: string;
  /** Whether it is ready; asked every 10 ms, and thrown errors mean no. */
  readonly isReady: (port: number) => Promise<boolean>;
}

/** Starts a process with this environment and nothing else in it. Rejects when it ends, or is not ready after a minute. */
export async function start({ entry, environment, flags = [], folder, isReady }: Recipe): Promise<Child> {
  const port = await freePort();
  const born = performance.now();
  const child = spawn(process.execPath, [...flags, join(root, entry)], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', PORT: String(port), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const orphaned = () => child.kill('SIGKILL');
  process.once('exit', orphaned);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const printed = gather(child);
  const readyMs = await untilReady(child, () => isReady(port), born, printed);
  const pid = child.pid ?? 0;
  return {
    port,
    readyMs,
    cpuMs: () => cpuOf(pid),
    memory: () => memoryOf(pid),
    printed,
    stop: async () => {
      child.kill('SIGTERM');
      await Promise.race([ended, sleep(20_000, undefined, { ref: false }).then(orphaned)]);
      process.off('exit', orphaned);
    },
  };
}

function gather({ stdout, stderr }: ChildProcess): () => string {
  let text = '';
  for (const stream of [stdout, stderr]) stream?.on('data', (part: Buffer) => (text += part.toString()));
  return () => text;
}

async function untilReady(child: ChildProcess, isReady: () => Promise<boolean>, born: number, printed: () => string) {
  while (!(await isReady().catch(() => false))) {
    if (child.exitCode !== null || performance.now() - born > 60_000) {
      child.kill('SIGKILL');
      throw new Error(`a measured process did not get ready; it had printed:\n${printed()}`);
    }
    await sleep(10);
  }
  return performance.now() - born;
}

function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** The sum over its threads, in nanoseconds; `/proc/<pid>/stat` counts in steps of 10 ms (Linux, sched-stats). */
function cpuOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const spent = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return spent.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1_000_000;
}

function memoryOf(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}
