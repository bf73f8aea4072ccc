import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { escapeMarkdown, mostBytes } from '../../src/cards.ts';
import { presentOperation } from '../../src/flow/present.ts';
import {
  presentHelp,
  presentQuestion,
  presentRefusal,
  presentSecret,
  presentSecretNotice,
  presentStatus,
} from '../../src/flow/presentTalk.ts';
import type { World } from '../../src/flow/world.ts';
import type { Device } from '../../src/model/device.ts';
import type { Operation, State } from '../../src/model/operation.ts';
import type { ResultDetail } from '../../src/model/result.ts';
import type { Content } from '../../src/ports.ts';
import { faultsOf } from './validator.ts';
import { alex, channel, mac, noon, personal, proposed, worldOf } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await worldOf();
});

const hostile = '[click](http://evil.example) <at>Alex</at> **b** ${secret} {{DATE(2026-01-01T00:00:00Z)}} `x`';
const never: Device = {
  ...mac,
  serialNumber: '',
  system: '',
  model: '',
  owner: { id: '', name: '', userPrincipalName: '' },
  compliance: '',
  platform: 'unknown',
  lastSync: undefined,
  enrolled: undefined,
};
const strange: Device = { ...mac, name: hostile, serialNumber: hostile, owner: { ...mac.owner, name: hostile } };
const items = [
  { id: 'app-1', type: 'application' as const, name: hostile, removed: false },
  { id: 'app-2', type: 'application' as const, name: 'Mail', removed: true },
];
const optionsOf: Readonly<Record<string, unknown>> = {
  remoteLock: {},
  reprovision: {},
  triggerConfigurationManagerAction: { action: 'refreshMachinePolicy' },
  changeAssignments: { intent: 'remove', named: hostile, items, removed: ['app-1'] },
};

const specimens = (action: string): ResultDetail[] =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'specimens', `${action}.json`), 'utf8'));

const sending = {
  sentAt: noon,
  lookup: { source: 'managedDevice', id: 'x', kind: 'plain', names: [] },
  before: [],
} as const;

function states(detail: ResultDetail): State[] {
  const result = { actionName: hostile, state: 'pending', startedAt: noon, detail };
  const reason = { code: 'x', understood: 'y', why: hostile, instead: hostile };
  return [
    { is: 'proposed', token: 't', expiresAt: noon + 1, beware: [hostile] },
    { is: 'claimed', by: alex, at: noon },
    { is: 'running', acceptance: 'unsure', sending, looks: 9, nextLookAt: noon },
    { is: 'running', acceptance: 'accepted', sending, looks: 9, nextLookAt: noon, result },
    { is: 'finished', outcome: 'done', at: noon, result: { ...result, state: 'done' } },
    { is: 'finished', outcome: 'failed', at: noon, result: { ...result, state: 'failed' } },
    { is: 'finished', outcome: 'unproven', at: noon, reason },
    { is: 'dropped', why: 'cancelled', at: noon },
    { is: 'dropped', why: 'duplicate', at: noon, reason },
  ];
}

function everyCard(): { of: string; content: Content }[] {
  const operations: { of: string; operation: Operation }[] = world.catalogue.actions.flatMap(({ name }) =>
    specimens(name).flatMap((detail) =>
      states(detail).flatMap((state) =>
        [mac, strange, never].flatMap((device) =>
          [personal, channel].map((place) => ({
            of: `${name} ${state.is} ${JSON.stringify(detail).slice(0, 60)}`,
            operation: { ...proposed, action: name, options: optionsOf[name], device, place, state },
          })),
        ),
      ),
    ),
  );
  const done: Operation = {
    ...proposed,
    device: strange,
    state: states({ is: 'remoteLock', unlockPin: true })[4] as State,
  };
  const question = {
    ...proposed,
    token: 't',
    wish: { is: 'status' as const },
    candidates: Array(20).fill(strange),
    expiresAt: noon,
  };
  const refusal = { code: 'x', understood: hostile, why: hostile, instead: hostile };
  return [
    ...operations.map(({ of, operation }) => ({ of, content: presentOperation(world, operation) })),
    { of: 'help', content: presentHelp(world, hostile) },
    { of: 'question', content: presentQuestion(world, question, hostile, hostile) },
    { of: 'refusal', content: presentRefusal(world, refusal, strange, [hostile]) },
    { of: 'status', content: presentStatus(world, hostile, Array(10).fill(done), strange) },
    { of: 'empty status', content: presentStatus(world, 'x', []) },
    { of: 'secret', content: presentSecret(world, done, '123456', noon) },
    { of: 'secretNotice', content: presentSecretNotice(world, done) },
  ];
}

type Json = { [key: string]: unknown };
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
function* nodes(json: unknown): Generator<Json> {
  if (Array.isArray(json)) for (const item of json) yield* nodes(item);
  if (!isObject(json)) return;
  yield json;
  for (const value of Object.values(json)) yield* nodes(value);
}
const cardOf = (content: Content) => ('card' in content ? content.card : {});

test('every card fits into a message, is valid for Adaptive Cards 1.5 and leaves nothing of its template', () => {
  for (const { of, content } of everyCard()) {
    const json = cardOf(content);
    const text = JSON.stringify(json);
    expect({ of, bytes: Buffer.byteLength(text) <= mostBytes }).toEqual({ of, bytes: true });
    expect({ of, faults: faultsOf(json) }).toEqual({ of, faults: [] });
    const left = text.replaceAll('${secret}', '').match(/\$\{[^}]*\}|undefined|\[object/u);
    expect({ of, left }).toEqual({ of, left: null });
  }
});

test('every text is text, and every heading, input and button is named', () => {
  for (const { of, content } of everyCard())
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
  for (const { of, content } of everyCard())
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

test('thirty items with long names still fit', () => {
  const long = '長'.repeat(200);
  const detail: ResultDetail = {
    is: 'assignments',
    items: Array.from({ length: 30 }, (_, index) => ({
      id: `item-${index}`,
      type: 'deviceManagementConfigurationPolicy',
      name: long,
      subType: 'iOS store app',
      intent: 'remove',
      status: 'inProgress',
      message: long.repeat(7),
      errorCode: -2016341112,
      changedAt: noon,
    })),
  };
  const state: State = {
    is: 'running',
    acceptance: 'accepted',
    sending,
    looks: 1,
    nextLookAt: noon,
    result: { actionName: 'changeAssignments', state: 'pending', detail },
  };
  const { card } = presentOperation(world, {
    ...proposed,
    action: 'changeAssignments',
    options: optionsOf['changeAssignments'],
    state,
  }) as { card: object };
  expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(mostBytes);
  expect([...nodes(card)].filter((node) => node['type'] === 'TableRow')).toHaveLength(31);
});

test('every action has its card and its specimen', () => {
  for (const { name } of world.catalogue.actions) {
    expect(world.cards.names).toContain(name);
    expect(specimens(name).length).toBeGreaterThan(1);
  }
});
