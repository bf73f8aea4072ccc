import type { Sent } from '../ports.ts';

type Why = Extract<Sent, { is: 'refused' }>['why'];

/*
 * Entra's codes, by "Microsoft Entra authentication and authorization error codes" (identity platform,
 * reference-error-codes).
 */
const meanings: readonly (readonly [Why, RegExp])[] = [
  // Nobody agreed that the app acts in people's names, or not to this permission.
  ['consentMissing', /AADSTS(?:65001|65004|650057|90094|90095)\b|consent_required/],
  // A second factor, a managed device, a new password: something that only the person can bring.
  ['moreSignIn', /AADSTS(?:5007[2-9]|50055|50158|50173|530\d{2,3}|7004[34])\b|interaction_required|login_required/],
  // It is the app's own proof that is wrong.
  ['notSignedIn', /AADSTS(?:7000\d{2,3}|70002|7002\d{1,3})\b|ENOENT|EACCES/],
];

/** Why a person's assertion brought no token for Graph, by what `Authorise` tells of it. */
export const whyNoSignIn = (message: string): Why =>
  meanings.find(([, codes]) => codes.test(message))?.[0] ?? 'signInFailed';
