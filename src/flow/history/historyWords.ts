import type { Catalogue } from '../../catalogue.ts';
import type { Past } from '../../model/action.ts';
import { compile } from '../../model/phrase.ts';
import type { Did } from '../../model/question.ts';
import { targetOf } from '../parse.ts';
import type { Target } from '../parse.ts';
import type { Said } from '../talk.ts';

/** Whose history, or which, is wanted. `ticket` narrows each of them. */
export type HistoryMeant =
  | (Narrowed & { readonly is: 'all' })
  | (Narrowed & { readonly is: 'mine' })
  | (Narrowed & { readonly is: 'person'; readonly target: Target })
  | (Narrowed & { readonly is: 'device'; readonly target: Target; readonly did?: Did | undefined });

interface Narrowed {
  readonly ticket?: string | undefined;
}

const whole = /^(?:show )?(?:the |our )?history$/iu;
const mine = /^(?:show )?my history$/iu;
/** With a ticket that was named, and was taken out before. */
const ticketAlone = /^(?:(?:show )?(?:history|status|state)(?: of| for)?)?$/iu;
const ofSomething = compile('(show) history (of|for|on) {device}');
const whoAtAll = [
  'did what (to|on|with) {device}',
  'did (anything|something) (to|on|with) {device}',
  'touched {device}',
]
  .map((words) => `who (has) ${words}`)
  .map(compile);

/** The words between "who" and the device, as a person would write them: those that may be left out are, but for the last. */
export function pastWords({ say }: Past<unknown>, slots: Did['slots']): string {
  const parts = say.split(' ');
  const words = parts.map((part, index) => {
    if (part.startsWith('{')) return slots[part.slice(1, -1)] ?? '';
    if (!part.startsWith('(')) return part;
    return index === parts.length - 1 ? (part.slice(1, -1).split('|')[0] ?? '') : '';
  });
  return words.filter(Boolean).join(' ');
}

/** "who locked MBP-042": of several readings the one with the most words of its own, as for commands. */
function whoDid(text: string, catalogue: Catalogue): { readonly device: string; readonly did?: Did } | undefined {
  if (!/^who\s/iu.test(text)) return undefined;
  const known = catalogue.actions.flatMap(({ name, past }) =>
    past.map(({ say }, index) => ({ action: name, past: index, pattern: compile(`who (has) ${say} {device}`) })),
  );
  const [best] = known
    .map(({ pattern, ...did }) => ({ did, pattern, slots: pattern.match(text) }))
    .filter(({ slots }) => slots?.['device'])
    .sort((one, other) => other.pattern.words.length - one.pattern.words.length);
  if (best?.slots) {
    const { device = '', ...slots } = best.slots;
    return { device, did: { ...best.did, slots } };
  }
  const device = whoAtAll.map((pattern) => pattern.match(text)?.['device']).find(Boolean);
  return device ? { device } : undefined;
}

/** Which history these words are about; undefined: none. Pure. */
export function readHistory({ text, mentions, ticket }: Said, catalogue: Catalogue): HistoryMeant | undefined {
  if (mine.test(text)) return { is: 'mine', ticket };
  if (whole.test(text) || (ticket !== undefined && ticketAlone.test(text))) return { is: 'all', ticket };
  const who = whoDid(text, catalogue);
  if (who) return { is: 'device', target: targetOf(who.device, mentions), did: who.did, ticket };
  const name = ofSomething.match(text)?.['device'];
  if (!name) return undefined;
  const target = targetOf(name, mentions);
  const isPerson = target.is === 'person' || target.text.includes('@');
  return isPerson ? { is: 'person', target, ticket } : { is: 'device', target, ticket };
}
