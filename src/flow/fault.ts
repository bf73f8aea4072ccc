import type { Refusal } from '../model/refusal.ts';
import type { GraphFault } from '../ports.ts';
import type { World } from './world.ts';

const whys: Readonly<Record<GraphFault['reason'], readonly [string, string]>> = {
  throttled: ['Microsoft Graph is too busy to answer right now.', 'Type it again in a minute.'],
  unreachable: [
    'Microsoft Graph did not answer.',
    'Type it again in a minute; if it goes on, tell your Microsoft 365 admin.',
  ],
  notSignedIn: [
    'I could not sign in to Microsoft Graph.',
    'Ask your Microsoft 365 admin to check the credential of Device Desk.',
  ],
  denied: [
    'Microsoft Graph did not let me look.',
    'Ask your Microsoft 365 admin to check the permissions of Device Desk.',
  ],
  unexpected: ['Microsoft Graph answered something that I do not understand.', 'Tell your Microsoft 365 admin.'],
};

/** A read that failed: logged for the admin, told to the person without Graph's own words. Nothing was done. */
export function refuseReading(world: World, understood: string, fault: GraphFault): Refusal {
  world.log.error({ reason: fault.reason, fault: fault.message }, 'Graph could not be read');
  const [why, instead] = whys[fault.reason];
  return { code: fault.reason, understood, why: `${why} Nothing was done.`, instead };
}
