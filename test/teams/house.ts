import type { Answered, Desk, Heard, Pressed } from '../../src/doors.ts';
import type { Log } from '../../src/ports.ts';
import type { Person } from '../../src/model/person.ts';
import type { Place } from '../../src/model/place.ts';
import { createTeams, type Teams, type TeamsOptions } from '../../src/teams/server.ts';
import type { Wait } from '../../src/teams/wait.ts';
import { appId, tenantId, type Framework } from './framework.ts';
import { Until } from './until.ts';

/** A desk that remembers what came and does what the test says. */
export class FakeDesk extends Until implements Desk {
  readonly heard: Heard[] = [];
  readonly pressed: Pressed[] = [];
  readonly arrivals: { place: Place; person: Person }[] = [];
  readonly departures: { place: Place; person: Person }[] = [];
  depart: () => Promise<void> = () => Promise.resolve();
  message: (heard: Heard) => Promise<void> = () => Promise.resolve();
  button: (pressed: Pressed) => Promise<Answered> = () =>
    Promise.resolve({ content: { text: 'done' }, audience: 'clicker' });

  onMessage(heard: Heard): Promise<void> {
    this.heard.push(heard);
    this.look();
    return this.message(heard);
  }
  onButton(pressed: Pressed): Promise<Answered> {
    this.pressed.push(pressed);
    this.look();
    return this.button(pressed);
  }
  readonly beats = [];
  onTick(): Promise<number> {
    return Promise.resolve(0);
  }
  onArrival(place: Place, person: Person): Promise<void> {
    this.arrivals.push({ place, person });
    this.look();
    return Promise.resolve();
  }
  onDeparture(place: Place, person: Person): Promise<void> {
    this.departures.push({ place, person });
    this.look();
    return this.depart();
  }
  deliver(): Promise<number> {
    return Promise.resolve(0);
  }
  delivered(): Promise<void> {
    return Promise.resolve();
  }
}

export class FakeLog implements Log {
  readonly lines: { level: string; facts: object; message: string }[] = [];
  info = (facts: object, message: string) => void this.lines.push({ level: 'info', facts, message });
  warn = (facts: object, message: string) => void this.lines.push({ level: 'warn', facts, message });
  error = (facts: object, message: string) => void this.lines.push({ level: 'error', facts, message });
}

/** Time that passes when the test says so: waits are recorded, and over at once unless they are `held`. */
export class FakeTime {
  readonly waits: number[] = [];
  readonly #open = new Map<number, () => void>();
  readonly #held: readonly number[];

  constructor(held: readonly number[] = [2_500, 10_000, 20_000]) {
    this.#held = held;
  }

  readonly wait: Wait = (milliseconds) => {
    if (!this.#held.includes(milliseconds)) {
      this.waits.push(milliseconds);
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#open.set(milliseconds, resolve));
  };

  /** Ends the newest wait of that length. */
  pass(milliseconds: number): void {
    this.#open.get(milliseconds)?.();
  }

  now = () => Date.parse('2026-11-21T12:00:00Z');
}

/** Something that the test decides later. */
export function deferred<T>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((take) => (resolve = take));
  return { promise, resolve };
}

export interface House {
  readonly teams: Teams;
  readonly desk: FakeDesk;
  readonly log: FakeLog;
  readonly time: FakeTime;
  readonly url: string;
}

export async function open(framework: Framework, options: Partial<TeamsOptions> = {}): Promise<House> {
  const desk = new FakeDesk();
  const log = new FakeLog();
  const time = new FakeTime();
  const teams = createTeams({
    authentication: {
      is: 'on',
      credentials: { clientId: appId, tokens: ours },
    },
    overrides: framework.overrides,
    tenantIds: [tenantId],
    host: '127.0.0.1',
    port: 0,
    log,
    clock: time,
    wait: time.wait,
    random: () => 0.5,
    connectorTimeoutMs: 2_000,
    health: { ready: () => Promise.resolve({ ok: true, reasons: {} }) },
    ...options,
  });
  const { port } = await teams.listen(desk);
  return { teams, desk, log, time, url: `http://127.0.0.1:${String(port)}` };
}

/** A credential that gives the scope it was asked for as the token. */
export const ours = { getToken: (scope: string) => Promise.resolve({ token: scope }) };

let count = 0;

/** An activity as Teams sends it, from a personal chat; `more` replaces top-level fields. */
export function activity(framework: Framework, more: Record<string, unknown> = {}): Record<string, unknown> {
  count += 1;
  return {
    type: 'message',
    id: `17953000${String(count)}`,
    channelId: 'msteams',
    serviceUrl: framework.url,
    timestamp: '2026-11-21T12:00:00.000Z',
    from: { id: '29:megan', name: 'Megan Bowen', aadObjectId: '7C0A3D52-8A2E-4A63-8A39-8F5F2F3C2002' },
    recipient: { id: `28:${appId}`, name: 'Device Desk' },
    conversation: { conversationType: 'personal', tenantId, id: 'a:megan' },
    channelData: { tenant: { id: tenantId } },
    textFormat: 'plain',
    text: 'lock MBP-042',
    entities: [{ type: 'clientInfo', locale: 'en-US' }],
    ...more,
  };
}

/** A click on an Action.Execute of the message `card-1`. */
export function click(
  framework: Framework,
  action: unknown,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return activity(framework, {
    type: 'invoke',
    name: 'adaptiveCard/action',
    text: undefined,
    replyToId: 'card-1',
    value: { action, trigger: 'manual' },
    ...more,
  });
}

export const channel = {
  conversation: { conversationType: 'channel', isGroup: true, tenantId, id: '19:abc@thread.tacv2;messageid=1795' },
};

export async function post(house: House, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${house.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    text,
    body: (text === '' ? undefined : JSON.parse(text)) as Record<string, unknown>,
  };
}
