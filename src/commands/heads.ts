import type { Read } from './entries.ts';
import { notDone } from './fault.ts';
import type { Link } from './flaw.ts';
import type { Whole } from './verify.ts';

export const headText = ({ number, hash }: Link): string => `${number}:${hash}`;

/** What an earlier run printed and somebody kept. Throws `CommandFault` for anything else. */
export function headsOf(texts: readonly string[]): readonly Link[] {
  return texts.map((text) => {
    const [, number, hash = ''] = /^([1-9]\d{0,14}):([\da-f]{64})$/iu.exec(text.trim()) ?? [];
    if (number === undefined)
      throw notDone('--head must be what verify printed: the number of an entry, a colon, and its hash of 64 digits.');
    return { number: Number(number), hash: hash.toLowerCase() };
  });
}

interface Stands {
  readonly tenantId: string;
  readonly end: number;
  readonly hash: string | undefined;
}

async function standing(read: Read, tenants: readonly Whole[], number: number): Promise<readonly Stands[]> {
  const stands: Stands[] = [];
  for (const { tenantId, head } of tenants) {
    const [row] = await read<{ hash: string }>('SELECT hash FROM journal WHERE tenant_id = $1 AND number = $2', [
      tenantId,
      number,
    ]);
    stands.push({ tenantId, end: head.number, hash: row?.hash });
  }
  return stands;
}

/**
 * Why a head that was kept does not stand in any of these tenants; undefined when it does in one. A journal that was
 * written anew, or whose end was cut off, is whole in itself: only this tells.
 */
export async function flawOfHead(read: Read, tenants: readonly Whole[], kept: Link): Promise<string | undefined> {
  const stands = await standing(read, tenants, kept.number);
  if (stands.some(({ hash }) => hash === kept.hash)) return undefined;
  const found = stands.map(({ tenantId, end, hash }) =>
    hash === undefined
      ? `tenant ${tenantId} ends at entry ${end}: the end was cut off`
      : `tenant ${tenantId} has the hash ${hash} there: it was written anew`,
  );
  return `entry ${kept.number} with the hash ${kept.hash} is not there; ${found.join('; ') || 'there are no entries at all'}`;
}
