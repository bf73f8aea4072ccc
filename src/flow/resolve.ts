import type { Device } from '../model/device.ts';
import type { Place } from '../model/place.ts';
import type { Refusal } from '../model/refusal.ts';
import { cut } from '../model/text.ts';
import type { Target } from './parse.ts';
import type { World } from './world.ts';

/** What a target turned out to be. `several` and `near` are for a person to pick from, never to act on. */
export type Resolved =
  | { readonly is: 'one'; readonly device: Device }
  | { readonly is: 'several'; readonly devices: readonly Device[]; readonly why: string }
  | { readonly is: 'near'; readonly devices: readonly Device[]; readonly why: string }
  | { readonly is: 'none'; readonly refusal: Refusal };

const longestName = 256;

/** Finds the device that is meant. Throws `GraphFault`. */
export const resolve = (world: World, place: Place, target: Target, understood: string): Promise<Resolved> =>
  target.is === 'person' ? byMention(world, place, target, understood) : byText(world, target, understood);

type ByText = Extract<Target, { is: 'text' }>;

async function byText(world: World, target: ByText, understood: string): Promise<Resolved> {
  const { text } = target;
  if (text.length > longestName)
    return none(understood, 'nameTooLong', 'That is longer than any device name.', 'Type the device’s name alone.');
  // Each reading of what was typed; a device that fits two of them is one device.
  const devices = await world.graph.findDevices(text, ...target.also);
  if (text.includes('@') && devices.length > 0)
    return { is: 'several', devices, why: `Devices of ${cut(text, 80)}. Which one do you mean?` };
  const [only, second] = devices;
  if (only && !second) return { is: 'one', device: only };
  if (only)
    return {
      is: 'several',
      devices,
      why: `${devices.length} devices are called ${quoted(text)}. Which one do you mean?`,
    };
  const near = await world.graph.nearDevices(text);
  return near.length > 0
    ? { is: 'near', devices: near, why: `No device is called ${quoted(text)}. Did you mean one of these?` }
    : nothing(understood, text);
}

const quoted = (text: string) => `“${cut(text, 60)}”`;

const nothing = (understood: string, text: string): Resolved =>
  text.includes('@')
    ? none(
        understood,
        'noDevices',
        `Intune has no device whose primary user signs in as ${quoted(text)}.`,
        'Check the address, or type the device’s name or serial number instead.',
      )
    : none(
        understood,
        'unknownDevice',
        `Intune has no device with the name or serial number ${quoted(text)}, and none with a name like it.`,
        'Check the name on the device’s label or in Intune; a serial number or the person’s sign-in address works too.',
      );

async function byMention(
  world: World,
  place: Place,
  { mention }: Extract<Target, { is: 'person' }>,
  understood: string,
): Promise<Resolved> {
  const who = await world.messenger.whoIs(place, mention.chatId);
  if (!who)
    return none(
      understood,
      'unknownPerson',
      `I could not find out who ${cut(mention.name, 80)} is.`,
      'Type the person’s sign-in address or the device’s name instead.',
    );
  const devices = await world.graph.devicesOf(who.id, who.userPrincipalName);
  if (devices.length > 0)
    return { is: 'several', devices, why: `Devices of ${cut(who.name, 80)}. Which one do you mean?` };
  return none(
    understood,
    'noDevices',
    `Intune has no device whose primary user is ${cut(who.name, 80)}.`,
    'Type the device’s name or serial number instead.',
  );
}

const none = (understood: string, code: string, why: string, instead: string): Resolved => ({
  is: 'none',
  refusal: { code, understood, why, instead },
});
