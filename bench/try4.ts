import pg from 'pg';
import { fill } from './storeFill.ts';
import { serverCpuMs, startServer } from './storeServer.ts';
import { percentile } from './figures.ts';
import { openStore } from '../src/store/open.ts';
import { lookedFor } from './storeOperations.ts';
const server = (await startServer())!;
const silent = { info() {}, warn() {}, error() {} };
const finished = Number(process.argv[2] ?? 300000);
const open = Number(process.argv[3] ?? 10000);
const url = await server.freshUrl();
const filling = { open, finished, first: Date.now(), step: 20 };
await fill({ is: 'postgres', url }, filling);
const client = new pg.Client(url); await client.connect();
const explain = async (now: number) => {
  for (const q of [
    [`SELECT id FROM operation WHERE look_at <= $1 LIMIT 1`, [now]],
    [`SELECT id, version, data FROM operation WHERE look_at <= $1 ORDER BY look_at, id LIMIT $2 FOR UPDATE SKIP LOCKED`, [now, 20]],
    [`SELECT COUNT(*) FROM operation WHERE look_at IS NOT NULL`, []],
    [`SELECT id, version, data FROM operation WHERE device_id IN ('a','b','c') AND state IN ('proposed', 'claimed', 'running') AND look_at IS NOT NULL AND (owner IS NULL OR look_at <= $1) ORDER BY look_at, id FOR UPDATE SKIP LOCKED`, [now]],
  ] as [string, unknown[]][]) {
    const t = performance.now();
    const { rows } = await client.query('EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) ' + q[0], q[1]);
    console.log(rows.map((r: any) => r['QUERY PLAN']).join('\n'), '\n');
  }
  const { rows } = await client.query(`SELECT relname, n_dead_tup, n_live_tup, autovacuum_count, pg_relation_size(relid) s FROM pg_stat_user_tables WHERE relname='operation'`);
  console.log(rows, (await client.query(`SELECT indexrelname, pg_relation_size(indexrelid) s FROM pg_stat_user_indexes WHERE relname='operation'`)).rows);
};
const st = { now: filling.first };
const store = await openStore({ is: 'postgres', url }, { now: () => st.now }, silent);
await explain(st.now + 400);
const total = Number(process.argv[4] ?? 5000);
let c: number[] = [], r: number[] = [], k: number[] = [];
let lastc = Date.now();
for (let i = 1; i <= total; i++) {
  st.now += 400;
  let t = performance.now();
  const claimed = await store.claimLooks(st.now, 20, st.now + 60000);
  if (claimed.length !== 20) console.log('claimed', claimed.length);
  c.push(performance.now() - t); t = performance.now();
  await store.record(claimed.map((from) => ({ from, to: lookedFor(from, (from.state as any).nextLookAt + open * 20) })));
  r.push(performance.now() - t);
  if (i % 40 === 0) { t = performance.now(); await store.census(st.now); k.push(performance.now() - t); }
  if (i % 500 === 0 && process.argv[5]) { const v = performance.now(); const cpu = serverCpuMs(server.pid); await client.query(process.argv[5]!); console.log('vacuum', Math.round(performance.now() - v), 'ms, cpu', serverCpuMs(server.pid) - cpu); }
  if (i % 500 === 0) { console.log(i, 'claim', percentile(c, .5).toFixed(2), percentile(c, .99).toFixed(2), 'record', percentile(r, .5).toFixed(2), percentile(r, .99).toFixed(2), 'census', percentile(k, .5).toFixed(2)); c = []; r = []; k = []; }
}
await explain(st.now + 400);
await store.close(); await client.end(); server.stop();
