import type { Catalogue } from '../../catalogue.ts';
import { auditNamesOf } from '../../model/action.ts';
import type { Device } from '../../model/device.ts';
import type { Outcome } from '../../model/operation.ts';
import type { Filter } from '../../model/subscription.ts';
import { list } from '../../model/text.ts';
import { labelOf } from './elsewhereWords.ts';

const platforms: Readonly<Record<Device['platform'], string>> = {
  windows: 'Windows PCs',
  macOS: 'Macs',
  iOS: 'iPhones and iPads',
  android: 'Android devices',
  linux: 'Linux devices',
  chromeOS: 'Chromebooks',
  unknown: 'devices of an unknown kind',
};

const outcomes: Readonly<Record<Outcome, string>> = {
  done: 'done',
  failed: 'failed',
  notSupported: 'not supported by the device',
  canceled: 'cancelled',
  refused: 'not done',
  unproven: 'unproven',
};

/** Ours by their summary; what only Intune knows by a label, and not a second time where ours says it. */
function deeds(names: readonly string[], { actions }: Catalogue): string {
  const ours = actions.filter(({ name }) => names.includes(name));
  const said = new Set(ours.flatMap((action) => [action.name, ...auditNamesOf(action)]));
  const others = names.filter((name) => !said.has(name)).map((name) => labelOf(name).replace(/,$/u, ''));
  return list([...ours.map(({ summary }) => `“${summary}”`), ...new Set(others)], 'or');
}

/** What a filter lets through, in words that leave nothing out. Pure. */
export function filterInWords(filter: Filter, catalogue: Catalogue): string {
  const { actions, risks, outcomes: ends, platforms: on, ownership, personId } = filter;
  const what = actions ? deeds(actions, catalogue) : `${risks ? '' : 'all '}actions`;
  return [
    risks && !actions ? `${list(risks, 'or')} ${what}` : what,
    risks && actions ? `that are ${list(risks, 'or')}` : '',
    on
      ? `on ${list(
          on.map((platform) => platforms[platform]),
          'or',
        )}`
      : '',
    ownership ? `on ${list(ownership, 'or')} devices` : '',
    personId ? 'by one person' : '',
    ends
      ? `once they have ended as ${list(
          ends.map((end) => outcomes[end]),
          'or',
        )}`
      : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/**
 * What of a filter is wider than its words may be: an action of several deeds ("quick scan", "wake up") has one name in
 * Graph, and a filter goes by that. Empty: nothing. Pure.
 */
export function widerThanSaid({ actions: names = [] }: Filter, { actions }: Catalogue): string {
  const wide = actions.filter(({ name, examples }) => names.includes(name) && examples.length > 1);
  if (wide.length === 0) return '';
  return `I cannot tell apart what belongs to ${list(wide.map(({ summary }) => `“${summary}”`))}: all of it is told.`;
}
