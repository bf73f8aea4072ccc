import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Heard {
  type: string;
  id: string;
  text?: string;
  value?: unknown;
  from: { id: string; name: string; aadObjectId: string };
  conversation: { id: string; conversationType: string; tenantId: string; isGroup?: boolean };
  channelData: Record<string, unknown>;
  entities: Record<string, unknown>[];
  [field: string]: unknown;
}

type Answer = { status?: number; body?: unknown } | undefined;

/** A bot of twenty lines: remembers what it hears, answers as it is told. */
export async function startFakeBot(answer: (activity: Heard) => Answer | Promise<Answer> = () => undefined) {
  const heard: Heard[] = [];
  const tokens: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const activity = JSON.parse(await bodyOf(request)) as Heard;
      heard.push(activity);
      tokens.push(request.headers.authorization?.replace('Bearer ', ''));
      const { status = 200, body } = (await answer(activity)) ?? {};
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(body === undefined ? '' : JSON.stringify(body));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`,
    heard,
    tokens,
    of: (type: string) => heard.filter((activity) => activity.type === type),
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** A call of the connector, as a bot's SDK makes it. */
export async function call(serviceUrl: string, method: string, path: string, body?: unknown, token = 'any') {
  const response = await fetch(serviceUrl + path, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
}

export const pathOf = (conversationId: string, rest = 'activities') =>
  `v3/conversations/${encodeURIComponent(conversationId)}/${rest}`;

export const cardMessage = (content: object) => ({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
});

export const cardAnswer = (content: object) => ({
  body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: content },
});
