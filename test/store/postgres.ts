import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

/** A PostgreSQL server of the tests' own, on a free port of this machine. */
export interface TestServer {
  readonly port: number;
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

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** PostgreSQL refuses to run as root; then the user that the package made runs it. */
const isRoot = process.getuid?.() === 0;
const asServer = (program: string, parameters: readonly string[]) =>
  isRoot
    ? run('runuser', ['-u', 'postgres', '--', program, ...parameters], { cwd: '/' })
    : run(program, [...parameters], { cwd: '/' });

async function makeSchema(port: number, name: string): Promise<void> {
  const client = new pg.Client(`postgres://desk:secret@127.0.0.1:${port}/postgres`);
  await client.connect();
  await client.query(`CREATE SCHEMA ${name}`);
  await client.end();
}

export async function startPostgres(programs: string): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'device-desk-pg-'));
  if (isRoot) await run('chown', ['postgres', folder]);
  await chmod(folder, 0o700);
  const data = join(folder, 'data');
  const control = (...parameters: string[]) =>
    asServer(join(programs, 'pg_ctl'), ['-D', data, '-w', '-l', join(folder, 'log'), ...parameters]);
  await asServer(join(programs, 'initdb'), ['-D', data, '-U', 'desk', '-A', 'trust', '-E', 'UTF8', '--no-sync']);
  const port = await freePort();
  const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c shared_buffers=16MB -c max_connections=60`;
  const start = async () => void (await control('start', '-o', options));
  await start();
  let schemas = 0;
  return {
    port,
    start,
    stop: async (how) => void (await control('stop', '-m', how)),
    async freshUrl() {
      const name = `test_${++schemas}`;
      await makeSchema(port, name);
      return `postgres://desk:secret@127.0.0.1:${port}/postgres?options=-csearch_path%3D${name}`;
    },
    async remove() {
      await control('stop', '-m', 'immediate').catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
