/** Entra's token endpoint says no: `error` by OAuth's name, `code` the number in `AADSTS…`. */
export class EntraError extends Error {
  readonly error: string;
  readonly code: number;
  readonly status: number;
  readonly suberror: string | undefined;

  constructor(error: string, code: number, message: string, suberror?: string) {
    super(message);
    this.error = error;
    this.code = code;
    this.status = error === 'invalid_client' ? 401 : 400;
    this.suberror = suberror;
  }

  /** The error body (https://learn.microsoft.com/entra/identity-platform/reference-error-codes). `now` in ms. */
  body(now: number, traceId: string, correlationId: string): Record<string, unknown> {
    const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
    const marks = `Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`;
    return {
      error: this.error,
      error_description: `AADSTS${this.code}: ${this.message} ${marks}`,
      error_codes: [this.code],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${this.code}`,
      ...(this.suberror !== undefined && { suberror: this.suberror }),
    };
  }
}

export const invalidGrant = (code: number, message: string, suberror?: string): EntraError =>
  new EntraError('invalid_grant', code, message, suberror);

export const missingParameter = (name: string): EntraError =>
  new EntraError('invalid_request', 900144, `The request body must contain the following parameter: '${name}'.`);
