import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from '../freePort.ts';

const run = promisify(execFile);

/** A PostgreSQL server of the tests' own, on a free port of this machine. */
export interface TestServer {
  readonly port: number;
  /** Of the database `postgres`, as one who may do everything. */
  readonly url: string;
  /** The address of an empty schema in it. */
  freshUrl(): Promise<string>;
  /** Ends all connections and stops; then starts again. */
  stop(how: 'fast' | 'immediate'): Promise<void>;
  start(): Promise<void>;
  /** Stops it for good, and removes every trace. */
  remove(): Promise<void>;
}

const debian = '/usr/lib/postgresql';

function bindir(): string | undefined {
  try {
    return execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

/** The folder with the server's programs; undefined where PostgreSQL is not installed. */
export function postgresFolder(): string | undefined {
  const versions = existsSync(debian) ? readdirSync(debian).sort((one, other) => Number(other) - Number(one)) : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), bindir() ?? ''];
  return folders.find((folder) => folder !== '' && existsSync(join(folder, 'initdb')));
}

/** PostgreSQL refuses to run as root; then the user that the package made runs it. */
const isRoot = process.getuid?.() === 0;
const asServer = (program: string, parameters: readonly string[]) =>
  isRoot
    ? run('runuser', ['-u', 'postgres', '--', program, ...parameters], { cwd: '/' })
    : run(program, [...parameters], { cwd: '/' });

/** Says something to the database that `url` names; answers the rows of the last statement. */
export async function say(url: string, ...statements: readonly string[]): Promise<readonly unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  let rows: readonly unknown[] = [];
  try {
    for (const statement of statements) ({ rows } = await client.query<object>(statement));
  } finally {
    await client.end();
  }
  return rows;
}

/** Everybody is let in without a password but `locked`, whose password is `right`. */
async function lockOne(data: string): Promise<void> {
  const file = join(data, 'pg_hba.conf');
  await writeFile(file, `host all locked 127.0.0.1/32 scram-sha-256\n${await readFile(file, 'utf8')}`);
}

export async function startPostgres(programs: string): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'device-desk-pg-'));
  if (isRoot) await run('chown', ['postgres', folder]);
  await chmod(folder, 0o700);
  const data = join(folder, 'data');
  const control = (...parameters: string[]) =>
    asServer(join(programs, 'pg_ctl'), ['-D', data, '-w', '-l', join(folder, 'log'), ...parameters]);
  await asServer(join(programs, 'initdb'), ['-D', data, '-U', 'desk', '-A', 'trust', '-E', 'UTF8', '--no-sync']);
  await lockOne(data);
  const port = await freePort();
  const url = `postgres://desk:secret@127.0.0.1:${port}/postgres`;
  const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c shared_buffers=16MB -c max_connections=60`;
  const start = async () => void (await control('start', '-o', options));
  await start();
  await say(url, `CREATE ROLE locked LOGIN PASSWORD 'right'`, 'REVOKE CREATE ON SCHEMA public FROM PUBLIC');
  let schemas = 0;
  return {
    port,
    url,
    start,
    stop: async (how) => void (await control('stop', '-m', how)),
    async freshUrl() {
      const name = `test_${++schemas}`;
      await say(url, `CREATE SCHEMA ${name}`);
      return `${url}?options=-csearch_path%3D${name}`;
    },
    async remove() {
      await control('stop', '-m', 'immediate').catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
