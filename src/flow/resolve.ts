import type { Device } from '../model/device.ts';
import type { Place } from '../model/place.ts';
import type { Refusal } from '../model/refusal.ts';
import { cut } from '../model/text.ts';
import type { Target } from './parse.ts';
import type { Asked } from './propose.ts';
import { bareTicketIn, withHash } from './ticket.ts';
import type { World } from './world.ts';

/** What a target turned out to be. `several` and `near` are for a person to pick from, never to act on. */
export type Resolved =
  | { readonly is: 'one'; readonly device: Device }
  | { readonly is: 'several'; readonly devices: readonly Device[]; readonly why: string }
  | { readonly is: 'near'; readonly devices: readonly Device[]; readonly why: string }
  | { readonly is: 'none'; readonly refusal: Refusal; readonly commands?: readonly string[] };

const longestName = 256;

/** Finds the device that is meant. Throws `GraphFault`. */
export const resolve = (world: World, asked: Said, target: Target, understood: string): Promise<Resolved> =>
  target.is === 'person' ? byMention(world, asked.place, target, understood) : byText(world, asked, target, understood);

type Said = Pick<Asked, 'place' | 'words' | 'ticket'>;

type ByText = Extract<Target, { is: 'text' }>;

async function byText(world: World, asked: Said, target: ByText, understood: string): Promise<Resolved> {
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
  return (await behindName(world, asked, text, understood)) ?? nearOrNothing(world, asked, text, understood);
}

async function nearOrNothing(world: World, asked: Said, text: string, understood: string): Promise<Resolved> {
  const near = await world.graph.nearDevices(text);
  if (near.length > 0)
    return { is: 'near', devices: near, why: `No device is called ${quoted(text)}. Did you mean one of these?` };
  const bare = bareTicketIn(text);
  const isAsking = /^(?:show )?(?:history|status|state)\b/iu.test(asked.words);
  const mayBeTicket = bare !== undefined && (bare.name !== '' || isAsking);
  return (mayBeTicket ? hashless(asked, text, understood) : undefined) ?? nothing(understood, text);
}

/** The first part of what was typed is a device: what follows reads like a part of the name, and is a ticket. */
async function behindName(world: World, asked: Said, text: string, understood: string): Promise<Resolved | undefined> {
  const name = bareTicketIn(text)?.name;
  if (!name || (await world.graph.findDevices(name)).length === 0) return undefined;
  return hashless(asked, text, understood);
}

/** The command with the `#` that the ticket lacks. Undefined: there is no such command. */
function hashless(asked: Said, text: string, understood: string): Resolved | undefined {
  const bare = asked.ticket === undefined ? bareTicketIn(text) : undefined;
  const command = bare && withHash(asked.words, bare.ticket);
  if (!command) return undefined;
  const no = none(
    understood,
    'unknownDevice',
    `Intune has no device with the name or serial number ${quoted(text)}.`,
    `If ${bare.ticket} is a ticket, write it with #:`,
  );
  return { ...no, commands: [command] };
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

const none = (understood: string, code: string, why: string, instead: string) => ({
  is: 'none' as const,
  refusal: { code, understood, why, instead },
});
