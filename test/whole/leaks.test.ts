import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PersonKey } from '../../src/sandbox/chat/rooms.ts';
import { openStore } from '../../src/store/open.ts';
import { command } from '../commands/command.ts';
import { until } from '../store/until.ts';
import { silent } from '../world.ts';
import { buttonOf, cardSaying, cardWith, heard, press } from './acts.ts';
import { openHouse } from './house.ts';
import type { House } from './house.ts';
import { holds } from './leaks.ts';

let house: House;
let folder: string;
/** Answers to the clicks of those who have no business with a PIN. */
let refused: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'device-desk-'));
  house = await openHouse([await openStore({ is: 'sqlite', folder }, { now: Date.now }, silent)]);
  refused = [];
  await lockInOwnChat();
  await lockInChannel();
  await lockInGroupWithoutOwnChat();
  await lockWithAnOldClient();
  await house.chat.idle();
  await until(async () => (await locks()).every(({ keeping }) => keeping?.is === 'kept'));
}, 60_000);
afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true });
});

let isStopped = false;
async function stop(): Promise<void> {
  if (!isStopped) await house.stop();
  isStopped = true;
}

const locks = () => house.store.operationsOf({}, 1000);

async function lockInOwnChat(): Promise<void> {
  await house.chat.say('alex', 'personal', 'lock MBP-042');
  await press(house, 'alex', 'personal', 'Lock MBP-042');
  const card = await cardWith(house, 'alex', 'personal', 'Show unlock PIN');
  await strangersPress(card.id, buttonOf(card, 'Show unlock PIN'));
  await press(house, 'alex', 'personal', 'Show unlock PIN');
  await house.chat.say('alex', 'personal', 'status MBP-042');
  await press(house, 'alex', 'personal', 'Hide it now');
}

async function lockInChannel(): Promise<void> {
  await house.chat.say('megan', 'channel:general', 'lock "Adele\'s Mac"');
  await press(house, 'megan', 'channel:general', "Lock Adele's Mac");
  const card = await cardWith(house, 'megan', 'personal', 'Show unlock PIN');
  await strangersPress(card.id, buttonOf(card, 'Show unlock PIN'));
  await press(house, 'megan', 'personal', 'Show unlock PIN');
  await house.chat.say('megan', 'channel:general', "status Adele's Mac");
  await house.chat.say('alex', 'channel:incidents', "status Adele's Mac");
}

async function lockInGroupWithoutOwnChat(): Promise<void> {
  await house.chat.say('isaiah', 'group', 'lock MBP-055');
  await press(house, 'isaiah', 'group', 'Lock MBP-055');
  await cardSaying(house, 'isaiah', 'group', 'open that chat');
  await house.chat.open('isaiah', 'personal');
  await press(house, 'isaiah', 'personal', 'Show unlock PIN');
  await press(house, 'isaiah', 'personal', 'Hide it now');
}

/** Its clicks are messages, so what they show comes by way of the connector. */
async function lockWithAnOldClient(): Promise<void> {
  house.chat.faults.oldClient = true;
  const name = "Marketing's shared MacBook Pro for the studio on the 3rd flr";
  await house.chat.say('alex', 'personal', `lock ${name}`);
  await press(house, 'alex', 'personal', `Lock ${name}`);
  await heard(house, 'alex', 'personal', `Lock ${name}: done.`);
  await press(house, 'alex', 'personal', 'Show unlock PIN');
  await cardSaying(house, 'alex', 'personal', 'Hide it now');
  house.chat.faults.oldClient = false;
}

/** The button's own payload, sent by others and from elsewhere: by a copied card, or by guessing. */
async function strangersPress(
  messageId: string,
  { verb, data }: { verb: string; data: Record<string, unknown> },
): Promise<void> {
  const places: [PersonKey, 'personal' | 'group' | 'channel:general'][] = [
    ['lynne', 'personal'],
    ['isaiah', 'group'],
    ['patti', 'group'],
    ['alex', 'group'],
    ['megan', 'channel:general'],
    ['adele', 'channel:general'],
  ];
  for (const [who, room] of places) {
    const { activity } = await house.chat.say(who, room, 'help');
    const { text: _text, attachments: _attachments, ...base } = activity;
    for (const click of [
      { type: 'invoke', name: 'adaptiveCard/action', value: { action: { type: 'Action.Execute', verb, data } } },
      { type: 'message', value: { ...data, verb } },
    ]) {
      const response = await house.chat.deliver({
        ...base,
        ...click,
        id: `f:${who}${room}${click.type}`,
        replyToId: messageId,
      });
      refused.push(await response.text());
    }
  }
}

