/** A request that reached Graph, as the tenant keeps it for tests and for the curious. Never holds headers. */
export interface RecordedRequest {
  readonly method: string;
  /** Raw, still percent-encoded, with the version and without the query: `/beta/deviceManagement/…`. */
  readonly path: string;
  /** Decoded, by the names as sent. */
  readonly query: Readonly<Record<string, string>>;
  /** The JSON that was sent, or the text where it was no JSON. */
  body?: unknown;
  /** HTTP status as answered; with `lost`, the one the caller would have got (204), or 0 if nothing was executed. */
  status: number;
  /** ms since epoch, by the tenant's clock. */
  readonly at: number;
  /** The socket was broken instead of answering. */
  lost?: boolean;
  /** `app`, or the Entra object id of the person in whose name the app called; missing where the token was no good. */
  as?: string;
  /** It came inside a $batch. */
  readonly viaBatch?: boolean;
}
