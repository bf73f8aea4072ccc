import { catalogueOf, loadCatalogue } from '../../src/catalogue.ts';
import type { Catalogue } from '../../src/catalogue.ts';
import { parse } from '../../src/flow/parse.ts';
import { talks } from '../../src/flow/talks.ts';
import { commandsFor, longestTitle, mostCommands } from '../../tools/teams-package/commands.ts';

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await loadCatalogue();
});

const understood = (text: string) => parse({ text, mentions: [] }, catalogue, talks);
const all = () => {
  const { listed, leftOut } = commandsFor(catalogue);
  return [...listed, ...leftOut];
};

const isTalk = (title: string) => talks.some(({ command }) => command?.title === title);

test('a click on a command sends its title: the bot understands each, and asks for what is missing', () => {
  for (const { title } of all())
    expect({ title, is: understood(title).is }).toEqual({
      title,
      is: title === 'help' || title === 'status' ? title : isTalk(title) ? 'talk' : 'incomplete',
    });
});

test('every example in a description is understood as the action that it describes', () => {
  const examples = catalogue.actions.flatMap((action) => action.examples.map((example) => ({ action, example })));
  for (const { action, example } of examples) {
    expect(understood(example)).toMatchObject({ is: 'wish', wish: { is: 'act', action: action.name } });
    expect(all().some(({ description }) => description.endsWith(`, as in ${example}`))).toBe(true);
  }
});

test('they fit into Teams, no title comes twice, and every action is among them while there is room', () => {
  const { listed } = commandsFor(catalogue);
  expect(listed.length).toBeLessThanOrEqual(mostCommands);
  expect(new Set(listed.map(({ title }) => title)).size).toBe(listed.length);
  expect(listed.filter(({ title }) => title.length > longestTitle)).toEqual([]);
  expect(listed.filter(({ description }) => description.length > 128)).toEqual([]);
  for (const { examples } of catalogue.actions)
    expect(listed.some(({ description }) => examples.some((example) => description.endsWith(example)))).toBe(true);
});

test('an example that its own action does not understand stops the packaging', () => {
  const [action] = catalogue.actions;
  const mute = catalogueOf([{ ...action!, examples: ['make coffee'] }]);
  expect(() => commandsFor(mute)).toThrow(`${action!.name} does not understand its own example “make coffee”`);
});
