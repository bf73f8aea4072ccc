import fc from 'fast-check';
import type { Device } from '../../src/model/device.ts';
import { readText } from '../../src/teams/text.ts';
import { scene, type Scene } from '../flow/scene.ts';
import { alex, channel, mac, personal } from '../world.ts';
import { holds } from './check.ts';
import { foreign } from './foreign.ts';

/** What Graph knows in this run: devices that are called anything. */
let devices: readonly Device[] = [];
let stage: Scene;
let count = 0;

beforeEach(async () => {
  devices = [mac];
  stage = await scene({
    graph: {
      findDevices: async () => devices,
      devicesOf: async () => devices,
      nearDevices: async () => devices,
      cloudPcOf: async () => undefined,
      assignmentItems: async () => devices.map(({ id, name }) => ({ id, type: 'application', name, removed: false })),
      inspect: async () => ({ device: devices[0] ?? mac, results: [] }),
      audits: async () => [],
    },
  });
});
afterEach(() => stage.store.close());

const device: fc.Arbitrary<Device> = fc
  .tuple(
    foreign(300),
    foreign(40),
    foreign(60),
    fc.constantFrom(...(['macOS', 'windows', 'iOS', 'android', 'unknown'] as const)),
    fc.uuid(),
  )
  .map(([name, serialNumber, owner, platform, id]) => ({
    ...mac,
    id,
    name,
    serialNumber,
    model: owner,
    platform,
    owner: { id: owner === '' ? '' : 'owner-id', name: owner, userPrincipalName: owner },
  }));
const found = fc.oneof(fc.constant([mac]), fc.array(device, { maxLength: 12 }));

const command = fc.constantFrom(
  'lock ',
  'status ',
  'refresh policy on ',
  'remove app "x" from ',
  'reprovision ',
  'wake up ',
  'help',
  'status',
  '',
);
const text = fc.oneof(
  foreign(300),
  fc.tuple(command, foreign(120)).map(([verb, name]) => verb + name),
  fc.tuple(command, fc.constant('MBP-042 '), foreign(60)).map((parts) => parts.join('')),
);
const place = fc.constantFrom(personal, channel);

test('whatever somebody with a role says is answered, and nothing is done before a click', async () => {
  await holds(
    fc.asyncProperty(text, found, place, async (typed, known, where) => {
      devices = known;
      stage.clock.now += 1_000;
      const before = stage.told.length;
      const { text: said, mentions } = readText({ text: typed, textFormat: 'plain', entities: [], botId: '28:us' });
      await stage.desk.onMessage({ id: `f${++count}`, person: alex, place: where, text: said, mentions });
      await stage.settle();
      expect(stage.told.slice(before)).toContainEqual(expect.stringMatching(/^post ./u));
      expect(stage.sent).toEqual([]);
    }),
    8,
  );
});

const verb = fc.oneof(
  fc.constantFrom(
    'confirm',
    'cancel',
    'pick',
    'dismiss',
    'showSecret',
    'hideSecret',
    'approve',
    'deny',
    'toString',
    '__proto__',
  ),
  foreign(20),
);
const carried = fc.dictionary(
  fc.constantFrom('operation', 'token', 'question', 'device', 'verb', 'removed', 'action', 'subscription', 'x'),
  fc.oneof(foreign(40), fc.jsonValue({ maxDepth: 1 })),
);

test('whatever is clicked is answered, and nothing is done without the token of a card', async () => {
  const operation = await stage.ask();
  await holds(
    fc.asyncProperty(verb, carried, fc.boolean(), fc.boolean(), async (pressed, data, knowsIt, automatic) => {
      stage.clock.now += 1;
      const inputs = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, String(value)]));
      const answer = await stage.desk.onButton({
        ...stage.press(operation, pressed),
        data: knowsIt ? { ...data, operation: operation.id } : data,
        inputs,
        automatic,
      });
      await answer.afterwards?.();
      expect('card' in answer.content ? answer.content.summary : answer.content.text).not.toBe('');
      expect(stage.sent).toEqual([]);
    }),
    8,
  );
});
