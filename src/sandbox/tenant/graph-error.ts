import type { Answer, Call } from './call.ts';

/** Thrown where Graph would refuse; the gateway sends `answer` after adding `innerError`. */
export class GraphError extends Error {
  readonly answer: Answer;

  constructor(answer: Answer, message: string) {
    super(message);
    this.answer = answer;
  }
}

/** An error of Graph's gateway or of Entra: `message` is plain text. */
export function gatewayError(
  status: number,
  code: string,
  message: string,
  headers?: Readonly<Record<string, string>>,
): GraphError {
  return new GraphError({ status, body: { error: { code, message } }, ...(headers && { headers }) }, message);
}

export function badRequest(message: string): GraphError {
  return gatewayError(400, 'BadRequest', message);
}

/**
 * An error of Intune itself: `message` is a JSON document in a string, whose `Message` carries the text, a zero
 * operation id, the request id as Activity ID and an internal address (microsoft-graph-docs issue 12967).
 */
export function intuneError(call: Call, status: number, code: string, text: string, operation: string): GraphError {
  const url =
    'https://fef.amsub0502.manage.microsoft.com/DeviceFE/StatelessDeviceFEService/deviceManagement/' +
    `managedDevices%28%27${call.params['managedDeviceId'] ?? ''}%27%29/${operation}?api-version=2026-04-07`;
  const message = JSON.stringify(
    {
      _version: 3,
      Message:
        `${text} - Operation ID (for customer support): 00000000-0000-0000-0000-000000000000` +
        ` - Activity ID: ${call.requestId} - Url: ${url}`,
      CustomApiErrorPhrase: '',
      RetryAfter: null,
      ErrorSourceService: '',
      HttpHeaders: '{}',
    },
    null,
    2,
  );
  return gatewayError(status, code, message);
}

/** All that Intune says of an action the device cannot do: no reason, no hint (microsoft-graph-docs issue 12967). */
export function featurelessRefusal(call: Call, action: string): GraphError {
  return intuneError(call, 400, 'BadRequest', 'An error has occurred', `microsoft.management.services.api.${action}`);
}

/**
 * Intune's answer where the metadata (or the documentation) knows a path and the service does not
 * (microsoft-graph-docs issue 17995; msgraph-sdk-dotnet issue 2922).
 */
export function noODataRoute(method: string, path: string): GraphError {
  return gatewayError(
    400,
    'No method match route template',
    `No OData route exists that match template ~/singleton/navigation/key/action with http verb ${method} for ` +
      `request /DeviceFE/StatelessDeviceFEService${path}.`,
  );
}

/** A path of which Graph's own metadata knows nothing in this version. */
export function unknownSegment(path: string): GraphError {
  const segment = path.split('/').filter(Boolean).at(-1) ?? '';
  return badRequest(`Resource not found for the segment '${segment}'.`);
}

export function methodNotAllowed(): GraphError {
  return gatewayError(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');
}

/** Entra's answer for a user or group id that it does not have. */
export function directoryNotFound(id: string): GraphError {
  return gatewayError(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

/**
 * 429 in the two spellings in use: Graph's own with `Retry-After`, in seconds and perhaps a fraction, and Intune's,
 * which often has none (Graph throttling guidance; msendpointmgr.com on Intune's missing header).
 */
export function tooManyRequests(retryAfterSeconds: number | null): GraphError {
  if (retryAfterSeconds === null) {
    const error = { code: 'TooManyRequests', message: 'An error has occurred.', details: [] };
    return new GraphError({ status: 429, body: { error } }, error.message);
  }
  return gatewayError(429, 'TooManyRequests', 'Please retry again later.', {
    'Retry-After': String(Number(retryAfterSeconds.toFixed(3))),
  });
}
