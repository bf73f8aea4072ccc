import { isObject } from './body.ts';
import type { Answer, ApiVersion, Call } from './call.ts';
import { badRequest } from './graph-error.ts';

const largestBatch = 20;
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** One request of a $batch, checked. */
export interface BatchItem {
  readonly id: string;
  readonly method: string;
  /** Path and query under the batch's own version, with a leading slash. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly dependsOn: readonly string[];
}

/** One response of a $batch. */
export interface BatchItemAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Sends one item through the same gateway as a request of its own. */
export type Dispatch = (version: ApiVersion, item: BatchItem) => Promise<BatchItemAnswer>;

/**
 * JSON batching as Graph documents it: at most 20 items, answers in any order, 424 for whatever depends on a failure.
 * The outer answer is 200 whatever became of the items.
 */
export async function answerBatch(call: Call, dispatch: Dispatch): Promise<Answer> {
  if (call.viaBatch) throw badRequest('A $batch cannot hold another $batch.');
  const items = readItems(call.body);
  const pending = new Map<string, Promise<BatchItemAnswer>>();
  for (const item of items) pending.set(item.id.toLowerCase(), inTurn(call.version, item, pending, dispatch));
  const responses = await Promise.all(pending.values());
  return { status: 200, body: { responses: outOfOrder(responses) } };
}

/** Whoever matches answers by position instead of id shall notice. */
function outOfOrder(responses: readonly BatchItemAnswer[]): readonly BatchItemAnswer[] {
  return responses.toReversed();
}

async function inTurn(
  version: ApiVersion,
  item: BatchItem,
  pending: ReadonlyMap<string, Promise<BatchItemAnswer>>,
  dispatch: Dispatch,
): Promise<BatchItemAnswer> {
  const awaited = await Promise.all(item.dependsOn.map((id) => pending.get(id.toLowerCase())));
  if (awaited.every((answer) => answer && answer.status < 400)) return dispatch(version, item);
  const error = { code: 'FailedDependency', message: 'Failed dependency' };
  return { id: item.id, status: 424, headers: { 'Content-Type': 'application/json' }, body: { error } };
}

function readItems(body: unknown): readonly BatchItem[] {
  const requests = isObject(body) ? body['requests'] : undefined;
  if (!Array.isArray(requests) || requests.length === 0) throw badRequest('Invalid batch payload format.');
  if (requests.length > largestBatch) {
    throw badRequest(`Number of batch request steps exceeds the maximum value of ${largestBatch}.`);
  }
  const seen = new Set<string>();
  return requests.map((request) => {
    const item = readItem(request);
    if (seen.has(item.id.toLowerCase())) throw badRequest(`Request ids must be unique; '${item.id}' is not.`);
    const unknown = item.dependsOn.find((id) => !seen.has(id.toLowerCase()));
    if (unknown !== undefined)
      throw badRequest(`Request '${item.id}' depends on '${unknown}', which is not before it.`);
    seen.add(item.id.toLowerCase());
    return item;
  });
}

function readItem(request: unknown): BatchItem {
  if (!isObject(request)) throw badRequest('Invalid batch payload format.');
  const { id, method, url, body, dependsOn = [] } = request;
  const headers = readHeaders(request['headers']);
  if (typeof id !== 'string' || id === '') throw badRequest("The request item does not have an 'id'.");
  if (typeof method !== 'string' || !methods.includes(method)) {
    throw badRequest(`Request '${id}' has no valid 'method'.`);
  }
  if (typeof url !== 'string' || url === '' || /^(\w+:)?\/\//.test(url) || /^\/?(v1\.0|beta)\//.test(url)) {
    throw badRequest(`Request '${id}' needs a 'url' relative to the version of the batch.`);
  }
  if (!Array.isArray(dependsOn) || !dependsOn.every((one): one is string => typeof one === 'string')) {
    throw badRequest(`Request '${id}' has an invalid 'dependsOn'.`);
  }
  const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  if (body !== undefined && !hasType) {
    throw badRequest(`Write request id : ${id} does not contain Content-Type header or body.`);
  }
  return { id, method, url: url.startsWith('/') ? url : `/${url}`, headers, body, dependsOn };
}

function readHeaders(headers: unknown): Readonly<Record<string, string>> {
  if (headers === undefined) return {};
  if (!isObject(headers)) throw badRequest("The 'headers' of a request must be an object.");
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
