import type { Operation } from '../../src/model/operation.ts';
import type { Device } from '../../src/model/device.ts';
import { alex, mac, personal } from '../world.ts';
import { buttonOf, read } from '../stories/read.ts';
import { scene } from './scene.ts';
import type { Scene } from './scene.ts';

const lab: Device = { ...mac, id: 'lab-id', name: 'LAB' };
const lab12: Device = { ...mac, id: 'lab-12-id', name: 'LAB #12' };

/** A desk over these devices, found by name as Intune finds them. */
async function over(...devices: readonly Device[]) {
  const findDevices = async (...texts: readonly string[]) => devices.filter(({ name }) => texts.includes(name));
  const inspect = async (id: string) => ({ device: devices.find((one) => one.id === id) ?? mac, results: [] });
  const at = await scene({ graph: { findDevices, inspect, nearDevices: async () => [] } });
  const contents: unknown[] = [];
  at.before = async (_what, content) => void contents.push(content);
  let count = 0;
  const say = async (text: string) => {
    await at.desk.onMessage({ id: `said-${++count}`, person: alex, place: personal, text, mentions: [] });
    await at.settle();
    return contents.at(-1) as Parameters<typeof read>[0];
  };
  return { ...at, say };
}

const offersOf = async ({ store }: Pick<Scene, 'store'>): Promise<readonly Operation[]> =>
  store.operationsOf({ personId: alex.id }, 10);
const asked = async (at: Pick<Scene, 'store'>) =>
  (await at.store.entries()).filter(({ event }) => event === 'asked').map(({ ticket, note }) => [ticket, note]);

describe('a number behind a name', () => {
  test('is a ticket where no device is called so', async () => {
    const at = await over(lab);
    expect(read(await at.say('lock device LAB #12'))[0]).toBe('Lock LAB?');
    expect(await offersOf(at)).toMatchObject([{ device: { name: 'LAB' }, ticket: '12' }]);
  });

  test('is no ticket where the only device is called so', async () => {
    const at = await over(lab12);
    expect(read(await at.say('lock device LAB #12'))[0]).toBe('Lock LAB #12?');
    const [offer] = await offersOf(at);
    expect(offer?.device.id).toBe(lab12.id);
    expect(offer).not.toHaveProperty('ticket');
    expect((await asked(at))[0]?.[0]).toBeUndefined();
  });

  test.each([
    { device: lab, ticket: '12' },
    { device: lab12, ticket: undefined },
  ])('is asked about where both are there: $device.name', async ({ device, ticket }) => {
    const at = await over(lab, lab12);
    const question = await at.say('lock device LAB #12');
    expect(await offersOf(at)).toEqual([]);
    const title = `Pick no. ${[lab, lab12].indexOf(device) + 1}: ${device.name}, ${device.serialNumber}`;
    const { verb, data } = buttonOf(question, title) ?? { verb: '', data: {} };
    const message = { place: personal, id: 'm1' };
    await at.desk.onButton({ person: alex, place: personal, message, verb, data, inputs: {}, automatic: false });
    const [offer] = await offersOf(at);
    expect([offer?.device.id, offer?.ticket]).toEqual([device.id, ticket]);
  });
});

describe('the same again', () => {
  test.each([
    ['lock MBP-042 #INC0012', 'lock MBP-042 #INC0099', 'INC0099'],
    ['lock MBP-042', 'lock MBP-042 #INC0099', 'INC0099'],
    ['lock MBP-042 #INC0012', 'lock MBP-042', undefined],
  ])('%s, then %s: the offer is for what was said last', async (first, second, ticket) => {
    const at = await over(mac);
    await at.say(first);
    at.clock.now += 60_000;
    const card = await at.say(second);
    const [offer, ...others] = await offersOf(at);
    expect(others).toEqual([]);
    expect([offer?.ticket, offer?.words]).toEqual([ticket, second]);
    expect((await asked(at)).at(-1)).toEqual([ticket, second]);
    const text = JSON.stringify(card);
    expect(text.includes('INC0099')).toBe(ticket !== undefined);
    expect(text).not.toContain('INC0012');
    expect(await at.store.operationsOf({ ticket: 'INC0012' }, 1)).toEqual([]);
  });

  test('with another ticket is no second delivery of the same message, however quickly it comes', async () => {
    const at = await over(mac);
    await at.say('lock MBP-042');
    await at.say('lock MBP-042 #INC0099');
    expect(await offersOf(at)).toMatchObject([{ ticket: 'INC0099' }]);
    expect(at.told).toHaveLength(2);
    await at.say('lock MBP-042 #INC0099');
    expect(at.told).toHaveLength(2);
  });
});
