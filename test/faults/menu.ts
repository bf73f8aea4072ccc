import type { PersonKey, RoomKey } from '../../src/sandbox/chat/rooms.ts';
import type { Chance } from './chance.ts';

/** Something that a person could type, and the device that it is about. */
export interface Wish {
  readonly text: string;
  readonly device: string;
}

const policies = [
  'refresh policy on',
  'refresh user policy on',
  'wake up',
  'application evaluation on',
  'quick scan',
  'full scan',
  'update Defender signatures on',
];
const pcs = ['LT-117', 'LT-118', 'LT-119', 'LT-120', 'LT-121', 'LT-122'];
/** The answer lost, slow, an error though it was done, throttled, refused: each has a device. */
const lockable = [
  ...['MBP-042', 'MBP-043', 'MBP-044', 'MBP-047', 'MBP-048', 'MBP-052', 'MBP-053', "Adele's Mac"],
  ...['PH-21', 'PH-23', 'PH-24', 'PH-26', 'PH-27', 'PH-28', 'TAB-9', 'TAB-15'],
];
const tablets = ['TAB-9', 'TAB-10', 'TAB-12'];
const apps = ['Contoso VPN', 'Contoso Notes', 'Contoso Expenses'];
const cloudPcs = ['CPC-117', 'CPC-118', 'CPC-119', 'CPC-120'];

const wishes: readonly Wish[] = [
  ...pcs.flatMap((device) => policies.map((policy) => ({ text: `${policy} ${device}`, device }))),
  ...lockable.map((device) => ({ text: `lock ${device}`, device })),
  ...tablets.flatMap((device) =>
    apps.flatMap((app) => [
      { text: `remove app "${app}" from ${device}`, device },
      { text: `restore app "${app}" on ${device}`, device },
    ]),
  ),
  ...cloudPcs.map((device) => ({ text: `reprovision cloud pc ${device}`, device })),
];

/**
 * What can still be asked. One device is given to one person at a time, so that each write at Graph belongs to one
 * operation; and outside of threads nothing is given twice in the same place, so that each reply does.
 */
export class Menu {
  readonly #busy = new Set<string>();
  readonly #given = new Set<string>();

  /** Undefined when there is nothing at present. Whoever takes it gives the device back. */
  take(who: PersonKey, room: RoomKey, chance: Chance): Wish | undefined {
    const keyOf = ({ text }: Wish) => `${room === 'personal' ? who : room}/${text}`;
    const inThread = room.startsWith('channel:');
    const free = wishes.filter((wish) => !this.#busy.has(wish.device) && (inThread || !this.#given.has(keyOf(wish))));
    if (free.length === 0) return undefined;
    // By device first: PCs have seven wishes each, and would crowd out the rest.
    const device = chance.of([...new Set(free.map((wish) => wish.device))]);
    const wish = chance.of(free.filter((one) => one.device === device));
    this.#busy.add(device);
    this.#given.add(keyOf(wish));
    return wish;
  }

  giveBack({ device }: Wish): void {
    this.#busy.delete(device);
  }
}
