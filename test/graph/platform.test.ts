import { platformOf } from '../../src/graph/platform.ts';

test.each([
  ['Windows', '', 'windows'],
  ['Windows 10', '', 'windows'],
  ['macOS', 'macMDM', 'macOS'],
  ['macMDM', '', 'macOS'],
  ['Mac OS X', '', 'macOS'],
  ['iOS', 'iPhone', 'iOS'],
  ['iPadOS', 'iPad', 'iOS'],
  ['AndroidForWork', '', 'android'],
  ['AndroidEnterprise', '', 'android'],
  ['android', '', 'android'],
  ['Linux (ubuntu)', '', 'linux'],
  ['Chrome OS', '', 'chromeOS'],
  ['ChromeOS', '', 'chromeOS'],
  ['', 'windowsRT', 'windows'],
  ['', 'desktop', 'windows'],
  ['', 'cloudPC', 'windows'],
  ['', 'iSocConsumer', 'android'],
  ['visionOS', 'visionOS', 'unknown'],
  ['', '', 'unknown'],
])('%s / %s is %s', (system, type, platform) => {
  expect(platformOf(system, type)).toBe(platform);
});
