/** What the placeholders of `manifest/manifest.json` become. */
export type Values = Readonly<Record<string, string>>;

/** One placeholder that people may set in the environment. */
interface Setting {
  readonly name: string;
  /** For people who must decide what to put there. */
  readonly meaning: string;
  readonly otherwise: string;
  readonly fits: (value: string) => boolean;
  readonly mend: string;
}

/** Stands for the app registration in a package that is only for looking at; no tenant can have it. */
export const nobody = '00000000-0000-0000-0000-000000000000';

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;
const host = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/iu;
const isHttps = (value: string) => URL.canParse(value) && new URL(value).protocol === 'https:';
const within = (most: number) => (value: string) => value.length <= most;

const url = (name: string, meaning: string): Setting => ({
  name,
  meaning,
  otherwise: 'https://example.com/',
  fits: isHttps,
  mend: 'give a whole address that begins with https://',
});

/** Every placeholder but VERSION, which is the one of package.json, and TOKEN_HOST, which follows from SSO_RESOURCE. */
export const settings: readonly Setting[] = [
  {
    name: 'CLIENT_ID',
    meaning: 'application (client) id of the Entra app registration that the Azure Bot uses',
    otherwise: nobody,
    fits: (value) => guid.test(value) && value !== nobody,
    mend: 'give the GUID that Entra shows as “Application (client) ID”',
  },
  {
    name: 'APP_NAME',
    meaning: 'name of the app in Teams, at most 30 characters',
    otherwise: 'Device Desk',
    fits: within(30),
    mend: 'give a name of at most 30 characters',
  },
  {
    name: 'DEVELOPER_NAME',
    meaning: 'who runs the bot, at most 32 characters',
    otherwise: 'Device Desk',
    fits: within(32),
    mend: 'give a name of at most 32 characters',
  },
  url('WEBSITE_URL', 'where people find help with the bot'),
  url('PRIVACY_URL', 'your privacy statement'),
  url('TERMS_URL', 'your terms of use'),
  {
    name: 'PUBLIC_HOST',
    meaning: 'host name under which Azure Bot Service reaches the bot; told to Teams as a valid domain',
    otherwise: '',
    fits: (value) => host.test(value),
    mend: 'give the bare host name, without https://, port, path or *',
  },
  {
    name: 'SSO_RESOURCE',
    meaning:
      'Application ID URI of the app registration, as the bot has it; told to Teams so that it can sign people in for what is done in their own names',
    otherwise: '',
    fits: (value) => /^(?:api|https):\/\/[^\s/]+(?:\/\S*)?$/iu.test(value),
    mend: 'give the Application ID URI that Entra shows under “Expose an API”, like api://botid-<client id>',
  },
  {
    name: 'SSO_CLIENT_ID',
    meaning: 'application (client) id of the app registration of `SSO_RESOURCE`, where it is not `CLIENT_ID`',
    otherwise: '',
    fits: (value) => guid.test(value),
    mend: 'give the GUID that Entra shows as “Application (client) ID”',
  },
];

/** Where the Bot Framework takes tokens, as Microsoft's page on single sign-on for bots has it. */
const tokenHost = 'token.botframework.com';

/** What Teams needs to sign people in; nothing of it where nobody is to be signed in. */
const signIn = (values: Values): Values =>
  values['SSO_RESOURCE']
    ? { SSO_CLIENT_ID: values['SSO_CLIENT_ID'] || values['CLIENT_ID'] || nobody, TOKEN_HOST: tokenHost }
    : { SSO_CLIENT_ID: '', TOKEN_HOST: '' };

/** The values from the environment, or all that is wrong with them at once. */
export function readValues(
  environment: Readonly<Record<string, string | undefined>>,
  version: string,
): { readonly is: 'values'; readonly values: Values } | { readonly is: 'faults'; readonly faults: readonly string[] } {
  const given = settings.map((setting) => ({ setting, value: environment[setting.name]?.trim() ?? '' }));
  const faults = given
    .filter(({ setting, value }) => value !== '' && !setting.fits(value))
    .map(({ setting, value }) => `${setting.name} is “${value}”: ${setting.mend}.`);
  if (faults.length) return { is: 'faults', faults };
  const values: Values = Object.fromEntries(
    given.map(({ setting, value }) => [setting.name, value || setting.otherwise]),
  );
  const name = values['CLIENT_ID'] === nobody ? { APP_NAME: 'TRIAL, not for a tenant' } : undefined;
  return { is: 'values', values: { ...values, ...name, ...signIn(values), VERSION: version } };
}