/** Where a PIN may be said: the own chats of those who asked for locks. */
const ownChats = () =>
  (['alex', 'megan', 'isaiah'] as const).map(
    (who) => house.chat.messages('personal', who).map(({ conversationId }) => conversationId)[0],
  );

const pins = () => house.tenant.issuedSecrets();
const leaking = (text: string) => pins().filter((pin) => holds(text, pin));

test('PINs were made and shown, or there is nothing to leak', async () => {
  expect(pins().length).toBeGreaterThanOrEqual(4);
  const views = (await house.store.entries()).filter(({ event }) => event === 'secretViewed');
  expect(views).toHaveLength(4);
});

test('no PIN in what was logged', () => {
  expect(house.logged()).not.toBe('');
  expect(leaking(house.logged())).toEqual([]);
});

test('no PIN in the journal, nor in anything else that is remembered', async () => {
  expect(leaking(JSON.stringify(await house.store.entries()))).toEqual([]);
  const operations = await locks();
  expect(operations.length).toBeGreaterThanOrEqual(4);
  expect(leaking(JSON.stringify(operations))).toEqual([]);
});

test.each(['group', 'channel:general', 'channel:incidents'] as const)('no PIN in %s, whoever looks', (room) => {
  expect(leaking(JSON.stringify(house.chat.messages(room)))).toEqual([]);
  for (const who of ['alex', 'megan', 'isaiah', 'lynne', 'adele', 'patti'] as const) {
    expect(leaking(JSON.stringify(house.chat.messages(room, who)))).toEqual([]);
  }
});

test('no PIN in the own chat of anybody else', () => {
  for (const who of ['lynne', 'adele', 'patti'] as const) {
    expect(leaking(JSON.stringify(house.chat.messages('personal', who)))).toEqual([]);
  }
});

test('no PIN in what strangers were answered', () => {
  expect(refused.length).toBe(24);
  expect(leaking(refused.join('\n'))).toEqual([]);
});

test('no PIN in any call to Teams but to the own chat of the one who asked, when their phone is old', () => {
  const calls = house.chat.connectorCalls().filter(({ body }) => leaking(JSON.stringify(body ?? '')).length > 0);
  expect(calls.length).toBeGreaterThan(0);
  for (const { path } of calls) expect(path.startsWith(`/v3/conversations/${ownChats()[0] ?? ''}/`)).toBe(true);
});

test('what was hidden is gone from the chat for good, also for a client that forgets', () => {
  house.chat.faults.forgetViews();
  for (const who of ['isaiah', 'megan'] as const) {
    expect(leaking(JSON.stringify(house.chat.messages('personal', who)))).toEqual([]);
  }
});

/** Database, write-ahead log and all, as they lie on the disk. */
const bytes = () => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));

test('in the database’s files every PIN is kept, and none can be read', async () => {
  const sealed = await Promise.all((await locks()).map(({ id }) => house.store.secretOf(id)));
  expect(sealed.length).toBeGreaterThanOrEqual(4);
  for (const text of sealed) expect(bytes().some((file) => file.includes(text ?? 'nothing'))).toBe(true);
  expect(bytes().flatMap(leaking)).toEqual([]);
});

test('no PIN in what a move to another store carries, though all of them go along', async () => {
  const sealed = await Promise.all((await locks()).map(({ id }) => house.store.secretOf(id)));
  const issued = pins();
  await stop();
  const out = join(folder, 'store.jsonl');
  const { code, stdout, stderr } = await command('store', ['export', '--out', out], { DATA_DIR: folder });
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const exported = readFileSync(out, 'utf8');
  for (const text of sealed) expect(exported).toContain(text);
  expect(issued.filter((pin) => holds(`${exported}${stdout}${stderr}`, pin))).toEqual([]);
});
