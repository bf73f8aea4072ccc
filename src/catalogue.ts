import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Action, Slots } from './model/action.ts';
import { compile } from './model/phrase.ts';
import type { Pattern } from './model/phrase.ts';

/** All actions, and the words for each. */
export interface Catalogue {
  readonly actions: readonly Action[];
  readonly phrases: readonly KnownPhrase[];
  /** Throws on a name that no file has: operations only hold names that came from here. */
  action(name: string): Action;
}

export interface KnownPhrase {
  readonly action: Action;
  readonly pattern: Pattern;
  options(slots: Slots): unknown;
}

/** Every file in `actions/` is an action; being there is all it takes. */
export async function loadCatalogue(folder = join(import.meta.dirname, 'actions')): Promise<Catalogue> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).sort();
  const pages = await Promise.all(files.map((file) => import(pathToFileURL(join(folder, file)).href)));
  return catalogueOf(pages.map((page: { default: Action }) => page.default));
}

export function catalogueOf(actions: readonly Action[]): Catalogue {
  const phrases = actions.flatMap((action) =>
    action.phrases.map((phrase) => ({
      action,
      pattern: compile(phrase.say),
      options: (slots: Slots) => phrase.options(slots),
    })),
  );
  const byName = new Map(actions.map((action) => [action.name, action]));
  return {
    actions,
    phrases,
    action: (name) => {
      const found = byName.get(name);
      if (!found) throw new Error(`no action is called ${name}`);
      return found;
    },
  };
}
