import type { FastifyInstance } from 'fastify';
import { people } from '../../company.ts';
import { edit, react, remove } from '../amend.ts';
import type { Faults } from '../faults.ts';
import { addApp, openRoom, removeApp } from '../install.ts';
import type { StoredMessage } from '../messages.ts';
import { click } from '../press.ts';
import type { Json } from '../protocol.ts';
import { look, lookAround } from '../refresh.ts';
import { isChannel, personKeys, roomKeys, roomTitles, team } from '../rooms.ts';
import type { PersonKey, RoomKey } from '../rooms.ts';
import { say } from '../say.ts';
import type { World } from '../world.ts';

/** What the page's requests carry; each route demands the fields that it uses. */
interface Asked {
  me: PersonKey;
  room: RoomKey;
  messageId: string;
  text: string;
  thread?: string;
  mention: PersonKey[];
  mentionBot: boolean;
  action: Json;
  data: unknown;
  reaction: string;
  installed: boolean;
}

const person = { type: 'string', enum: personKeys };
const properties = {
  me: person,
  room: { type: 'string', enum: roomKeys },
  messageId: { type: 'string' },
  text: { type: 'string', minLength: 1 },
  thread: { type: 'string' },
  mention: { type: 'array', items: person },
  mentionBot: { type: 'boolean' },
  action: { type: 'object' },
  data: {},
  reaction: { type: 'string', enum: ['like', 'heart', 'laugh', 'surprised', 'sad', 'angry'] },
  installed: { type: 'boolean' },
};

const twice = { type: 'string', enum: ['no', 'sameId', 'newId'] };
const count = { type: 'integer', minimum: 0 };
const faultProperties: Record<keyof Faults, unknown> = {
  invokeTwice: twice,
  messageTwice: twice,
  connectorAnswers: {
    type: ['object', 'null'],
    required: ['status', 'times'],
    properties: { status: count, times: count, retryAfter: count, done: { type: 'boolean' } },
  },
  updatesNotFound: count,
  hangSeconds: { type: 'number', minimum: 0 },
  slowMs: count,
  oldClient: { type: 'boolean' },
  noSignIn: { type: 'boolean' },
  rateLimits: { type: 'boolean' },
};

/** What the page needs to know of the company before anything happens. */
const setting = (world: World, hints: string[]) => ({
  bot: world.directory.bot,
  team: team.name,
  hints,
  people: personKeys.map((key) => ({ key, name: people[key].displayName, part: people[key].part })),
  rooms: roomKeys.map((key) => ({
    key,
    title: key === 'personal' ? world.directory.bot.name : roomTitles[key],
    isChannel: isChannel(key),
  })),
});

function seen(world: World, { me, messageId }: Asked): StoredMessage {
  const message = world.messages.byId(messageId);
  const { owner } = message?.place ?? {};
  if (!message || (owner !== undefined && owner !== me)) throw new Error(`No message ${messageId} for ${me}`);
  return message;
}

const deeds: Record<string, { needs: (keyof Asked)[]; run: (world: World, asked: Asked) => Promise<unknown> }> = {
  open: {
    needs: ['me', 'room'],
    run: async (world, { me, room }) => {
      await openRoom(world, me, room);
      return lookAround(world, me, room);
    },
  },
  look: { needs: ['me', 'messageId'], run: (world, asked) => look(world, asked.me, seen(world, asked)) },
  say: {
    needs: ['me', 'room', 'text', 'mention', 'mentionBot'],
    run: (world, { me, room, text, ...options }) => say(world, me, room, text, options),
  },
  press: {
    needs: ['me', 'messageId', 'action'],
    run: (world, asked) => click(world, asked.me, seen(world, asked), asked.action, asked.data),
  },
  edit: {
    needs: ['me', 'messageId', 'text', 'mention', 'mentionBot'],
    run: (world, asked) => edit(world, asked.me, seen(world, asked), asked.text, asked),
  },
  delete: { needs: ['me', 'messageId'], run: (world, asked) => remove(world, asked.me, seen(world, asked)) },
  react: {
    needs: ['me', 'messageId', 'reaction'],
    run: (world, asked) => react(world, asked.me, seen(world, asked), asked.reaction),
  },
  app: {
    needs: ['me', 'room', 'installed'],
    run: (world, { me, room, installed }) => (installed ? addApp : removeApp)(world, room, me),
  },
  forget: { needs: [], run: async (world) => world.messages.forgetViewers() },
};

/** What people do in the page: one POST each. Not Teams' protocol but ours. */
export function deedRoutes(app: FastifyInstance, world: World, hints: string[]): void {
  app.get('/api/window', () => setting(world, hints));
  for (const [name, { needs, run }] of Object.entries(deeds)) {
    const schema = { body: { type: 'object', required: needs, properties } };
    app.post<{ Body: Asked }>(`/api/${name}`, { schema }, async ({ body }) => (await run(world, body)) ?? {});
  }
  const schema = { body: { type: 'object', properties: faultProperties, additionalProperties: false } };
  app.post<{ Body: Partial<Faults> }>('/api/faults', { schema }, async ({ body }) => {
    Object.assign(world.faults, body);
    world.changes.tell({ is: 'state' });
    return world.faults;
  });
}
