import type { Instant } from '../../model/person.ts';
import type { Hours, Rule } from '../../model/policy.ts';
import type { WhyNot } from '../../model/refusal.ts';
import { list } from '../../model/text.ts';
import { hour } from './ceilings.ts';
import type { Reached } from './ceilings.ts';
import { hoursIn } from './hours.ts';
import { platformNames } from '../views.ts';

/*
 * The policy's noes, in words.
 */

export const noRole: WhyNot = {
  code: 'noRole',
  why: 'You have no role here, and only people who have one may see or act on devices.',
  instead: 'Ask your Microsoft 365 admin for a role in Device Desk, or ask a colleague who has one.',
};

export const guest: WhyNot = {
  code: 'guest',
  why: 'You are a guest in this organisation, and guests may not see or act on its devices.',
  instead: 'Ask a colleague who is a member of this organisation’s helpdesk.',
};

export const unknownPerson: WhyNot = {
  code: 'unknownPerson',
  why: 'This organisation’s directory does not know your account, or it is switched off.',
  instead: 'Ask your Microsoft 365 admin.',
};

export const roleUnknown: WhyNot = {
  code: 'roleUnknown',
  why: 'I could not look up whether you may do this, so I did not do it.',
  instead: 'Try it again in a minute.',
};

const seeWhat = 'Type what may I do? to see what your role allows, or ask a colleague whose role allows this.';

export const notYours: WhyNot = {
  code: 'notYourAction',
  why: 'Your role does not allow this action.',
  instead: seeWhat,
};

export const protectedDevice: WhyNot = {
  code: 'protected',
  why: 'This device is protected: nobody acts on it from here, whatever their role.',
  instead: 'If it has to be, ask your Microsoft 365 admin to do it in Intune.',
};

export const platformsIn = ({ platforms = [] }: Rule): string =>
  list(platforms.map((platform) => platformNames[platform]));

export const otherPlatform = (rule: Rule): WhyNot => ({
  code: 'notYourPlatform',
  why: `Your role allows this action on ${platformsIn(rule)} devices only.`,
  instead: seeWhat,
});

export const otherOwnership = ({ ownership = [] }: Rule): WhyNot => ({
  code: 'notYourOwnership',
  why: ownership.includes('company')
    ? 'Your role allows this action only on devices that Intune lists as the company’s own, and this one is not.'
    : 'Your role allows this action only on devices that Intune lists as personal, and this one is not.',
  instead: seeWhat,
});

export const tooEarlyOrLate = (hours: Hours): WhyNot => ({
  code: 'notNow',
  why: `Your role allows this action only ${hoursIn(hours)}.`,
  instead: 'Come back then, or ask a colleague whose role allows it now.',
});

const minute = 60_000;

/** Rounded up, so that nobody comes too early. */
function waitIn(milliseconds: number): string {
  const minutes = Math.max(1, Math.ceil(milliseconds / minute));
  if (minutes < 90) return minutes === 1 ? '1 minute' : `${minutes} minutes`;
  return `${Math.ceil(minutes / 60)} hours`;
}

export const tooMany = ({ most, length, used, freeAt }: Reached, now: Instant): WhyNot => ({
  code: 'ceiling',
  why: `Your role allows ${most} of these in any ${length === hour ? 'hour' : '24 hours'}, and you have confirmed ${used}.`,
  instead: `You can do the next one in ${waitIn(freeAt - now)}. If it cannot wait, ask a colleague.`,
});
