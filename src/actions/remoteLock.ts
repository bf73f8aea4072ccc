import { defineAction } from '../model/action.ts';
import type { WhyNot } from '../model/refusal.ts';
import type { Device } from '../model/device.ts';

type Options = Readonly<Record<string, never>>;

const wrongPlatform: Partial<Record<Device['platform'], WhyNot>> = {
  windows: {
    code: 'wrongPlatform',
    why: 'Intune cannot lock a Windows device remotely.',
    instead:
      'If it is lost or stolen: disable the person’s account in Entra and, in Intune, rotate the BitLocker key or wipe the device.',
  },
  linux: {
    code: 'wrongPlatform',
    why: 'Intune cannot lock a Linux device remotely.',
    instead: 'If it is lost or stolen: disable the person’s account in Entra.',
  },
  chromeOS: {
    code: 'wrongPlatform',
    why: 'Intune cannot lock a ChromeOS device remotely.',
    instead: 'Disable the device in the Google Admin console.',
  },
};

const personalAndroid: WhyNot = {
  code: 'wrongEnrollment',
  why: 'This is a personally owned Android device: Intune manages only its work profile and cannot lock the device.',
  instead: 'Retire it in Intune to remove the work data, and disable the person’s account in Entra if it was stolen.',
};

/** Platforms and PIN: Microsoft Learn, Intune "Remote lock devices", and remoteLockActionResult. */
export default defineAction<Options>({
  name: 'remoteLock',
  summary: 'Lock a Mac, iPhone, iPad or company Android device',
  risk: 'disruptive',
  permissions: ['DeviceManagementManagedDevices.PrivilegedOperations.All'],
  audits: ['remoteLock'],
  phrases: [{ say: '(please) lock (device|mac|phone|tablet) {device}', options: () => ({}) }],
  past: [{ say: 'locked' }],
  examples: ['lock device MBP-042'],
  secret: { property: 'unlockPin', label: 'unlock PIN', platforms: ['macOS'] },
  deed: (device) => `Lock ${device}`,
  consequences: (device) =>
    device.platform === 'macOS'
      ? [
          'The Mac restarts and locks at its next check-in. It opens again only with a six-digit PIN that Intune makes.',
          'The PIN is shown only to the person who asks for this lock, in their own chat with me. Intune forgets it when another action is sent to this Mac.',
        ]
      : ['The screen locks at the next check-in. The person opens it again with their own passcode; there is no PIN.'],
  whyNot: (device) =>
    wrongPlatform[device.platform] ??
    (device.platform === 'android' && device.ownership === 'personal' ? personalAndroid : undefined),
  beware: (results, { name }) =>
    results.some(({ detail }) => detail.is === 'remoteLock' && detail.unlockPin)
      ? [
          `An earlier lock’s PIN may still be in use. A second lock may fail and make Intune forget it. Get it first: type status ${name}, or look in Intune.`,
        ]
      : [],
  request: (device) => ({
    method: 'POST',
    version: 'v1.0',
    path: `/deviceManagement/managedDevices/${encodeURIComponent(device.id)}/remoteLock`,
  }),
  completion: (device) => ({ source: 'managedDevice', id: device.id, kind: 'remoteLock', names: ['remotelock'] }),
  show: (detail) => ({ pin: detail.is === 'remoteLock' && detail.unlockPin }),
});
