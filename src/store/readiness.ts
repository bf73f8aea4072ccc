import type { Clock } from '../ports.ts';
import { StoreFault } from '../storePort.ts';
import type { Engine } from './engine.ts';

const mostSkew = 5_000;

const whys: Readonly<Record<StoreFault['reason'], string>> = {
  full: 'the store cannot write: its disk is full',
  readOnly: 'the store cannot write: it is read-only',
  unreachable: 'the store cannot be reached',
  undecided: 'the store cannot be reached',
  unexpected: 'the store does not work; the log says more',
};

const isLasting = (fault: unknown): boolean =>
  fault instanceof StoreFault && (fault.reason === 'full' || fault.reason === 'readOnly');

/** Passes everything on to `engine`, and remembers when there was no room to write, or no leave. */
export class Watched implements Engine {
  readonly #engine: Engine;
  #cannotWrite = false;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  get shared(): boolean {
    return this.#engine.shared;
  }

  read: Engine['read'] = (text, values) => this.#engine.read(text, values);

  transaction: Engine['transaction'] = async (work, how) => {
    try {
      return await this.#engine.transaction(work, how);
    } catch (fault) {
      this.#cannotWrite ||= isLasting(fault);
      throw fault;
    }
  };

  probe = () => this.#engine.probe();

  close = () => this.#engine.close();

  /** Once something could not be written, only room for more than that ends it: small writes may still find some. */
  async tryWriting(): Promise<void> {
    if (!this.#cannotWrite) return;
    await this.#engine.transaction((sql) => sql.all(makeRoom, [filler]));
    await this.#engine.transaction((sql) => sql.all(giveBack));
    this.#cannotWrite = false;
  }
}

const filler = 'x'.repeat(65_536);
const makeRoom = `INSERT INTO question (id, expires_at, data) VALUES ('', 0, $1) ON CONFLICT DO NOTHING`;
const giveBack = `DELETE FROM question WHERE id = ''`;

async function problemOf(engine: Watched, clock: Clock): Promise<string | undefined> {
  const theirs = await engine.probe();
  const skew = theirs === undefined ? 0 : theirs - clock.now();
  await engine.tryWriting();
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
