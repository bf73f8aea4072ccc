import MarkdownIt from 'markdown-it';
import { escapeMarkdown } from '../../src/cards.ts';
import { largestCard } from '../../src/model/limits.ts';
import { presentOperation } from '../../src/flow/present.ts';
import { presentQuestion } from '../../src/flow/presentTalk.ts';
import type { Content } from '../../src/ports.ts';
import type { World } from '../../src/flow/world.ts';
import type { State } from '../../src/model/operation.ts';
import type { ResultDetail } from '../../src/model/result.ts';
import { historyPage, openCard } from './historyCards.ts';
import { cardOf, everyCard, optionsOf, sending, specimens } from './everyCard.ts';
import { faultsOf } from './validator.ts';
import { mac, noon, proposed, worldOf } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await worldOf();
});

type Json = { [key: string]: unknown };
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
function* nodes(json: unknown): Generator<Json> {
  if (Array.isArray(json)) for (const item of json) yield* nodes(item);
  if (!isObject(json)) return;
  yield json;
  for (const value of Object.values(json)) yield* nodes(value);
}
test('every card fits into a message, is valid for Adaptive Cards 1.5 and leaves nothing of its template', () => {
  for (const { of, content } of everyCard(world)) {
    const json = cardOf(content);
    const text = JSON.stringify(json);
    expect({ of, bytes: Buffer.byteLength(text) <= largestCard }).toEqual({ of, bytes: true });
    expect({ of, faults: faultsOf(json) }).toEqual({ of, faults: [] });
    const left = text.replaceAll('${secret}', '').match(/\$\{[^}]*\}|undefined|\[object/u);
    expect({ of, left }).toEqual({ of, left: null });
  }
});

test('every text is text, and every heading, input and button is named', () => {
  for (const { of, content } of everyCard(world))
    for (const node of nodes(cardOf(content))) {
      if (node['type'] === 'TextBlock') expect({ of, text: typeof node['text'] }).toEqual({ of, text: 'string' });
      if (node['type'] === 'Input.ChoiceSet') expect(node['label']).toBeTruthy();
      if (String(node['type']).startsWith('Action.')) expect(node['title']).toBeTruthy();
      if (node['type'] === 'Action.Execute') {
        expect(node['verb']).toBeTruthy();
        expect(node['fallback']).toMatchObject({
          type: 'Action.Submit',
          title: node['title'],
          data: { verb: node['verb'] },
        });
      }
    }
});

