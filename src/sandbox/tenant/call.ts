import type { World } from './world.ts';

/** Graph's two API versions; what stands in one is often missing in the other. */
export type ApiVersion = 'v1.0' | 'beta';

/** One request to Graph, already let in by the gateway. */
export interface Call {
  readonly world: World;
  readonly version: ApiVersion;
  readonly method: string;
  /** Path parameters, decoded, by the name they have in the route. */
  readonly params: Readonly<Record<string, string>>;
  /** Query options, decoded, by lower-case name with its `$`. */
  readonly query: Readonly<Record<string, string>>;
  /** The JSON body; undefined when there was none. */
  readonly body: unknown;
  /** The id that Graph tells in `request-id` and, for Intune, in the error text as Activity ID. */
  readonly requestId: string;
  readonly viaBatch: boolean;
  /** `app`, or the Entra object id of the person in whose name the app calls. */
  readonly as: string;
  /** The caller takes enum members that came after `unknownFutureValue` (`Prefer: include-unknown-enum-members`). */
  readonly takesNewMembers: boolean;
}

/** How an answer reaches the caller, where that is not at once: late by so many milliseconds, or never. */
export type Delivery = { readonly is: 'slow'; readonly delayMs: number } | { readonly is: 'lost' };

/** What Graph answers. A `body` is sent as JSON. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default `application/json`. */
  readonly contentType?: string;
  readonly delivery?: Delivery;
}

export type Handler = (call: Call) => Answer | Promise<Answer>;

/** One operation of Graph and the versions that know it. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** Path after the version, with `:name` for keys. */
  readonly path: string;
  readonly versions: readonly ApiVersion[];
  readonly handle: Handler;
}

export const bothVersions: readonly ApiVersion[] = ['v1.0', 'beta'];
export const betaOnly: readonly ApiVersion[] = ['beta'];
