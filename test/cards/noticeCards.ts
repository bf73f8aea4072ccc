import { presentNotices } from '../../src/flow/hearing/presentNotice.ts';
import { presentSubscriptions } from '../../src/flow/hearing/presentSubscriptions.ts';
import { presentSummary } from '../../src/flow/hearing/presentSummary.ts';
import type { Told } from '../../src/flow/hearing/subject.ts';
import type { World } from '../../src/flow/world.ts';
import type { Operation, Outcome } from '../../src/model/operation.ts';
import type { Elsewhere, Subscription } from '../../src/model/subscription.ts';
import type { Content } from '../../src/ports.ts';
import { alex, channel, noon } from '../world.ts';

/** Everything that places are told, with this operation and this text at their worst. */
export function noticeCards(world: World, done: Operation, hostile: string): { of: string; content: Content }[] {
  const about = { is: 'operation', id: 'x' } as const;
  const notice = { base: 'x', about, wish: 1, due: true, at: noon };
  const told: Told = { notice, subject: { is: 'operation', operation: { ...done, ticket: hostile } } };
  const elsewhere: Elsewhere = {
    id: 'x',
    tenantId: 't',
    action: hostile,
    deviceId: 'd',
    deviceName: hostile,
    ownerUserPrincipalName: hostile,
    initiatedBy: hostile,
    requestedAt: noon,
    state: hostile,
  };
  const foreign: Told = { notice, subject: { is: 'elsewhere', elsewhere } };
  const nameless = { ...elsewhere, deviceName: '', ownerUserPrincipalName: '', initiatedBy: '', state: 'none' };
  const by = { ...alex, name: hostile };
  const wants = { is: 'notices', filter: { actions: world.catalogue.actions.map(({ name }) => name) } } as const;
  const subscription: Subscription = { id: 'x', place: channel, by, at: noon, words: hostile.repeat(3), wants };
  const daily: Subscription = {
    ...subscription,
    wants: { is: 'summary', minutes: 1020, timeZone: hostile, nextAt: noon },
    mutedUntil: noon + 1,
  };
  const failed: Operation = { ...done, state: { is: 'finished', outcome: 'failed' satisfies Outcome, at: noon } };
  const today = { since: noon - 86_400_000, until: noon };
  return [
    { of: 'notice', content: presentNotices(world, [told]) },
    { of: 'notice from elsewhere', content: presentNotices(world, [foreign]) },
    {
      of: 'notice about little',
      content: presentNotices(world, [{ notice, subject: { is: 'elsewhere', elsewhere: nameless } }]),
    },
    { of: 'bulletin', content: presentNotices(world, [...Array(60).fill(told), ...Array(60).fill(foreign)]) },
    {
      of: 'subscriptions',
      content: presentSubscriptions(world, channel, [...Array(19).fill(subscription), daily], { done: hostile }),
    },
    { of: 'no subscriptions', content: presentSubscriptions(world, channel, []) },
    {
      of: 'subscriptions to look at',
      content: presentSubscriptions(world, channel, [subscription, daily], { mayChange: false }),
    },
    { of: 'bulletin of one sender', content: presentNotices(world, Array(12).fill(foreign)) },
    { of: 'summary', content: presentSummary(world, { ...today, operations: [...Array(40).fill(failed), done] }) },
    { of: 'empty summary', content: presentSummary(world, { ...today, operations: [] }) },
  ];
}
