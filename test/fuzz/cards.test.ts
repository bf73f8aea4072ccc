import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { cleanText, escapeMarkdown } from '../../src/cards.ts';
import type { Cards } from '../../src/cards.ts';
import { largestCard } from '../../src/model/limits.ts';
import { everyCard, hostile } from '../cards/everyCard.ts';
import { worldOf } from '../world.ts';
import { holds } from './check.ts';
import { foreign } from './foreign.ts';

type Filling = Parameters<Cards['fill']>;

/** How hostile text of the specimens begins, also where a presenter has cut it. */
const mark = hostile.slice(0, 24);
const fillings: Filling[] = [];
let cards: Cards;

/** Every way in which a card of ours is filled, with foreign text in it: recorded once, varied below. */
beforeAll(async () => {
  const world = await worldOf();
  cards = world.cards;
  const fill = (...filling: Filling) => {
    if (JSON.stringify(filling).includes(mark)) fillings.push(filling);
    return cards.fill(...filling);
  };
  everyCard({ ...world, cards: { ...cards, fill } });
  expect(new Set(fillings.map(([name]) => name)).size).toBeGreaterThan(5);
});

function withText<T>(value: T, text: string): T {
  if (value === undefined) return value;
  const varied: unknown = JSON.parse(JSON.stringify(value), (_key, one: unknown) => {
    if (typeof one !== 'string') return one;
    const at = one.indexOf(mark);
    return at < 0 ? one : one.slice(0, at) + text;
  });
  return varied as T;
}

const markdown = new MarkdownIt();
const strange = fc.tuple(
  fc.nat().map((number) => () => fillings[number % fillings.length] as Filling),
  foreign(300),
);

const decoded = (html: string) =>
  html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

test('foreign text reads as it is written, wherever markdown is read', async () => {
  await holds(
    fc.property(foreign(400), (text) => {
      const html = markdown.render(escapeMarkdown(text)).trim();
      const shown = cleanText(text).replaceAll('\0', '\ufffd').trim();
      expect(decoded(html)).toBe(shown === '' ? '' : `<p>${shown}</p>`);
    }),
  );
});

test('nor does a text of which it is a part come to life', async () => {
  await holds(
    fc.property(
      fc.constantFrom('“', 'Lock ', 'a* ', '**', '(', '1', '- '),
      foreign(200),
      fc.constantFrom('”', '*', ')', ' b', '.'),
      (before, text, after) => {
        const html = markdown.render(escapeMarkdown(before + text + after));
        expect(html.replace(/^<p>|<\/p>$/gmu, '')).not.toMatch(/<[a-z]/u);
      },
    ),
  );
});

function* strings(json: unknown): Generator<[key: string, text: string, type: unknown]> {
  if (typeof json !== 'object' || json === null) return;
  for (const [key, value] of Object.entries(json)) {
    if (typeof value === 'string') yield [key, value, (json as { type?: unknown }).type];
    else yield* strings(value);
  }
}

const ours = /\{\{(?:DATE|TIME)\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ(?:, ?(?:SHORT|LONG|COMPACT))?\)\}\}/gu;

test('a card stays what it is, whatever devices and people are called', async () => {
  await holds(
    fc.property(strange, ([filling, text]) => {
      const [name, view, detail] = filling();
      const card = cards.fill(name, withText(view, text), withText(detail, text));
      const json = JSON.stringify(card);
      expect(Buffer.byteLength(json)).toBeLessThanOrEqual(largestCard);
      expect(skeleton(card)).toEqual(skeleton(cards.fill(name, withText(view, 'x'), withText(detail, 'x'))));
    }),
    2,
  );
});

/** A card without its words: kinds, verbs, ids, styles and how they are put together. */
function skeleton(card: object): unknown {
  const words = new Set([
    'text',
    'title',
    'label',
    'value',
    'placeholder',
    'altText',
    'errorMessage',
    'tooltip',
    'speak',
    'name',
    'fallbackText',
  ]);
  return JSON.parse(JSON.stringify(card), (key, one: unknown) =>
    words.has(key) && typeof one === 'string' ? '' : one,
  ) as unknown;
}

test('no text of a card links, mentions, or tells a time that is not ours', async () => {
  await holds(
    fc.property(strange, ([filling, text]) => {
      const [name, view, detail] = filling();
      const harmless = text.replaceAll('2026-01-01', '2031-09-09');
      const card = cards.fill(name, withText(view, harmless), withText(detail, harmless));
      for (const [key, shown, type] of strings(card)) {
        expect({ key, shown }).toEqual({
          key,
          shown: expect.not.stringMatching(/[\n\r\u2028\u2029\u202a-\u202e\u2066-\u2069]/u),
        });
        if (type !== 'TextBlock' && type !== 'TextRun') continue;
        if (key !== 'text') continue;
        expect(shown.replace(ours, '')).not.toMatch(/\{\{(?:DATE|TIME)\(/u);
        expect(shown).not.toMatch(/(?<!\\)\{\{(?:DATE|TIME)\(2031-09-09/u);
        expect(shown).not.toMatch(/(?<!\\)<\/?at\b/iu);
        expect(markdown.render(shown)).not.toMatch(/<(?:a|img|code|h\d|ul|ol|li|blockquote|hr|s|pre)\b/u);
      }
    }),
    2,
  );
});
