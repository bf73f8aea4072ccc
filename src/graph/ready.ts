import { isOk } from './answer.ts';
import { CallFailed } from './call-failed.ts';
import { errorOf } from './error-body.ts';
import type { Line } from './line.ts';

/** Undefined when Graph answers within 3 seconds; otherwise the reason in one line, free of secrets. Does not throw. */
export async function ready(line: Line): Promise<string | undefined> {
  try {
    const answer = await line.call({ method: 'GET', version: 'v1.0', path: '/organization?$select=id' }, 3_000);
    if (isOk(answer)) return undefined;
    return `Graph answers ${answer.status} ${errorOf(answer.body).code}`.trim();
  } catch (error) {
    return error instanceof CallFailed ? `Graph does not answer: ${error.message}` : 'Graph does not answer';
  }
}
