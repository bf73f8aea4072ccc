import type { Command } from './commands.ts';
import type { Values } from './values.ts';

/** Any JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const placeholder = /\$\{\{(\w+)\}\}/gu;

/** Inside texts, never in the file's source: a quote in a value cannot break the JSON or add to it. */
function filled(json: Json, values: Values): Json {
  if (typeof json === 'string')
    return json.replace(placeholder, (whole: string, name: string) => values[name] ?? whole);
  if (Array.isArray(json)) return json.map((item: Json) => filled(item, values)).filter((item) => item !== '');
  if (json === null || typeof json !== 'object') return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]: [string, Json]) => [key, filled(value, values)]));
}

interface Listed {
  readonly bots: readonly { readonly commandLists: readonly object[] }[];
  readonly webApplicationInfo?: { readonly resource: string };
}

/**
 * The manifest as Teams gets it: template, values and the catalogue's commands. Empty texts leave their list, and a
 * sign-in for nothing is left out.
 */
export function renderManifest(template: string, values: Values, commands: readonly Command[]): Json {
  const manifest = filled(JSON.parse(template) as Json, values) as unknown as Listed;
  const bots = manifest.bots.map((bot) => ({
    ...bot,
    commandLists: bot.commandLists.map((list) => ({ ...list, commands })),
  }));
  const { webApplicationInfo, ...rest } = manifest;
  const signIn = webApplicationInfo?.resource ? { webApplicationInfo } : {};
  return { ...rest, bots, ...signIn } as unknown as Json;
}
