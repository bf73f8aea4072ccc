import type { AssignmentItem, Device } from './device.ts';
import type { WhyNot } from './refusal.ts';
import type { ActionResult, ResultDetail } from './result.ts';

/** A Graph call as data: what will be sent, readable before it is sent. */
export interface GraphRequest {
  readonly method: 'POST';
  readonly version: 'v1.0' | 'beta';
  /** Path below the version, ids already URL-encoded. */
  readonly path: string;
  readonly body?: object;
}

/** Where the end of an action can be read, and which entry is ours. Plain data: it is stored with the operation. */
export interface Lookup {
  readonly source: 'managedDevice' | 'cloudPc' | 'legacyCloudPc';
  /** Intune device id; for `cloudPc` the Cloud PC id. */
  readonly id: string;
  readonly kind: ResultDetail['is'];
  /**
   * Names Graph is known to use for it, normalised (lower case, no leading "cloudpc"). Empty: the result's type alone
   * decides, because nobody has documented the name.
   */
  readonly names: readonly string[];
}

/** How this tenant is set up, where an action's request depends on it. */
export interface TenantSettings {
  readonly cloudPcApi: 'cloudPC' | 'managedDevice';
}

/** What a phrase caught beside the device. */
export type Slots = Readonly<Record<string, string>>;

/** A way to say it. `(word)` may be left out, `(a|b)` is either or nothing, `{device}` and `{item}` are caught. */
export interface Phrase<Options> {
  readonly say: string;
  options(slots: Slots): Options;
}

/** How people ask afterwards who did it. */
export interface Past<Options> {
  /** The words between "who" and the device, as in `Phrase.say`: `refreshed (policy) (on)`. */
  readonly say: string;
  /** Whether an operation with these options is one of those that are asked about. Without it, all of the action are. */
  is?(options: Options, slots: Slots): boolean;
}

/** One input of the confirmation card. */
export interface Field {
  readonly id: string;
  readonly label: string;
  readonly many: boolean;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
  /** Chosen at first. */
  readonly value: readonly string[];
}

/** What the flow looks up for an action before it is offered. */
export interface Found {
  readonly items: readonly AssignmentItem[];
}

/** The names of a view model: plain strings, booleans and lists of such; see `cards.ts`. */
export type View = { readonly [key: string]: string | boolean | View | readonly View[] };

/**
 * One action, on one page that a security officer can read.
 *
 * Options are plain JSON: they are stored with the operation between the words and the click.
 */
export interface Action<Options = unknown> {
  /** As Graph names it. */
  readonly name: string;
  /** One line for help. */
  readonly summary: string;
  readonly risk: 'harmless' | 'disruptive' | 'irreversible';
  /** Least Graph permissions. */
  readonly permissions: readonly string[];
  /** What `remoteActionAudits` calls our own call: members of Graph's `remoteAction` (beta). Left out where it has none. */
  readonly audits?: readonly string[];
  /** What it calls the same when others start it, beside `audits`: filters take it for this action; ours leaves none of it. */
  readonly likes?: readonly string[];
  readonly phrases: readonly Phrase<Options>[];
  readonly past: readonly Past<Options>[];
  /** Examples for help and README, one per deed, with the sandbox's device names. */
  readonly examples: readonly string[];
  /** Looked up before the action is offered. */
  readonly needs?: 'cloudPc' | 'assignmentItems';
  /**
   * A newer request takes the place of an older one that is still open. For all other actions a second one is refused
   * while one is open on the device.
   */
  readonly supersedes?: true;
  /** The secret that a result can carry. */
  readonly secret?: {
    readonly property: 'unlockPin';
    readonly label: string;
    readonly platforms: readonly Device['platform'][];
  };
  /** Deed and object, for headings and buttons: "Lock MBP-042". */
  deed(device: string, options: Options): string;
  /** The two buttons, where the card's inputs decide more than the deed says. Otherwise they are made of the deed. */
  buttons?(device: string, options: Options): { readonly confirm: string; readonly cancel: string };
  /** What will happen, in sentences for the person who must decide. */
  consequences(device: Device, options: Options): readonly string[];
  /** What to expect of time, where the device's last check-in does not tell it. */
  timing?(options: Options): string | undefined;
  /** Undefined where it can work. */
  whyNot(device: Device, options: Options): WhyNot | undefined;
  /** What to beware of, seeing what Intune already reports for this action on this device. */
  beware?(results: readonly ActionResult[], device: Device): readonly string[];
  /** Completes the options with what was looked up. */
  prepare?(options: Options, found: Found): Options | WhyNot;
  /** Why the options no longer fit what is found now, just before sending. Undefined: they still do. */
  overtaken?(options: Options, found: Found): WhyNot | undefined;
  /** The confirmation card's inputs. */
  form?(options: Options): readonly Field[];
  /** Options as chosen in the form; every value is checked against what was offered. */
  choose?(options: Options, inputs: Readonly<Record<string, string>>): Options | WhyNot;
  request(device: Device, options: Options, tenant: TenantSettings): GraphRequest;
  completion(device: Device, options: Options, tenant: TenantSettings): Lookup;
  /** What keeps Intune's "done" from being the whole truth: "1 of 4 items is in error". Undefined: nothing. */
  caveat?(detail: ResultDetail, options: Options): string | undefined;
  /** What the result card shows beyond the common facts: the view of `cards/<name>.json`. */
  show(detail: ResultDetail, device: Device, options: Options): View;
}

/** Every name by which an audit tells of such an action, whoever started it. */
export const auditNamesOf = ({ audits = [], likes = [] }: Pick<Action, 'audits' | 'likes'>): readonly string[] => [
  ...audits,
  ...likes,
];

/** Ties the options' type to the page and lets it go, so that the catalogue is a plain list. */
export const defineAction = <Options>(page: Action<Options>): Action => page as unknown as Action;
