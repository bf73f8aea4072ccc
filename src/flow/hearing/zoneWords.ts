import type { Instant } from '../../model/person.ts';
import { zoneOr } from '../localTime.ts';

/** By which clock a time counts: a client can name a zone that cannot be reckoned with, as Windows' own names are. */
export function zoneInWords(theirs: string | undefined): string {
  if (!theirs) return 'UTC, because your client does not tell your time zone';
  const zone = zoneOr(theirs);
  return zone === theirs
    ? `by the clock of ${zone}`
    : 'UTC, because I do not know the time zone that your client names';
}

/** "17:00 by the clock of Europe/Berlin"; with the day in front where it is not today there. Pure. */
export function timeInWords(at: Instant, now: Instant, theirs: string | undefined): string {
  const timeZone = zoneOr(theirs);
  const dayOf = (instant: Instant) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long', day: 'numeric', month: 'long' }).format(instant);
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
  const day = dayOf(at) === dayOf(now) ? '' : `${dayOf(at)}, `;
  return `${day}${time} ${zoneInWords(theirs)}`;
}
