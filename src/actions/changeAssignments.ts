import { defineAction } from '../model/action.ts';
import type { Phrase, WhyNot } from '../model/action.ts';
import { tellErrorCode } from '../model/errorCode.ts';
import type { AssignmentItem } from '../model/device.ts';
import { cut, iso, list } from '../model/text.ts';

/** `items` is empty until the device's apps and policies were looked up. */
interface Options {
  readonly intent: 'remove' | 'restore';
  /** What the person named. */
  readonly named: string;
  readonly items: readonly AssignmentItem[];
  /** Ids that shall stand as removed; everything else that stood as removed is restored. */
  readonly removed: readonly string[];
}

const most = 30;
const types = {
  application: 'app',
  deviceConfiguration: 'configuration profile',
  deviceManagementConfigurationPolicy: 'settings catalog policy',
  mobileAppConfiguration: 'app configuration',
} as const;

const sameName = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase();
const toRemove = ({ items, removed }: Options) => items.filter((item) => removed.includes(item.id));
const toRestore = ({ items, removed }: Options) => items.filter((item) => item.removed && !removed.includes(item.id));
const names = (items: readonly AssignmentItem[]) => list(items.map((item) => item.name));

function prepare(options: Options, found: readonly AssignmentItem[]): Options | WhyNot {
  const named = found.filter((item) => sameName(item.name, options.named));
  const [only, second] = named;
  const what = options.intent === 'remove' ? found : found.filter((item) => item.removed);
  if (!only || (options.intent === 'restore' && !only.removed))
    return {
      code: 'unknownItem',
      why: `This device has no app or policy called “${cut(options.named, 80)}” that can be ${options.intent}d.`,
      instead: what.length
        ? `It has: ${cut(list(what.map((item) => item.name)), 600)}.`
        : options.intent === 'restore'
          ? 'Nothing stands as removed on it.'
          : 'Intune lists no app or policy for it.',
    };
  if (second)
    return {
      code: 'ambiguousItem',
      why: `This device has ${named.length} apps or policies called “${cut(options.named, 80)}”.`,
      instead: 'Remove it in Intune, where the two can be told apart.',
    };
  const standing = found.filter((item) => item.removed).map((item) => item.id);
  const removed =
    options.intent === 'remove' ? [...new Set([...standing, only.id])] : standing.filter((id) => id !== only.id);
  return { ...options, items: found, removed };
}

function choose(options: Options, inputs: Readonly<Record<string, string>>): Options | WhyNot {
  const ticked = inputs['items'];
  const removed = ticked === undefined ? options.removed : ticked.split(',').filter((id) => id !== '');
  const chosen = { ...options, removed: [...new Set(removed)] };
  if (removed.some((id) => !options.items.some((item) => item.id === id)))
    return {
      code: 'notOffered',
      why: 'The card did not offer one of these items.',
      instead: 'Type the command again.',
    };
  if (toRemove(chosen).length + toRestore(chosen).length > most)
    return { code: 'tooMany', why: `Intune takes at most ${most} items at a time.`, instead: 'Tick fewer items.' };
  if (toRemove(chosen).every((item) => item.removed) && toRestore(chosen).length === 0)
    return {
      code: 'nothingToDo',
      why: 'With these ticks nothing would change.',
      instead: 'Tick what shall be removed.',
    };
  return chosen;
}

const some = (items: readonly AssignmentItem[]) =>
  items.length === 1 ? (items[0]?.name ?? '') : `${items.length} apps and policies`;

/** Before anything was looked up: what the person named. Afterwards: what would change. */
function deed(device: string, options: Options): string {
  const off = toRemove(options).filter((item) => !item.removed);
  const back = toRestore(options);
  if (off.length && back.length) return `Remove ${some(off)} from ${device} and restore ${some(back)}`;
  if (off.length) return `Remove ${some(off)} from ${device}`;
  if (back.length) return `Restore ${some(back)} on ${device}`;
  const named = cut(options.named, 80);
  return options.intent === 'remove' ? `Remove ${named} from ${device}` : `Restore ${named} on ${device}`;
}

/** `assignmentItemActionStatus`. */
const statuses: Readonly<Record<string, string>> = { inProgress: 'in progress', succeeded: 'done', error: 'error' };

const iOSOrAndroid = (platform: string) => platform === 'iOS' || platform === 'android';

/**
 * Intune's "remove apps and configuration". Each call is a full statement: whatever stood as removed and is not named
 * again is restored, so the card always shows the whole list. Microsoft Learn: changeAssignments,
 * changeAssignmentsActionResult, and syncPayloadsActionResult for its older spelling.
 */
