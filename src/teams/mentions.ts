import { objectIn, textIn, type Foreign } from './foreign.ts';

/** A stretch of a message: words, our own mention, or somebody else's. */
export type Piece =
  | { readonly is: 'words'; readonly text: string }
  | { readonly is: 'ours' }
  | { readonly is: 'mention'; readonly chatId: string; readonly name: string };

interface Marked {
  readonly text: string;
  readonly chatId: string;
  readonly name: string;
}

const mostEntities = 100;
const longestMention = 300;
const atTag = /<at\b[^<>]{0,200}>([^<>]{0,300})<\/at>/gi;

/**
 * Splits a message at its mentions. The entities count, not the tags: two people of one name stand in the text alike
 * and are told apart by their order. A tag without an entity becomes words, an empty one nothing.
 */
export function splitMentions(text: string, entities: readonly Foreign[], botId: string): readonly Piece[] {
  const waiting = entities.slice(0, mostEntities).flatMap((entity) => marked(entity) ?? []);
  const pieces: Piece[] = [];
  let end = 0;
  for (const found of text.matchAll(patternFor(waiting))) {
    pieces.push({ is: 'words', text: withoutStrayTags(text.slice(end, found.index)) }, pieceFor(found, waiting, botId));
    end = found.index + found[0].length;
  }
  return [...pieces, { is: 'words', text: withoutStrayTags(text.slice(end)) }];
}

function marked(entity: Foreign): Marked | undefined {
  const mentioned = objectIn(entity['mentioned']) ?? {};
  const text = textIn(entity['text']);
  const chatId = textIn(mentioned['id']);
  if (textIn(entity['type']).toLowerCase() !== 'mention' || chatId === '') return undefined;
  if (text === '' || text.length > longestMention) return undefined;
  return { text, chatId, name: textIn(mentioned['name']) || inner(text) };
}

/** Some clients put no tags around the name: then the entity's own text is looked for. */
function patternFor(waiting: readonly Marked[]): RegExp {
  const bare = [...new Set(waiting.map((mention) => mention.text))].filter((text) => !/^<at\b/i.test(text));
  const longestFirst = bare
    .sort((a, b) => b.length - a.length)
    .map((text) => `(?<!\\w)${text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?!\\w)`);
  return new RegExp([atTag.source, ...longestFirst].join('|'), 'gi');
}

function pieceFor(found: RegExpMatchArray, waiting: Marked[], botId: string): Piece {
  const name = found[1] ?? found[0];
  const alike = waiting.filter((mention) => mention.text === found[0] || inner(mention.text) === name);
  const mention = alike[0];
  if (!mention) return { is: 'words', text: name.trim() === '' ? ' ' : `@${name}` };
  // The last one of its kind stays, for a mention that the client listed once and wrote twice.
  if (alike.length > 1) waiting.splice(waiting.indexOf(mention), 1);
  return mention.chatId === botId ? { is: 'ours' } : { is: 'mention', chatId: mention.chatId, name: mention.name };
}

function inner(text: string): string {
  return text.replace(/<[^<>]*>/g, '');
}

function withoutStrayTags(text: string): string {
  return text.replace(/<\/?at\b[^<>]{0,200}>/gi, ' ');
}
