/** A national cloud: where its Graph answers, and where its people sign in. Origins without a trailing slash. */
export interface Cloud {
  readonly name: 'global' | 'usgov' | 'usdod' | 'china';
  readonly graph: string;
  readonly login: string;
}

/** As in Microsoft's "National cloud deployments" (Graph docs). GCC lives in the worldwide cloud. */
const clouds: readonly Cloud[] = [
  { name: 'global', graph: 'https://graph.microsoft.com', login: 'https://login.microsoftonline.com' },
  { name: 'usgov', graph: 'https://graph.microsoft.us', login: 'https://login.microsoftonline.us' },
  { name: 'usdod', graph: 'https://dod-graph.microsoft.us', login: 'https://login.microsoftonline.us' },
  { name: 'china', graph: 'https://microsoftgraph.chinacloudapi.cn', login: 'https://login.chinacloudapi.cn' },
];

/** What people also call them. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['worldwide', 'global'],
  ['usgovdod', 'usdod'],
]);

/**
 * The cloud behind a name ("usgov", "worldwide") or the URL of its Graph. Undefined for anything else: a token of a real
 * tenant must not go to an address that is not Microsoft's.
 */
export function cloudOf(nameOrUrl: string): Cloud | undefined {
  const said = nameOrUrl.trim().toLowerCase().replace(/\/+$/, '');
  return clouds.find(({ name, graph }) => [name, graph].includes(otherNames.get(said) ?? said));
}