export default defineAction<Options>({
  name: 'changeAssignments',
  summary: 'Take apps and policies off an iPhone, iPad or Android device for a while, or give them back',
  risk: 'disruptive',
  permissions: ['DeviceManagementConfiguration.Read.All', 'DeviceManagementManagedDevices.PrivilegedOperations.All'],
  phrases: [
    {
      say: '(please) remove (app|policy|configuration) {item} from {device}',
      options: ({ item = '' }) => ({ intent: 'remove', named: item, items: [], removed: [] }),
    },
    ...['on', 'to'].map((word): Phrase<Options> => ({
      say: `(please) restore (app|policy|configuration) {item} ${word} {device}`,
      options: ({ item = '' }) => ({ intent: 'restore', named: item, items: [], removed: [] }),
    })),
  ],
  examples: ['remove app "Contoso VPN" from TAB-9', 'restore app "Contoso VPN" on TAB-9'],
  needs: 'assignmentItems',
  supersedes: true,
  deed,
  button: (device, { intent }) =>
    intent === 'remove' ? `Remove what is ticked from ${device}` : `Restore what is not ticked on ${device}`,
  consequences: () => [
    'Ticked apps and policies are taken off the device; those that stood as removed and are no longer ticked come back.',
    'Intune gives everything back by itself after 8 to 24 hours.',
  ],
  whyNot: (device) =>
    iOSOrAndroid(device.platform) && device.ownership !== 'personal'
      ? undefined
      : {
          code: 'wrongPlatform',
          why: iOSOrAndroid(device.platform)
            ? 'Intune can take single apps and policies only off company devices, and this one is personal.'
            : 'Intune can take single apps and policies only off iPhones, iPads and Android devices.',
          instead: 'Change the app’s or policy’s assignment in Intune.',
        },
  prepare: (options, found) => prepare(options, found.items),
  overtaken: ({ items }, found) => {
    const standing = (all: readonly AssignmentItem[]) =>
      all
        .filter((item) => item.removed)
        .map((item) => item.id)
        .toSorted()
        .join();
    return standing(items) === standing(found.items)
      ? undefined
      : {
          code: 'overtaken',
          why: 'Since I sent this card, somebody else has removed or restored something on this device. Sending it now would undo that, so I sent nothing.',
          instead: 'Type the command again and look at what is ticked.',
        };
  },
  form: ({ items, removed }) => [
    {
      id: 'items',
      label: 'Shall be off the device',
      many: true,
      choices: items.map((item) => ({
        title: `${item.name} (${types[item.type]}${item.removed ? ', off the device now' : ''})`,
        value: item.id,
      })),
      value: removed,
    },
  ],
  choose,
  request: (device, options) => ({
    method: 'POST',
    version: 'beta',
    path: `/deviceManagement/managedDevices/${encodeURIComponent(device.id)}/changeAssignments`,
    body: {
      deviceAssignmentItems: [
        ...toRemove(options).map((item) => ({ item, intent: 'remove' })),
        ...toRestore(options).map((item) => ({ item, intent: 'restore' })),
      ].map(({ item, intent }) => ({ itemId: item.id, itemType: item.type, assignmentItemActionIntent: intent })),
    },
  }),
  completion: (device) => ({ source: 'managedDevice', id: device.id, kind: 'assignments', names: [] }),
  caveat: (detail) => {
    if (detail.is !== 'assignments') return undefined;
    const count = (status: string) => detail.items.filter((item) => item.status === status).length;
    const [errors, open] = [count('error'), count('inProgress') + count('initiated')];
    const of = detail.items.length;
    const told = [errors && `${errors} of ${of} ended in error`, open && `${open} of ${of} not finished`];
    return told.filter(Boolean).join(', ') || undefined;
  },
  show: (detail, device, options) => {
    const results = detail.is === 'assignments' ? detail.items.slice(0, most) : [];
    const room = results.length > 12 ? { name: 40, message: 40 } : { name: 200, message: 500 };
    const families = ['hresult', 'intune', device.platform === 'iOS' ? 'appleMdm' : 'omaDm'] as const;
    return {
      remove: cut(names(toRemove(options)), 400) || 'nothing',
      restore: cut(names(toRestore(options)), 400) || 'nothing',
      hasItems: results.length > 0,
      ids: results.map(({ id }, index) => `${index + 1}: ${id}`).join(', '),
      items: results.map((item) => ({
        name: cut(item.name || item.id, room.name),
        id: item.id,
        type: [types[item.type as keyof typeof types] ?? item.type, item.subType].filter(Boolean).join(', '),
        intent: item.intent,
        status: statuses[item.status] ?? item.status,
        message: cut(item.message, room.message),
        hasMessage: item.message !== '',
        error: item.errorCode ? tellErrorCode(item.errorCode, families) : '',
        hasError: Boolean(item.errorCode),
        changed: item.changedAt === undefined ? '' : iso(item.changedAt),
        hasChanged: item.changedAt !== undefined,
      })),
    };
  },
});
