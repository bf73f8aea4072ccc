import type { Operation } from '../../model/operation.ts';
import type { About, Elsewhere, Notice } from '../../model/subscription.ts';
import { baseOf } from '../../model/telling.ts';
import { factsOf, factsOfElsewhere } from './hears.ts';
import type { Facts } from './hears.ts';
import type { World } from '../world.ts';

/** What a notice tells about, as it is now. */
export type Subject =
  | { readonly is: 'operation'; readonly operation: Operation }
  | { readonly is: 'elsewhere'; readonly elsewhere: Elsewhere };

/** Undefined where it is not remembered any more. */
export async function subjectOf(world: World, { is, id }: About): Promise<Subject | undefined> {
  if (is === 'operation') {
    const operation = await world.store.operation(id);
    return operation && { is, operation };
  }
  const elsewhere = await world.store.elsewhere(id);
  return elsewhere && { is, elsewhere };
}

export const factsAbout = ({ catalogue }: World, subject: Subject): Facts =>
  subject.is === 'operation' ? factsOf(catalogue, subject.operation) : factsOfElsewhere(catalogue, subject.elsewhere);

/** The conversation where its own card stands: a notice there would be a second card for the same. */
export const homeOf = (subject: Subject): string | undefined =>
  subject.is === 'operation' ? baseOf(subject.operation.place.id) : undefined;

export interface Told {
  readonly notice: Notice;
  readonly subject: Subject;
}

/** Read at the same time; more at once would keep others from the store. */
const atOnce = 25;

/** What these notices tell about; those about what is forgotten are left out. */
export async function subjectsOf(world: World, notices: readonly Notice[]): Promise<readonly Told[]> {
  const told: Told[] = [];
  for (let from = 0; from < notices.length; from += atOnce) {
    const part = notices.slice(from, from + atOnce);
    const subjects = await Promise.all(part.map(({ about }) => subjectOf(world, about)));
    part.forEach((notice, index) => {
      const subject = subjects[index];
      if (subject) told.push({ notice, subject });
    });
  }
  return told;
}
