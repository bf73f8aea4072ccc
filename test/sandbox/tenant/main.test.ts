import { spawn } from 'node:child_process';
import { once } from 'node:events';

function run(environment: Record<string, string>) {
  return spawn(process.execPath, ['src/sandbox/main.ts'], { env: { ...process.env, ...environment } });
}

test('npm run sandbox says where it is and stops when told to', async () => {
  const sandbox = run({ SANDBOX_PORT: '0' });
  const [said] = (await once(sandbox.stdout, 'data')) as [Buffer];
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said.toString())?.[0];
  const response = await fetch(`${url}/v1.0/organization`, { headers: { Authorization: 'Bearer sandbox' } });
  expect(response.status).toBe(200);
  sandbox.kill('SIGTERM');
  expect(await once(sandbox, 'exit')).toEqual([0, null]);
});

test('it refuses to start with settings it cannot read, and says what to set', async () => {
  const sandbox = run({ SANDBOX_PORT: 'here', SANDBOX_SPEED: 'fast' });
  const told: string[] = [];
  sandbox.stderr.on('data', (chunk: Buffer) => told.push(chunk.toString()));
  expect(await once(sandbox, 'close')).toEqual([1, null]);
  expect(told.join('')).toMatch(/SANDBOX_PORT is 'here'.*\n.*SANDBOX_SPEED is 'fast'/);
});
