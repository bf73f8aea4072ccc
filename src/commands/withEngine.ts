import type { Log } from '../ports.ts';
import type { Engine } from '../store/engine.ts';
import { openEngine } from '../store/open.ts';
import type { Where } from '../store/open.ts';
import { patience } from '../store/patience.ts';
import { notDone } from './fault.ts';
import { whereIs, checkIsThere } from './where.ts';

/** stdout is for what was asked for. */
const say = (_facts: object, message: string) => console.error(`Note: ${message}.`);
const log: Log = { info: () => undefined, warn: say, error: say };

/** https://www.sqlite.org/rescode.html#busy; Node gives the extended code, of which the last byte is the primary one. */
const isBusy = (fault: unknown): boolean =>
  fault instanceof Error &&
  ('errcode' in fault ? typeof fault.errcode === 'number' && (fault.errcode & 0xff) === 5 : isBusy(fault.cause));

/** Somebody sits there and waits; milliseconds. */
const attentive = 3_000;

async function open(where: Where): Promise<Engine> {
  try {
    return await openEngine(where, log, { ...patience, total: attentive });
  } catch (fault) {
    if (where.is === 'sqlite' && isBusy(fault))
      throw notDone(`The store in ${where.folder} is in use: the bot is running. Stop it, and try again.`);
    throw fault;
  }
}

/** Works on the store that the environment names. A folder is held for this process alone. `new`: it may not be there yet. */
export async function withEngine<T>(
  work: (engine: Engine, where: Where) => Promise<T>,
  be: 'there' | 'new' = 'there',
): Promise<T> {
  const where = whereIs(process.env);
  if (be === 'there') checkIsThere(where);
  const engine = await open(where);
  try {
    return await work(engine, where);
  } finally {
    await engine.close();
  }
}
