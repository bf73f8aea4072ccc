import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { postgresFolder } from '../test/store/postgres.ts';

/** A PostgreSQL server of the bench's own, with the settings it comes with: nothing less durable, nothing tuned. */
export interface Server {
  readonly version: string;
  /** The process whose children all others are. */
  readonly pid: number;
  /** The address of an empty database in it. */
  freshUrl(): Promise<string>;
  stop(): void;
}

/** PostgreSQL refuses to run as root; then the user that the package made runs it. */
const isRoot = process.getuid?.() === 0;

function asServer(program: string, ...parameters: string[]): void {
  const [first = '', ...rest] = [...(isRoot ? ['runuser', '-u', 'postgres', '--'] : []), program, ...parameters];
  execFileSync(first, rest, { cwd: '/', stdio: 'ignore' });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function ask(url: string, statement: string): Promise<Readonly<Record<string, string>> | undefined> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, string>>(statement)).rows[0];
  } finally {
    await client.end();
  }
}

/** Undefined where PostgreSQL is not installed. It is gone when this process is, however it ends. */
export async function startServer(): Promise<Server | undefined> {
  const programs = postgresFolder();
  if (programs === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'device-desk-bench-pg-'));
  if (isRoot) execFileSync('chown', ['postgres', folder]);
  chmodSync(folder, 0o700);
  const data = join(folder, 'data');
  const control = (...parameters: string[]) =>
    asServer(join(programs, 'pg_ctl'), '-D', data, '-w', '-l', join(folder, 'log'), ...parameters);
  const stop = () => {
    try {
      control('stop', '-m', 'immediate');
    } catch {
      // It is stopped already.
    }
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', stop);
  asServer(join(programs, 'initdb'), '-D', data, '-U', 'desk', '-A', 'trust', '-E', 'UTF8', '--no-sync');
  const port = await freePort();
  control('start', '-o', `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`);
  const urlOf = (database: string) => `postgres://desk@127.0.0.1:${port}/${database}`;
  const shown = await ask(urlOf('postgres'), 'SHOW server_version');
  let databases = 0;
  return {
    version: shown?.['server_version']?.replace(/ .*/u, '') ?? '',
    pid: Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]),
    async freshUrl() {
      const name = `bench_${++databases}`;
      await ask(urlOf('postgres'), `CREATE DATABASE ${name}`);
      return urlOf(name);
    },
    stop,
  };
}

/** Of proc_pid_stat(5): the parent, and user and system time with that of ended children, in ticks of 10 ms. */
function statOf(pid: string | number): { parent: number; ticks: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  return { parent: fields[1] ?? 0, ticks: fields.slice(11, 15).reduce((sum, each) => sum + each, 0) };
}

/** CPU that a server with all its processes, also those that have ended, took so far, in milliseconds; 0 without one. */
export function serverCpuMs(pid: number | undefined): number {
  if (pid === undefined) return 0;
  let { ticks } = statOf(pid);
  for (const other of readdirSync('/proc').filter((name) => /^\d+$/u.test(name))) {
    try {
      const { parent, ticks: own } = statOf(other);
      if (parent === pid) ticks += own;
    } catch {
      // It ended meanwhile.
    }
  }
  return ticks * 10;
}
