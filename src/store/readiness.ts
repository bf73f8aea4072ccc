import type { Clock } from '../ports.ts';
import { StoreFault } from '../storePort.ts';
import type { Engine } from './engine.ts';

const mostSkew = 5_000;

const whys: Readonly<Record<StoreFault['reason'], string>> = {
  full: 'the store cannot write: its disk is full',
  readOnly: 'the store cannot write: it is read-only',
  unreachable: 'the store cannot be reached',
  unexpected: 'the store does not work; the log says more',
};

const isLasting = (fault: unknown): boolean =>
  fault instanceof StoreFault && (fault.reason === 'full' || fault.reason === 'readOnly');

/** Passes everything on to `engine`, and remembers whether it could be written to lately. */
export class Watched implements Engine {
  readonly #engine: Engine;
  #cannotWrite = false;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  get shared(): boolean {
    return this.#engine.shared;
  }

  /** Reading goes on where writing does not. */
  get cannotWrite(): boolean {
    return this.#cannotWrite;
  }

  read: Engine['read'] = (text, values) => this.#engine.read(text, values);

  transaction: Engine['transaction'] = async (work) => {
    try {
      const result = await this.#engine.transaction(work);
      this.#cannotWrite = false;
      return result;
    } catch (fault) {
      this.#cannotWrite ||= isLasting(fault);
      throw fault;
    }
  };

  probe = () => this.#engine.probe();

  close = () => this.#engine.close();
}

async function problemOf(engine: Watched, clock: Clock): Promise<string | undefined> {
  const theirs = await engine.probe();
  // Nothing is changed by it, but it must be written.
  if (engine.cannotWrite) await engine.transaction((sql) => sql.all('UPDATE schema_version SET version = version'));
  const skew = theirs === undefined ? 0 : theirs - clock.now();
  if (Math.abs(skew) <= mostSkew) return undefined;
  const seconds = Math.round(Math.abs(skew) / 1_000);
  return `the clocks of the database and of this machine are ${seconds} s apart; set both by a time server`;
}

/** Undefined when the store works; otherwise why not, in one line. */
export async function readinessOf(engine: Watched, clock: Clock): Promise<string | undefined> {
  try {
    return await problemOf(engine, clock);
  } catch (fault) {
    return whys[fault instanceof StoreFault ? fault.reason : 'unexpected'];
  }
}
