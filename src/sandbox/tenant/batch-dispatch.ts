import type { BatchItem, BatchItemAnswer } from './batch.ts';
import type { ApiVersion } from './call.ts';
import type { World } from './world.ts';

/** Marks a request that comes out of a $batch; its value is known to nobody outside. */
export const batchHeader = 'x-sandbox-batch';
/** Of such a request: in whose name the whole batch came. */
export const batchCallerHeader = 'x-sandbox-batch-as';

/**
 * Sends one item of a batch to the tenant's own socket, so that it is recorded, refused and lost like any other. Of a
 * lost answer the caller of a batch sees no more than a gateway that gave up (504).
 */
export async function dispatch(
  world: World,
  version: ApiVersion,
  item: BatchItem,
  as: string,
): Promise<BatchItemAnswer> {
  const headers = { ...item.headers, [batchHeader]: world.batchKey, [batchCallerHeader]: as };
  const hasBody = item.body !== undefined && item.method !== 'GET';
  const url = `${world.url}/${version}${item.url}`;
  try {
    const init = { method: item.method, headers, ...(hasBody && { body: JSON.stringify(item.body) }) };
    return await itemAnswer(item.id, await fetch(url, init));
  } catch {
    const error = { code: 'GatewayTimeout', message: 'The gateway timed out.' };
    return { id: item.id, status: 504, headers: { 'Content-Type': 'application/json' }, body: { error } };
  }
}

async function itemAnswer(id: string, response: Response): Promise<BatchItemAnswer> {
  const type = response.headers.get('content-type');
  const retryAfter = response.headers.get('retry-after');
  const bytes = Buffer.from(await response.arrayBuffer());
  return {
    id,
    status: response.status,
    headers: {
      'Cache-Control': 'no-cache',
      ...(type && { 'Content-Type': type }),
      ...(retryAfter && { 'Retry-After': retryAfter }),
    },
    // Graph puts anything but JSON into a batch as base64.
    ...(bytes.length > 0 && { body: type?.includes('json') ? JSON.parse(bytes.toString()) : bytes.toString('base64') }),
  };
}
