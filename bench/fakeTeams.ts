import { randomUUID } from 'node:crypto';
import { tenantId } from '../src/sandbox/company.ts';
import { listen, type Reply, type Server } from './http.ts';

type Json = Readonly<Record<string, unknown>>;

/** What a bot said or changed, and when (`performance.now()`). */
export interface Said {
  readonly at: number;
  readonly method: 'POST' | 'PUT';
  /** Id of the message. */
  readonly id: string;
  readonly activity: Json;
}

/** A Bot Connector that takes everything at once and tells whoever waits. */
export interface FakeTeams extends Server {
  /** The next thing said in this conversation that fits; ask before it can be said. */
  next(conversation: string, fits: (said: Said) => boolean): Promise<Said>;
}

export async function startFakeTeams(): Promise<FakeTeams> {
  const waiting = new Map<string, Waiting[]>();
  let lastId = Date.now();
  const server = await listen((request, body): Reply => {
    const [, conversation = '', activity] =
      /^\/v3\/conversations\/([^/?]+)\/activities(?:\/([^/?]+))?/u.exec(decodeURIComponent(request.url ?? '')) ?? [];
    const method = request.method === 'PUT' ? 'PUT' : 'POST';
    const id = method === 'PUT' ? (activity ?? '') : String((lastId += 1));
    if (conversation !== '') tell(waiting, conversation, { at: performance.now(), method, id, activity: body as Json });
    return { status: method === 'PUT' ? 200 : 201, body: { id } };
  });
  return {
    ...server,
    next: (conversation, fits) =>
      new Promise((resolve) => {
        waiting.set(conversation, [...(waiting.get(conversation) ?? []), { fits, resolve }]);
      }),
  };
}

interface Waiting {
  readonly fits: (said: Said) => boolean;
  readonly resolve: (said: Said) => void;
}

function tell(waiting: Map<string, Waiting[]>, conversation: string, said: Said): void {
  const here = waiting.get(conversation) ?? [];
  const still = here.filter((one) => !one.fits(said));
  waiting.set(conversation, still);
  for (const one of here) if (!still.includes(one)) one.resolve(said);
}

/** Somebody of the helpdesk, with a personal chat: a bot may only say so much in one conversation at a time. */
export interface Person {
  readonly number: number;
  readonly conversation: string;
}

export const personNumber = (number: number): Person => ({
  number,
  conversation: `a:1bench-conversation-of-person-${String(number).padStart(6, '0')}-${'x'.repeat(40)}`,
});

/** Field by field what Teams sends of every activity, see `src/sandbox/chat/inbound.ts`. */
function inbound(serviceUrl: string, { number, conversation }: Person, fields: Json): Json {
  const timestamp = new Date().toISOString();
  const suffix = String(number).padStart(12, '0');
  return {
    id: `f:${randomUUID()}`,
    channelId: 'msteams',
    timestamp,
    localTimestamp: timestamp.replace('Z', '+00:00'),
    localTimezone: 'UTC',
    serviceUrl,
    from: {
      id: `29:1bench-person-${suffix}-${'x'.repeat(60)}`,
      name: `Person ${number}`,
      aadObjectId: `7c0a3d52-8a2e-4a63-8a39-${suffix}`,
    },
    conversation: { conversationType: 'personal', tenantId, id: conversation },
    recipient: { id: '28:00000000-0000-0000-0000-000000000b07', name: 'Device Desk' },
    locale: 'en-US',
    entities: [{ type: 'clientInfo', locale: 'en-US', country: 'US', platform: 'Web', timezone: 'UTC' }],
    channelData: { tenant: { id: tenantId } },
    ...fields,
  };
}

export const message = (serviceUrl: string, person: Person, text: string): Json =>
  inbound(serviceUrl, person, { type: 'message', text, textFormat: 'plain' });

/** A click on an Action.Execute of the message with this id. */
export const click = (serviceUrl: string, person: Person, replyToId: string, action: Json): Json =>
  inbound(serviceUrl, person, {
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId,
    value: { action: { type: 'Action.Execute', verb: action['verb'], data: action['data'] }, trigger: 'manual' },
  });

/** A sign of life that asks for nothing. */
export const nudge = (serviceUrl: string): Json =>
  inbound(serviceUrl, personNumber(0), { type: 'conversationUpdate', membersAdded: [], eventType: 'none' });

/** The first action with this verb in what was said; undefined where there is none. */
export function actionIn(node: unknown, verb: string): Json | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  if (!Array.isArray(node) && (node as Json)['type'] === 'Action.Execute' && (node as Json)['verb'] === verb)
    return node as Json;
  for (const child of Object.values(node)) {
    const found = actionIn(child, verb);
    if (found) return found;
  }
  return undefined;
}
