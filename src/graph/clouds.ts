/** A national cloud: where its Graph answers, and where its people sign in. Origins without a trailing slash. */
export interface Cloud {
  readonly name: 'global' | 'usgov' | 'usdod' | 'china';
  readonly graph: string;
  readonly login: string;
}

/** As in Microsoft's "National cloud deployments" (Graph docs). GCC lives in the worldwide cloud. */
export const clouds: readonly Cloud[] = [
  { name: 'global', graph: 'https://graph.microsoft.com', login: 'https://login.microsoftonline.com' },
  { name: 'usgov', graph: 'https://graph.microsoft.us', login: 'https://login.microsoftonline.us' },
  { name: 'usdod', graph: 'https://dod-graph.microsoft.us', login: 'https://login.microsoftonline.us' },
  { name: 'china', graph: 'https://microsoftgraph.chinacloudapi.cn', login: 'https://login.chinacloudapi.cn' },
];

const otherNames: Readonly<Record<string, Cloud['name']>> = {
  worldwide: 'global',
  gcc: 'global',
  gcchigh: 'usgov',
  dod: 'usdod',
  '21vianet': 'china',
};

/**
 * The cloud behind a name ("usgov", "GCC High", "china") or the URL of its Graph. Undefined for anything else: a token
 * of a real tenant must not go to an address that is not Microsoft's.
 */
export function cloudOf(nameOrUrl: string): Cloud | undefined {
  const said = nameOrUrl.trim().toLowerCase();
  if (URL.canParse(said)) return clouds.find(({ graph }) => graph === new URL(said).origin);
  const name = said.replace(/[\s_-]/g, '');
  return clouds.find((cloud) => cloud.name === (otherNames[name] ?? name));
}
