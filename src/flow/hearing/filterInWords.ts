import type { Catalogue } from '../../catalogue.ts';
import { auditNamesOf } from '../../model/action.ts';
import type { Device } from '../../model/device.ts';
import type { Outcome } from '../../model/operation.ts';
import type { Filter } from '../../model/subscription.ts';
import { cut, list } from '../../model/text.ts';
import { nounOfLabel, nounsOf } from './deedNouns.ts';
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
  done: 'are done',
  failed: 'have failed',
  notSupported: 'are not supported by the device',
  canceled: 'were cancelled',
  refused: 'were not done',
  unproven: 'are unproven',
};

/** Ours as people type them; what only Intune knows by a label, and not a second time where ours says it. */
function deeds(names: readonly string[], { actions }: Catalogue): string {
  const ours = actions.filter(({ name }) => names.includes(name));
  const said = new Set(ours.flatMap((action) => [action.name, ...auditNamesOf(action)]));
  const others = names.filter((name) => !said.has(name)).map((name) => nounOfLabel(labelOf(name)));
  const all = [...new Set([...ours.flatMap(nounsOf), ...others])];
  // "Wipes, keeping the enrolment" are wipes.
  const isNew = (noun: string) => !all.some((other) => noun.startsWith(`${other},`));
  return list(all.filter(isNew), 'or');
}

function devices({ platforms: on, ownership }: Filter): string {
  if (!on && !ownership) return '';
  const kinds = (on ?? []).map((platform) => platforms[platform]);
  return ['on', list(ownership ?? [], 'or'), list(kinds, 'or') || 'devices'].filter(Boolean).join(' ');
}

/** What a filter lets through, in words that leave nothing out. Pure. */
export function filterInWords(filter: Filter, catalogue: Catalogue): string {
  const { actions, risks, outcomes: ends, personId, personName } = filter;
  const by = personId ? cut(personName ?? '', 60) || 'one person' : '';
  if (by && !actions && !risks && !ends) return [`what ${by} does`, devices(filter)].filter(Boolean).join(' ');
  const what = actions ? deeds(actions, catalogue) : risks ? `${list(risks, 'or')} actions` : 'all actions';
  const endings = (ends ?? []).map((end) => outcomes[end]);
  const conditions = [
    risks && actions ? `are ${list(risks, 'or')}` : '',
    endings.length > 0 ? list(endings, 'or') : '',
  ].filter(Boolean);
  return [what, devices(filter), by && `by ${by}`, conditions.length > 0 ? `that ${list(conditions)}` : '']
    .filter(Boolean)
    .join(' ');
}

/**
 * What of a filter is wider than its words may be: an action of several deeds ("quick scan", "wake up") has one name in
 * Graph, and a filter goes by that. Empty: nothing. Pure.
 */
export function widerThanSaid({ actions: names = [] }: Filter, { actions }: Catalogue): string {
  const wide = actions.filter(({ name }) => names.includes(name)).map(nounsOf);
  const mixed = wide.filter((nouns) => nouns.length > 1);
  if (mixed.length === 0) return '';
  return `I cannot tell apart ${list(mixed.map((nouns) => list(nouns)))}: all of it is told.`;
}
