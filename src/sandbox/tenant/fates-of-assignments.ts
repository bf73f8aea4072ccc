import type { Fate } from './fate.ts';
import { hour, itemFails, itemStuck } from './scripts.ts';

const refused = itemFails(-2016324074, 'The app is not managed by this organization.');

/** What becomes of removing apps and configuration. */
export const assignmentFates = {
  removes: { story: 'Every app and policy is removed within 4 s.' },
  mixed: {
    story: 'Contoso VPN is removed, Contoso Mail ends in error -2016324074, the rest is removed.',
    items: { 'Contoso Mail': refused },
  },
  stuck: {
    story: 'Contoso Mail ends in error -2016324074, Contoso Expenses stays in progress for ever, the rest is removed.',
    items: { 'Contoso Mail': refused, 'Contoso Expenses': itemStuck },
  },
  oldSpelling: {
    story: 'Removal works; it is reported as syncPayloadsActionResult, in the old spelling.',
    syncPayloadsSpelling: true,
    items: { 'Contoso Mail': refused },
  },
  standing: {
    story: 'Contoso Notes was removed two hours ago: whoever leaves it out of the next list restores it.',
    before: [{ action: 'changeAssignments', agoMs: 2 * hour, phases: [], removed: ['Contoso Notes'] }],
  },
  many: {
    story: 'Has more apps than the 30 that one call may name; those named are removed within 4 s.',
    manyApps: true,
  },
} satisfies Record<string, Fate>;
