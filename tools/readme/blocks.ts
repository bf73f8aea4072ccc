import { loadCatalogue } from '../../src/catalogue.ts';
import type { Catalogue } from '../../src/catalogue.ts';
import { parse } from '../../src/flow/parse.ts';
import { fateTable } from '../../src/sandbox/tenant/fleet.ts';
import { settings } from '../teams-package/values.ts';
import type { Blocks } from './fill.ts';
import { code, table } from './table.ts';

/** The deed as the confirmation's button names it, found the way in which the bot itself finds it. */
function deedOf(example: string, catalogue: Catalogue): string {
  const understood = parse({ text: example, mentions: [] }, catalogue);
  if (understood.is !== 'wish' || understood.wish.is !== 'act' || understood.target.is !== 'text')
    throw new Error(`the bot does not understand “${example}”`);
  return catalogue.action(understood.wish.action).deed(understood.target.text, understood.wish.options);
}

function commands(catalogue: Catalogue): string {
  const rows = catalogue.actions.flatMap((action) =>
    action.examples.map((example) => [code(example), deedOf(example, catalogue), action.risk, code(action.name)]),
  );
  return table(['you write', 'it will', 'risk', 'action of Graph'], rows);
}

function permissions(catalogue: Catalogue): string {
  const every = [...new Set(catalogue.actions.flatMap((action) => action.permissions))].sort();
  const neededBy = (permission: string) =>
    catalogue.actions.filter((action) => action.permissions.includes(permission)).map(({ name }) => code(name));
  return table(
    ['permission', 'needed by'],
    every.map((permission) => [code(permission), neededBy(permission).join(', ')]),
  );
}

const devices = () =>
  table(
    ['device', 'platform', 'owner', 'what becomes of it'],
    fateTable.map(({ deviceName, platform, owner, fate }) => [code(deviceName), platform, owner, fate]),
  );

const packageSettings = () =>
  table(
    ['variable', 'meaning', 'without it'],
    settings.map(({ name, meaning, otherwise }) => {
      const without = name === 'CLIENT_ID' ? 'a trial package' : otherwise && code(otherwise);
      return [code(name), meaning, without || 'left out'];
    }),
  );

/** Everything that pages may have computed. */
export async function computeBlocks(): Promise<Blocks> {
  const catalogue = await loadCatalogue();
  return {
    commands: commands(catalogue),
    permissions: permissions(catalogue),
    devices: devices(),
    package: packageSettings(),
  };
}
