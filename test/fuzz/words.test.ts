import fc from 'fast-check';
import { loadCatalogue } from '../../src/catalogue.ts';
import type { Catalogue } from '../../src/catalogue.ts';
import { parse } from '../../src/flow/parse.ts';
import { talks } from '../../src/flow/talks.ts';
import { longestText, readText } from '../../src/teams/text.ts';
import { holds } from './check.ts';
import { endless, foreign, spelledOut } from './foreign.ts';

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await loadCatalogue();
});

const meanings = ['wish', 'status', 'talk', 'help', 'empty', 'incomplete', 'unknown'];
const formats = fc.constantFrom('plain', 'markdown', 'xml', 'html', '', 'x');

/** Mentions as clients list them, and as nobody would. */
const entities = fc.array(
  fc.oneof(
    fc.record({
      type: fc.constant('mention'),
      text: foreign(320),
      mentioned: fc.record({ id: foreign(40), name: foreign(80) }),
    }),
    fc.record({
      type: fc.constant('mention'),
      text: foreign(40).map((name) => `<at>${name}</at>`),
      mentioned: fc.record({ id: fc.constantFrom('28:us', '29:jane') }),
    }),
    fc.dictionary(fc.constantFrom('type', 'text', 'mentioned', '__proto__'), fc.jsonValue()),
  ),
  { maxLength: 5 },
);

const said = fc.record({ text: foreign(2_000), textFormat: formats, entities, botId: fc.constant('28:us') });

/** Text with the mentions in it, as clients send it. */
const mentioning = said.map((one) => ({
  ...one,
  text: one.entities.map(({ text }) => (typeof text === 'string' ? text : '')).join(` ${one.text} `),
}));

test('whatever is typed becomes text on one line, without what is not seen', async () => {
  await holds(
    fc.property(fc.oneof(said, mentioning), (one) => {
      const { text, mentions } = readText(one);
      expect(text).not.toMatch(
        /[\p{Cc}\p{Surrogate}\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]/u,
      );
      expect(text).toBe(text.trim());
      for (const mention of mentions)
        expect(mention).toEqual({ text: expect.any(String), chatId: expect.any(String), name: expect.any(String) });
      for (const { name } of mentions) expect(name).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
    }),
  );
});

test('every text means something', async () => {
  await holds(
    fc.property(fc.oneof(said, mentioning), (one) => {
      const understood = parse(readText(one), catalogue, talks);
      expect(meanings).toContain(understood.is);
      if (understood.is === 'wish' && understood.target.is === 'text')
        expect(understood.target.text.trim()).not.toBe('');
      if (understood.is === 'unknown') expect(understood.commands.length).toBeGreaterThan(0);
      if (understood.ticket !== undefined) expect(understood.ticket).toMatch(/^[A-Z\d-]{1,30}$/u);
    }),
  );
});

test('text that nobody has cleaned means something, too', async () => {
  await holds(
    fc.property(foreign(3_000), (text) => {
      expect(meanings).toContain(parse({ text, mentions: [] }, catalogue, talks).is);
    }),
  );
});

test('the longest text is read without thinking for long', async () => {
  await holds(
    fc.property(endless, formats, (pattern, textFormat) => {
      const text = spelledOut(pattern);
      const before = process.cpuUsage();
      const read = readText({ text, textFormat, entities: [], botId: '28:us' });
      // A dash may have been two hyphens.
      expect(read.text.length).toBeLessThanOrEqual(2 * longestText);
      expect(meanings).toContain(parse(read, catalogue, talks).is);
      const { user } = process.cpuUsage(before);
      // In microseconds, of the whole process; a pattern that tries everything takes minutes.
      expect(user).toBeLessThan(1_500_000);
    }),
    4,
  );
});
