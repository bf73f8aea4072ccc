import type { Instant } from '../model/person.ts';
import type { Backing } from './backing.ts';
import { forgetHeard } from './heard.ts';
import { dropIdleLanes } from './lanes.ts';
import { dropLostNotices, dropOldElsewhere, dropOldNotices } from './oldNotices.ts';

const hour = 3_600_000;
/** What places were told is not drawn anew after this long. */
const drawn = 30 * 24 * hour;

/** Throws away what nobody needs any more, once an hour, in passing. */
export class Upkeep {
  readonly #backing: Backing;
  #next: Instant = -Infinity;

  constructor(backing: Backing) {
    this.#backing = backing;
  }

  /** To be called after a write. Does not throw: what was to be done is done already. */
  async after(now: Instant): Promise<void> {
    if (now < this.#next) return;
    this.#next = now + hour;
    try {
      await this.#backing.engine.transaction(async (sql) => {
        await forgetHeard(sql, now);
        await dropIdleLanes(sql, now - hour);
        await dropOldNotices(sql, now - drawn);
        await dropLostNotices(sql, now - drawn);
        await dropOldElsewhere(sql, now - drawn);
        await sql.all('/*pg:DELETE FROM commit_mark WHERE at < $1*/', [now - hour]);
      });
    } catch (fault) {
      this.#backing.log.warn({ fault: String(fault) }, 'what is out of date in the store could not be thrown away');
    }
  }
}
