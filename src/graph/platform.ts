import type { Platform } from '../model/device.ts';

/** First words of `operatingSystem` and, where that is empty, of `deviceType`; lower case, without spaces. */
const beginnings: readonly (readonly [string, Platform])[] = [
  ['windows', 'windows'],
  ['mac', 'macOS'],
  ['osx', 'macOS'],
  ['ios', 'iOS'],
  ['ipad', 'iOS'],
  ['iphone', 'iOS'],
  ['ipod', 'iOS'],
  ['android', 'android'],
  ['linux', 'linux'],
  ['ubuntu', 'linux'],
  ['redhat', 'linux'],
  ['chrome', 'chromeOS'],
  ['desktop', 'windows'],
  ['surfacehub', 'windows'],
  ['hololens', 'windows'],
  ['cloudpc', 'windows'],
];

/** The platform behind Graph's many names for it: "iPadOS", "macMDM", "AndroidForWork", "Linux (ubuntu)". */
export function platformOf(operatingSystem: string, deviceType: string): Platform {
  for (const name of [operatingSystem, deviceType]) {
    const said = name.toLowerCase().replace(/\s/g, '');
    // `iSocConsumer` is an Android device, whatever its name begins with.
    if (said === 'isocconsumer') return 'android';
    const known = beginnings.find(([beginning]) => said.startsWith(beginning));
    if (known) return known[1];
  }
  return 'unknown';
}