test('foreign text stays text, whatever it holds', () => {
  const markdown = new MarkdownIt();
  for (const { of, content } of everyCard(world))
    for (const node of nodes(cardOf(content))) {
      const shown = [node['type'] === 'TextBlock' && node['text'], node['value'] && node['title'] && node['value']];
      for (const text of shown.filter((part): part is string => typeof part === 'string')) {
        if (!text.includes('evil')) continue;
        const html = markdown.render(text);
        expect({ of, html }).toEqual({ of, html: expect.not.stringMatching(/<a |<at>|<code>/u) });
        expect(text).not.toMatch(/\{\{DATE\(2026-01-01/u);
      }
    }
});

test.each([
  ['MBP-042', 'MBP-042'],
  ['ROOM1_AndroidAOSP_7/2/2025_12:01 PM', 'ROOM1_AndroidAOSP_7/2/2025_12:01 PM'],
  ["Adele's Mac (blue)", "Adele's Mac (blue)"],
  ['会議室-01', '会議室-01'],
  ['_private_', '\\_private\\_'],
  ['# 1', '\\# 1'],
  ['1. Mac', '1\\. Mac'],
  ['1)', '1\\)'],
  ['- x', '\\- x'],
  ['-5', '-5'],
  ['---', '\\---'],
  ['## x', '\\## x'],
  ['> x', '\\> x'],
  ['a\nb', 'a b'],
  ['[x](y)', '\\[x\\](y)'],
  ['&lt;b&gt;', '\\&lt;b\\&gt;'],
  ['R&D', 'R&D'],
  ['abc\u202Edef', 'abc\ufffddef'],
])('%s is shown as itself', (text, escaped) => {
  expect(escapeMarkdown(text)).toBe(escaped);
  expect(
    new MarkdownIt().renderInline(escaped).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
  ).toBe(text.replace('\n', ' ').replace('\u202E', '\ufffd'));
});

describe('at their largest', () => {
  const bytes = (content: Content) => Buffer.byteLength(JSON.stringify(cardOf(content)));
  const device = { ...mac, name: '長'.repeat(256), owner: { ...mac.owner, name: '長'.repeat(256) } };

  test.each([
    ['長'.repeat(200), 12],
    ['長'.repeat(200), 30],
    ['**name**'.repeat(25), 12],
    ['**name**'.repeat(25), 30],
    ['A long name in Latin letters '.repeat(7), 30],
  ])('assignments with everything as long as %.12s… fit: %d items', (long, count) => {
    const detail: ResultDetail = {
      is: 'assignments',
      items: Array.from({ length: count }, (_, index) => ({
        id: `4a1d0c9e-0a58-4f26-8f0c-5b2a3f1d7c${String(index).padStart(2, '0')}`,
        type: 'deviceManagementConfigurationPolicy',
        name: long,
        subType: long,
        intent: 'remove',
        status: 'inProgress',
        message: long.repeat(7),
        errorCode: -2016341112,
        changedAt: noon,
      })),
    };
    const result = { actionName: 'changeAssignments', state: 'pending', startedAt: noon, updatedAt: noon, detail };
    const state: State = { is: 'running', acceptance: 'accepted', sending, looks: 9, nextLookAt: noon, result };
    const operation = {
      ...proposed,
      action: 'changeAssignments',
      options: optionsOf['changeAssignments'],
      device,
      state,
    };
    const content = presentOperation(world, operation);
    expect(bytes(content)).toBeLessThanOrEqual(largestCard);
    expect([...nodes(cardOf(content))].filter((node) => node['type'] === 'TableRow')).toHaveLength(count + 1);
  });

  test('the confirmation for a device with 230 apps fits, with its buttons and what was named', () => {
    const items = Array.from({ length: 230 }, (_, index) => ({
      id: `4a1d0c9e-0a58-4f26-8f0c-5b2a3f1d7${String(index).padStart(3, '0')}`,
      type: 'application',
      name: `${'長'.repeat(40)} ${index}`,
      removed: index === 200,
    }));
    const removed = [items[200]!.id, items[229]!.id];
    const options = { intent: 'remove', named: items[229]!.name, items, removed };
    const content = presentOperation(world, { ...proposed, action: 'changeAssignments', options, device });
    expect(bytes(content)).toBeLessThanOrEqual(largestCard);
    const input = [...nodes(cardOf(content))].find((node) => node['type'] === 'Input.ChoiceSet');
    expect(input).toMatchObject({ value: removed.join(','), label: expect.stringContaining('60 of 230') });
    const offered = (input?.['choices'] as { value: string }[]).map(({ value }) => value);
    expect(offered).toEqual(expect.arrayContaining(removed));
    expect([...nodes(cardOf(content))].filter((node) => node['type'] === 'Action.Execute')).toHaveLength(2);
  });

  test.each(['長'.repeat(256), '**name**'.repeat(32), 'A long name in Latin letters '.repeat(8)])(
    'a page of history and a full desk with everything as long as %.12s… fit, with their buttons',
    (long) => {
      const buttons = (content: Content) =>
        [...nodes(cardOf(content))].filter((node) => node['type'] === 'Action.Execute').map((node) => node['verb']);
      const history = historyPage(world, long);
      expect(bytes(history)).toBeLessThanOrEqual(largestCard);
      expect(buttons(history)).toEqual([...Array(8).fill('details'), 'history', 'history']);
      const open = openCard(world, long);
      expect(bytes(open)).toBeLessThanOrEqual(largestCard);
      const group = [...Array(5).fill(['lookNow', 'stopWatching']).flat(), 'stopWatchingSure', 'showOpen'];
      expect(buttons(open)).toEqual([...group, ...group, 'showOpen']);
    },
  );

  test('eight candidates with the longest names fit, each with its button', () => {
    const question = {
      ...proposed,
      token: 't',
      wish: { is: 'status' as const },
      candidates: Array(9).fill(device),
      expiresAt: noon,
    };
    const content = presentQuestion(world, question, device.name, device.name);
    expect(bytes(content)).toBeLessThanOrEqual(largestCard);
    expect([...nodes(cardOf(content))].filter((node) => node['type'] === 'Action.Execute')).toHaveLength(9);
  });
});

test('every action has its card and its specimen', () => {
  for (const { name } of world.catalogue.actions) {
    expect(world.cards.names).toContain(name);
    expect(specimens(name).length).toBeGreaterThan(1);
  }
});
