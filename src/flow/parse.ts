import type { Catalogue, KnownPhrase } from '../catalogue.ts';
import type { Heard, Mention } from '../doors.ts';
import type { Wish } from '../model/question.ts';
import { cut } from '../model/text.ts';
import { compile, unquote } from '../model/phrase.ts';
import type { Pattern } from '../model/phrase.ts';
import { nearestCommands } from './nearest.ts';
import type { Talk } from './talk.ts';
import { ticketIn } from './ticket.ts';

/** Which device is meant: by what was typed (`also`: other readings of it), or by the person it belongs to. */
export type Target =
  | { readonly is: 'text'; readonly text: string; readonly also: readonly string[] }
  | { readonly is: 'person'; readonly mention: Mention };

/** What a message means. Nothing is ever "not understood" without something to offer. */
export type Understood =
  | { readonly is: 'wish'; readonly wish: Wish; readonly target: Target }
  | { readonly is: 'status' }
  | { readonly is: 'talk'; readonly talk: Talk; readonly meant: unknown }
  | { readonly is: 'help' }
  | { readonly is: 'empty' }
  /** An action without a device. */
  | { readonly is: 'incomplete'; readonly example: string }
  | { readonly is: 'unknown'; readonly near: boolean; readonly commands: readonly string[] };

const statusPhrases = ['(show) status (of|for|on) {device}', '(show) state (of|for|on) {device}'].map(compile);
const statusWords = /^(?:my )?status$/iu;
const helpWords = /^(?:help|hi|hello|hey|\?|commands|what can you do)[.!?]?$/iu;

/** Whom or what a name means: a person who is mentioned by it, or a device. */
export function targetOf(text: string, mentions: readonly Mention[], also: readonly string[] = []): Target {
  const name = unquote(text);
  const mention = mentions.find((named) => named.text === name);
  const others = also.map(unquote).filter((other) => other !== name && other !== '');
  return mention ? { is: 'person', mention } : { is: 'text', text: name, also: [...new Set(others)] };
}

const exampleOf = ({ action, pattern }: KnownPhrase): string =>
  action.examples.find((example) => pattern.match(example)) ?? action.examples[0] ?? 'help';

/** The most particular phrase that fits: the one with the most words of its own. */
function matchAction(text: string, catalogue: Catalogue) {
  return catalogue.phrases
    .map((phrase) => ({ phrase, slots: phrase.pattern.match(text) }))
    .filter(({ slots }) => slots?.['device'])
    .sort((one, other) => other.phrase.pattern.words.length - one.phrase.pattern.words.length)[0];
}

/** No command is longer; a name that reaches the end is refused as too long. */
const longest = 1_000;

/** Pure. */
export function parse(
  heard: Pick<Heard, 'text' | 'mentions'>,
  catalogue: Catalogue,
  talks: readonly Talk[] = [],
): Understood & { readonly ticket?: string } {
  const { text, ticket, maybeName } = ticketIn(heard.text);
  const understood = understand({ ...heard, text, uncut: maybeName && heard.text }, catalogue, talks, ticket);
  return ticket === undefined ? understood : { ...understood, ticket };
}

/** What was said; `uncut`: with what may be a ticket or a part of a device's name still in it. */
interface Uncut extends Pick<Heard, 'text' | 'mentions'> {
  readonly uncut?: string | undefined;
}

const withoutStop = (typed: string): string => typed.replace(/[.!?]{1,5}$/u, '');

/** What the device may be called as well, where the ticket is a part of its name. */
function withTicket(pattern: Pattern, uncut: string | undefined): readonly string[] {
  const said = withoutStop(cut(uncut?.trim() ?? '', longest));
  const device = pattern.match(said)?.['device'];
  return device === undefined ? [] : [device, ...pattern.alsoMeant(said)];
}

function understand(
  { text, mentions, uncut }: Uncut,
  catalogue: Catalogue,
  talks: readonly Talk[],
  ticket: string | undefined,
): Understood {
  const typed = cut(text.trim(), longest);
  if (typed === '' && ticket === undefined) return { is: 'empty' };
  if (helpWords.test(typed)) return { is: 'help' };
  const said = withoutStop(typed);
  if (statusWords.test(said) && ticket === undefined) return { is: 'status' };
  for (const talk of talks) {
    const meant = talk.read({ text: said, mentions, ticket }, catalogue);
    if (meant !== undefined) return { is: 'talk', talk, meant };
  }
  const bare = catalogue.phrases.find(({ pattern }) => pattern.isBare(said));
  if (bare) return { is: 'incomplete', example: exampleOf(bare) };
  const found = matchAction(said, catalogue);
  if (found?.slots) {
    const { device = '', ...slots } = found.slots;
    const options = found.phrase.options({ device, ...slots });
    const wish: Wish = { is: 'act', action: found.phrase.action.name, options };
    const also = [
      ...found.phrase.pattern.alsoMeant(said),
      ...(typed === said ? [] : [device + typed.slice(said.length)]),
      ...withTicket(found.phrase.pattern, uncut),
    ];
    return { is: 'wish', wish, target: targetOf(device, mentions, also) };
  }
  const asksStatus = statusPhrases.find((pattern) => pattern.match(said)?.['device']);
  const device = asksStatus?.match(said)?.['device'];
  if (asksStatus && device)
    return { is: 'wish', wish: { is: 'status' }, target: targetOf(device, mentions, withTicket(asksStatus, uncut)) };
  return { is: 'unknown', ...nearestCommands(said, catalogue, talks) };
}
