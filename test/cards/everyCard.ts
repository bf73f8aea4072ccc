import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { presentOperation } from '../../src/flow/present.ts';
import {
  presentHelp,
  presentQuestion,
  presentRefusal,
  presentSecret,
  presentSecretNotice,
  presentStatus,
} from '../../src/flow/presentTalk.ts';
import { presentRights } from '../../src/flow/may/presentRights.ts';
import { talks } from '../../src/flow/talks.ts';
import type { World } from '../../src/flow/world.ts';
import type { Device } from '../../src/model/device.ts';
import type { Operation, State } from '../../src/model/operation.ts';
import type { Policy } from '../../src/model/policy.ts';
import type { ResultDetail } from '../../src/model/result.ts';
import type { Content } from '../../src/ports.ts';
import { historyCards } from './historyCards.ts';
import { noticeCards } from './noticeCards.ts';
import { alex, channel, mac, noon, personal, proposed } from '../world.ts';

/** Foreign text at its worst. */
export const hostile = '[click](http://evil.example) <at>Alex</at> **b** ${secret} {{DATE(2026-01-01T00:00:00Z)}} `x`';
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
export const optionsOf: Readonly<Record<string, unknown>> = {
  remoteLock: {},
  reprovision: {},
  triggerConfigurationManagerAction: { action: 'refreshMachinePolicy' },
  changeAssignments: { intent: 'remove', named: hostile, items, removed: ['app-1'] },
};

export const specimens = (action: string): ResultDetail[] =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'specimens', `${action}.json`), 'utf8'));

export const sending = {
  sentAt: noon,
  lookup: { source: 'managedDevice', id: 'x', kind: 'plain', names: [] },
  before: [],
} as const;

function states(detail: ResultDetail): State[] {
  const result = { actionName: hostile, state: 'pending', startedAt: noon, detail };
  const reason = { code: 'x', understood: 'y', why: hostile, instead: hostile };
  return [
    { is: 'proposed', token: 't', expiresAt: noon + 1, beware: [hostile], standing: [] },
    { is: 'claimed', by: alex, at: noon, standing: [], overdueAt: noon + 90_000 },
    { is: 'running', acceptance: 'unsure', sending, looks: 9, nextLookAt: noon },
    { is: 'running', acceptance: 'accepted', sending, looks: 9, nextLookAt: noon, result },
    { is: 'finished', outcome: 'done', at: noon, result: { ...result, state: 'done' } },
    { is: 'finished', outcome: 'failed', at: noon, result: { ...result, state: 'failed' } },
    { is: 'finished', outcome: 'unproven', at: noon, reason },
    { is: 'dropped', why: 'cancelled', at: noon },
    { is: 'dropped', why: 'duplicate', at: noon, reason },
  ];
}

/** Of everything that a policy can say. */
const policy: Policy = {
  roles: [
    {
      name: hostile,
      groups: ['g'],
      may: [
        { name: 'x.may[0]', line: 1, actions: 'all' },
        {
          name: 'x.may[1]',
          line: 2,
          actions: ['remoteLock', 'reprovision'],
          platforms: ['iOS', 'windows'],
          ownership: ['company', 'personal'],
          perHour: 1,
          perDay: 1,
          hours: { from: 1_320, to: 360, days: [1, 2, 3, 4, 5], timeZone: 'Europe/Berlin' },
        },
      ],
      history: 'all',
      subscriptions: true,
    },
    { name: 'auditor', groups: ['g'], may: [], history: 'own', subscriptions: false },
  ],
  protected: { devices: ['x'], people: [] },
  asPerson: [],
  ownersInNotices: true,
};

/** Every card that can be sent: each action, state, place and specimen, with plain, hostile and missing data. */
export function everyCard(world: World): { of: string; content: Content }[] {
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
  const { roles } = policy;
  const strangePlace = { ...channel, bot: { ...channel.bot, name: hostile } };
  const refusal = { code: 'x', understood: hostile, why: hostile, instead: hostile };
  return [
    ...operations.map(({ of, operation }) => ({ of, content: presentOperation(world, operation) })),
    { of: 'help', content: presentHelp(world, strangePlace, talks, roles) },
    {
      of: 'help for strangers',
      content: presentHelp(world, strangePlace, talks, { code: 'x', why: hostile, instead: hostile }),
    },
    {
      of: 'rights',
      content: presentRights({ ...world, policy: () => policy }, roles, [{ action: 'remoteLock', at: noon }]),
    },
    { of: 'question', content: presentQuestion(world, question, hostile, hostile) },
    { of: 'refusal', content: presentRefusal(world, refusal, strange, [hostile]) },
    { of: 'status', content: presentStatus(world, hostile, Array(10).fill(done), strange) },
    ...historyCards(world, hostile),
    { of: 'empty status', content: presentStatus(world, 'x', []) },
    { of: 'secret', content: presentSecret(world, done, '123456', noon) },
    { of: 'secretNotice', content: presentSecretNotice(world, done) },
    ...noticeCards(world, done, hostile),
  ];
}

export const cardOf = (content: Content): object => ('card' in content ? content.card : {});
