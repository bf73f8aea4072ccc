import { people } from '../company.ts';
import { assertionFor, botAudience } from '../tokens.ts';
import type { SignInOffer } from './messages.ts';
import { isJson } from './protocol.ts';
import type { BotAnswer, Json } from './protocol.ts';
import type { PersonKey } from './rooms.ts';
import type { World } from './world.ts';

/** What a bot's loginRequest wants: an OAuthCard, as far as a client heeds it. */
export interface LoginRequest {
  text: string;
  connectionName: string;
  /** For what to get a token silently; `id` comes back with it. */
  resource?: { id: string; uri: string };
  /** What to click if that fails. */
  button?: { title: string; url: string };
}

export const signInFailureText = 'You could not be signed in. Please sign in and try again.';

const loginRequestType = 'application/vnd.microsoft.activity.loginRequest';
const preconditionFailedType = 'application/vnd.microsoft.error.preconditionFailed';
const oauthCardType = 'application/vnd.microsoft.card.oauth';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The sign-in that an invoke's answer asks for; undefined for every other answer. */
export function loginRequestIn({ status, body }: BotAnswer): LoginRequest | undefined {
  if (status !== 200 || !isJson(body) || body['statusCode'] !== 401 || body['type'] !== loginRequestType) {
    return undefined;
  }
  const { value } = body;
  const card = isJson(value) && value['contentType'] === oauthCardType ? value['content'] : value;
  return isJson(card) ? read(card) : undefined;
}

function read(card: Json): LoginRequest {
  const { tokenExchangeResource: resource, buttons } = card;
  const button: unknown = Array.isArray(buttons)
    ? buttons.find((one) => isJson(one) && one['type'] === 'signin')
    : undefined;
  const isWhole = isJson(resource) && textOf(resource['id']) !== '' && textOf(resource['uri']) !== '';
  return {
    text: textOf(card['text']),
    connectionName: textOf(card['connectionName']),
    ...(isWhole && { resource: { id: textOf(resource['id']), uri: textOf(resource['uri']) } }),
    ...(isJson(button) && { button: { title: textOf(button['title']) || 'Sign in', url: textOf(button['value']) } }),
  };
}

/** The bot found the token no good: the client is to offer the button. */
export const isPreconditionFailed = ({ status, body }: BotAnswer): boolean =>
  status === 200 && isJson(body) && body['statusCode'] === 412 && body['type'] === preconditionFailedType;

/**
 * `value.authentication` of the repeated invoke, with what Entra gives a Teams client without asking anybody; undefined
 * where it gives nothing: a resource that it does not know, or the switch. The token goes by the real time.
 */
export function authenticationFor(world: World, who: PersonKey, request: LoginRequest): Json | undefined {
  const { resource, connectionName } = request;
  const isKnown = resource?.uri === botAudience || resource?.uri === `${botAudience}/access_as_user`;
  if (world.faults.noSignIn || !resource || !isKnown) return undefined;
  return { id: resource.id, connectionName, token: assertionFor(people[who], Date.now()) };
}

export const offerOf = ({ text, button }: LoginRequest): SignInOffer | undefined => button && { text, ...button };
