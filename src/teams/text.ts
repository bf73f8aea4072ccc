import type { Mention } from '../doors.ts';
import { splitMentions, type Piece } from './mentions.ts';
import type { Foreign } from './foreign.ts';

/** What a message activity says and how. */
export interface Said {
  readonly text: string;
  /** `plain`, `markdown`, `xml`; some clients say `html`, some nothing. */
  readonly textFormat: string;
  readonly entities: readonly Foreign[];
  /** The bot's own account id: mentions of it are taken out. */
  readonly botId: string;
}

/** Longest text that is passed on, in UTF-16 units; the rest is cut. Teams itself takes about 28 KB. */
export const longestText = 20_000;

/**
 * What a person typed, without what clients made of it: our mention gone, others as `@Name`, straight quotes, plain
 * spaces and hyphens, no invisible characters, entities decoded. Case is kept: names of devices have it.
 */
export function readText(said: Said): { text: string; mentions: readonly Mention[] } {
  const raw = said.text.slice(0, longestText);
  const pieces = splitMentions(raw, said.entities, said.botId);
  const words = pieces.map((piece) => wordsOf(piece, said.textFormat));
  const mentions = pieces.flatMap((piece) =>
    piece.is === 'mention'
      ? [{ text: `@${cleanName(piece.name)}`, chatId: piece.chatId, name: cleanName(piece.name) }]
      : [],
  );
  return {
    text: collapse(words.join(''))
      .replace(/\p{Surrogate}/gu, '')
      .trim(),
    mentions,
  };
}

function wordsOf(piece: Piece, textFormat: string): string {
  if (piece.is === 'ours') return ' ';
  if (piece.is === 'mention') return `@${cleanName(piece.name)}`;
  return clean(textFormat === 'xml' || textFormat === 'html' ? withoutTags(piece.text) : piece.text);
}

function cleanName(name: string): string {
  return clean(name).replace(/ +/g, ' ').trim();
}

function withoutTags(text: string): string {
  return text.replace(/<(?:br|\/p|\/div|\/li)\b[^<>]*>/gi, ' ').replace(/<\/?[a-z][^<>]*>/gi, '');
}

function clean(text: string): string {
  return decodeEntities(text)
    .normalize('NFC')
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '')
    .replace(/[\s\u0000-\u001f\u007f-\u009f]/g, ' ') // eslint-disable-line no-control-regex -- a control character is a gap, nothing more
    .replace(/[\u201c-\u201f\u00ab\u00bb]/g, '"')
    .replace(/[\u2018-\u201b]/g, "'")
    .replace(/[\u2010-\u2012\u2212\uff0d]/g, '-')
    .replace(/(^| )[\u2013-\u2015](?=\p{L})/gu, '$1--') // phones turn a typed `--` into a dash; nobody types one before a word
    .replace(/[\u2013-\u2015]/g, '-');
}

const named: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Decoded once, so that `&amp;lt;` stays the text `&lt;`. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(nbsp|amp|lt|gt|quot|apos));/gi, (whole, decimal, hex, name) => {
    if (name) return named[String(name).toLowerCase()] ?? String(whole);
    const code = decimal ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

/** One space where there were several, except between double quotes: `"two  blanks"` may be a name. */
function collapse(text: string): string {
  return text
    .split('"')
    .map((part, index) => (index % 2 === 0 ? part.replace(/ +/g, ' ') : part))
    .join('"');
}
