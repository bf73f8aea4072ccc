import { defineAction } from '../model/action.ts';
import type { Past, Phrase, Slots } from '../model/action.ts';
import { choose, mostItems, namesOf, offered, prepare, toRemove, toRestore } from '../model/assignments.ts';
import type { AssignmentOptions } from '../model/assignments.ts';
import { tellErrorCode } from '../model/errorCode.ts';
import type { AssignmentItem } from '../model/device.ts';
import { cut, iso } from '../model/text.ts';

const types: Readonly<Record<string, string>> = {
  application: 'app',
  deviceConfiguration: 'configuration profile',
  deviceManagementConfigurationPolicy: 'settings catalog policy',
  mobileAppConfiguration: 'app configuration',
};
const typeOf = (type: string): string => types[type] ?? type;

const some = (items: readonly AssignmentItem[]) =>
  items.length === 1 ? (items[0]?.name ?? '') : `${items.length} apps and policies`;

/** What an earlier request took off, and this one only names again, is not counted as removed by it. */
const newlyOff = (options: AssignmentOptions) => toRemove(options).filter((item) => !item.removed);

/** "apps" and "something" stand for whatever it was. */
const anything = /^(?:an )?(?:apps?|polic(?:y|ies)|configurations?|anything|something)$/iu;
const includes = (items: readonly AssignmentItem[], { item = '' }: Slots): boolean =>
  anything.test(item) ? items.length > 0 : items.some(({ name }) => name.toLowerCase() === item.toLowerCase());

/** Before anything was looked up: what the person named. Afterwards: what would change. */
function deed(device: string, options: AssignmentOptions): string {
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

const standingOf = ({ mayBeBack }: AssignmentItem) =>
  mayBeBack ? ', taken off hours ago, may be back' : ', off the device now';
const titleOf = (item: AssignmentItem): string =>
  `${item.name} (${typeOf(item.type)}${item.removed ? standingOf(item) : ''})`;

function labelOf(options: AssignmentOptions): string {
  const [shown, all] = [offered(options).length, options.items.length];
  const label = options.intent === 'remove' ? 'Ticked: off the device' : 'Ticked: stays off. Not ticked: comes back';
  return shown < all ? `${label} (${shown} of ${all}; name others in the command)` : label;
}

const iOSOrAndroid = (platform: string) => platform === 'iOS' || platform === 'android';

/**
 * Intune's "remove apps and configuration". Each call is a full statement: whatever stood as removed and is not named
 * again is restored, so the card always shows the whole list. Microsoft Learn: changeAssignments,
 * changeAssignmentsActionResult, and syncPayloadsActionResult for its older spelling.
 */
export default defineAction<AssignmentOptions>({
  name: 'changeAssignments',
  summary: 'Take apps and policies off an iPhone, iPad or Android device for a while, or give them back',
  risk: 'disruptive',
  permissions: ['DeviceManagementConfiguration.Read.All', 'DeviceManagementManagedDevices.PrivilegedOperations.All'],
  audits: ['changeAssignments'],
  phrases: [
    {
      say: '(please) remove (app|policy|configuration) {item} from {device}',
      options: ({ item = '' }) => ({ intent: 'remove', named: item, items: [], removed: [] }),
    },
    ...['on', 'to'].map((word): Phrase<AssignmentOptions> => ({
      say: `(please) restore (app|policy|configuration) {item} ${word} {device}`,
      options: ({ item = '' }) => ({ intent: 'restore', named: item, items: [], removed: [] }),
    })),
  ],
  past: [
    {
      say: 'removed (app|policy|configuration) {item} from',
      is: (options, slots) => includes(newlyOff(options), slots),
    },
    ...['on', 'to'].map((word): Past<AssignmentOptions> => ({
      say: `restored (app|policy|configuration) {item} ${word}`,
      is: (options, slots) => includes(toRestore(options), slots),
    })),
  ],
  examples: ['remove app "Contoso VPN" from TAB-9', 'restore app "Contoso VPN" on TAB-9'],
  needs: 'assignmentItems',
  supersedes: true,
  deed,
  buttons: (device, { intent }) => ({
    confirm: intent === 'remove' ? `Remove from ${device}` : `Restore on ${device}`,
    cancel: `Leave ${device} as it is`,
  }),
  consequences: () => [
    'Ticked: taken off the device, or stays off. Not ticked and off now: comes back.',
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
  form: (options) => [
    {
      id: 'items',
      label: labelOf(options),
      many: true,
      choices: offered(options).map((item) => ({ title: titleOf(item), value: item.id })),
      value: options.removed,
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
  caveat: (detail, options) => {
    const items = detail.is === 'assignments' ? detail.items : [];
    const count = (status: string) => items.filter((item) => item.status === status).length;
    const asked = [...toRemove(options), ...toRestore(options)];
    const silent = asked.filter(({ id }) => !items.some((item) => item.id === id));
    const [errors, open] = [count('error'), count('inProgress') + count('initiated')];
    const told = [
      errors && `${errors} of ${items.length} ended in error`,
      open && `${open} of ${items.length} not finished`,
      silent.length && `its report does not mention ${cut(namesOf(silent), 200)}`,
    ];
    return told.filter(Boolean).join(', ') || undefined;
  },
  show: (detail, device, options) => {
    const results = detail.is === 'assignments' ? detail.items.slice(0, mostItems) : [];
    const room = results.length > 12 ? { name: 40, message: 40 } : { name: 200, message: 500 };
    const families = ['hresult', 'intune', device.platform === 'iOS' ? 'appleMdm' : 'omaDm'] as const;
    return {
      remove: cut(namesOf(toRemove(options)), 400) || 'nothing',
      restore: cut(namesOf(toRestore(options)), 400) || 'nothing',
      hasItems: results.length > 0,
      ids: results.map(({ id }, index) => `${index + 1}: ${id}`).join(', '),
      items: results.map((item) => ({
        name: cut(item.name || item.id, room.name),
        id: item.id,
        type: [typeOf(item.type), item.subType].filter(Boolean).join(', '),
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
