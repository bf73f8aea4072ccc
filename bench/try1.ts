import { mkdtempSync } from 'node:fs';
import { fill, bytesOf, sizes } from './storeFill.ts';
import { startServer, serverCpuMs } from './storeServer.ts';
console.log(sizes);
const t = async (n: string, f: () => Promise<unknown>) => { const b = performance.now(); const r = await f(); console.log(n, Math.round(performance.now() - b), r); };
const empty = { open: 0, finished: 0, first: Date.now(), step: 20 };
for (const filling of [{...empty, open: 1}, { ...empty, open: 100_000 }, { ...empty, open: 10_000, finished: 1_000_000 }]) {
  const folder = mkdtempSync('/tmp/ddbench-');
  await t('sqlite', () => fill({ is: 'sqlite', folder }, filling));
  console.log(await bytesOf({ is: 'sqlite', folder }), folder);
}
const server = (await startServer())!;
console.log(server.version, server.pid, serverCpuMs(server.pid));
for (const filling of [{...empty, open: 1}, { ...empty, open: 100_000 }, { ...empty, open: 10_000, finished: 1_000_000 }]) {
  const url = await server.freshUrl();
  await t('pg', () => fill({ is: 'postgres', url }, filling));
  console.log(await bytesOf({ is: 'postgres', url }), serverCpuMs(server.pid));
}
