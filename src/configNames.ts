import { distance } from 'fastest-levenshtein';

/** A name in the environment that is nearly one of ours. */
export interface NearMiss {
  readonly name: string;
  readonly meant: string;
}

const shortest = 7;

/**
 * Names that are set and look like a known one which is not: CLIENTID, client_id, CLIENT_SECRT. Short ones are left
 * alone, because the environment is full of other people's: PATH is near PORT.
 */
export function nearMisses(set: readonly string[], known: readonly string[]): readonly NearMiss[] {
  const open = known.filter((name) => name.length >= shortest && !set.includes(name));
  return set
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const meant = open.find((candidate) => isNear(name, candidate));
      return meant === undefined ? [] : [{ name, meant }];
    });
}

function isNear(name: string, candidate: string): boolean {
  const [one, other] = [squeezed(name), squeezed(candidate)];
  return one === other || (one.length >= shortest && distance(one, other) <= (other.length > 10 ? 2 : 1));
}

const squeezed = (name: string): string => name.replace(/[^a-z\d]/gi, '').toUpperCase();
