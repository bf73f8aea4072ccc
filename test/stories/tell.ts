import { groupsOf, policyOfGroup } from '../../src/model/policy.ts';
import type { Policy } from '../../src/model/policy.ts';
import { readPolicy } from '../../src/policy/read.ts';
import { loadCards } from '../../src/cards.ts';
import type { Catalogue } from '../../src/catalogue.ts';
import { loadCatalogue } from '../../src/catalogue.ts';
import type { Answered, Desk } from '../../src/doors.ts';
import { createDesk } from '../../src/flow/desk.ts';
import { createErrands } from '../../src/flow/errands.ts';
import type { World } from '../../src/flow/world.ts';
import { createGraph } from '../../src/graph/graph.ts';
import { onBehalfOf } from '../../src/graph/onBehalfOf.ts';
import { groups, people, tenantId } from '../../src/sandbox/company.ts';
import { startTenant } from '../../src/sandbox/tenant/server.ts';
import type { RunningTenant } from '../../src/sandbox/tenant/server.ts';
import { assertionFor } from '../../src/sandbox/tokens.ts';
import type { SqlStore } from '../../src/store/open.ts';
import type { Content } from '../../src/ports.ts';
import { memoryStore, noon, settle, silent, worldOf } from '../world.ts';
import { person, place, Stage } from './cast.ts';
import type { Name, Room } from './cast.ts';
import { buttonOf, presets, read, ticks } from './read.ts';

/** What happens in a story, one thing after the other. */
export type Event =
  | { readonly say: string; readonly as: Name; readonly in?: Room; readonly id?: string; readonly naming?: Name }
  /** A click on a button of the newest card that has it; `card` names an older one. */
  | {
      readonly press: string;
      readonly as: Name;
      readonly card?: string;
      readonly in?: Room;
      readonly inputs?: Readonly<Record<string, string>>;
      /** Titles of the choices to tick, instead of those that the card has ticked. */
      readonly tick?: readonly string[];
      readonly altered?: Readonly<Record<string, unknown>>;
      /** As it was when the card showed it first, even where the card has changed since. */
      readonly again?: true;
      readonly twice?: true;
      /** The chat signs them in for this click, as Teams does once it was asked to. */
      readonly signedIn?: true;
    }
  /** Milliseconds that pass, with the clock ticking as often as something is due. */
  | { readonly wait: number }
  | { readonly arrive: Name }
  | { readonly remove: Room }
  /** Graph stops answering. */
  | { readonly graph: 'gone' };

export interface Story {
  readonly why: string;
  readonly cloudPcApi?: 'current' | 'legacy';
  /** What the policy file says, with a group's name in place of its id; without one, all of the helpdesk may do everything. */
  readonly policy?: object;
  readonly events: readonly Event[];
}

/** Tells a story against the sandbox tenant over real HTTP and answers what was shown, asked of Graph and remembered. */
export async function tell(story: Story): Promise<string> {
  const telling = new Telling();
  await telling.begin(story);
  try {
    for (const event of story.events) await telling.happen(event);
    return telling.end();
  } finally {
    await telling.tenant.stop();
  }
}

function policyIn(file: object, { actions }: Catalogue): Policy {
  const text = Object.entries(groups).reduce(
    (told, [name, { id }]) => told.replaceAll(`"groups":["${name}"]`, `"groups":["${id}"]`),
    JSON.stringify(file),
  );
  const read = readPolicy(
    text,
    actions.map(({ name }) => name),
  );
  if (read.is === 'faults') throw new Error(read.faults.map(({ what }) => what).join(' '));
  return read.policy;
}

class Telling {
  tenant!: RunningTenant;
  #now = noon;
  #heard = 0;
  #told = 0;
  #desk!: Desk;
  readonly #errands = createErrands(silent);
  #store!: SqlStore;
  readonly #lines: string[] = [];
  readonly #stage = new Stage((line, content) => this.#show(line, content));

  async begin({ why, cloudPcApi = 'current', policy: file }: Story): Promise<void> {
    const clock = { now: () => this.#now };
    const catalogue = await loadCatalogue();
    const policy = file ? policyIn(file, catalogue) : policyOfGroup(groups.helpdesk.id);
    this.#store = await memoryStore(clock);
    this.tenant = await startTenant({ now: clock.now, cloudPcApi });
    const wait = async (ms: number) => void (this.#now += ms);
    const graph = createGraph({
      baseUrl: this.tenant.url,
      credential: { getToken: async () => ({ token: 'sandbox', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) },
      onBehalfOf: onBehalfOf({ is: 'sandbox', graphUrl: this.tenant.url, tenantId }),
      groupIds: () => groupsOf(policy),
      log: silent,
      clock,
      wait,
    });
    const usual = await worldOf();
    const world: World = {
      ...usual,
      graph,
      policy: () => policy,
      store: this.#store,
      messenger: this.#stage,
      errands: this.#errands,
      clock,
      catalogue,
      cards: await loadCards(),
      settings: {
        ...usual.settings,
        tenant: { cloudPcApi: cloudPcApi === 'legacy' ? 'managedDevice' : 'cloudPC' },
      },
    };
    this.#desk = createDesk(world);
    this.#lines.push(why, '');
  }

  async happen(event: Event): Promise<void> {
    if ('say' in event) await this.#say(event);
    else if ('press' in event) await this.#press(event);
    else if ('wait' in event) await this.#wait(event.wait);
    else if ('arrive' in event) await this.#arrive(event.arrive);
    else if ('graph' in event) await this.#loseGraph();
    else this.#stage.gone.add(place(event.remove, 'alex').id);
    await settle(this.#desk, this.#errands);
    this.#asked();
  }

  async #say({ say, as, in: room = 'personal', id, naming }: Extract<Event, { say: string }>): Promise<void> {
    this.#lines.push(`## ${as} in ${room}: ${say}`, '');
    const named = naming && person(naming);
    await this.#desk.onMessage({
      id: id ?? `heard-${++this.#heard}`,
      person: person(as),
      place: place(room, as),
      text: say,
      mentions: named ? [{ text: `@${named.name}`, chatId: named.chatId, name: named.name }] : [],
    });
  }

  async #press(event: Extract<Event, { press: string }>): Promise<void> {
    this.#lines.push(
      `## ${event.as} presses [${event.press}]${event.signedIn ? ', signed in' : ''}${event.altered ? ` altered to ${JSON.stringify(event.altered)}` : ''}`,
      '',
    );
    const had = event.again ? (content: Content) => buttonOf(content, event.press) : undefined;
    const shown = this.#stage.shown.findLast(({ ref, content, past }) =>
      event.card ? ref.id === event.card : had ? past.some(had) : buttonOf(content, event.press),
    );
    const source = had ? shown?.past.findLast(had) : shown?.content;
    const button = source && buttonOf(source, event.press);
    if (!shown || !button) throw new Error(`no card has the button ${event.press}`);
    const pressed = {
      person: person(event.as),
      place: event.in ? place(event.in, event.as) : shown.ref.place,
      message: shown.ref,
      verb: button.verb,
      data: { ...button.data, ...event.altered },
      inputs: { ...(event.tick ? ticks(shown.content, event.tick) : presets(shown.content)), ...event.inputs },
      automatic: false,
      ...(event.signedIn ? { assertion: assertionFor(people[event.as], this.#now) } : {}),
    };
    const answers = await Promise.all(Array.from({ length: event.twice ? 2 : 1 }, () => this.#desk.onButton(pressed)));
    for (const answer of answers) await this.#answer(event.as, shown, answer);
  }

  async #answer(who: Name, shown: Stage['shown'][number], answer: Answered): Promise<void> {
    this.#show(`${who} alone sees`, answer.content);
    shown.past.push(answer.content);
    if (answer.audience === 'everyone') shown.content = answer.content;
    await answer.afterwards?.();
  }

  async #wait(ms: number): Promise<void> {
    this.#lines.push(`## ${ms / 1000} s pass`, '');
    const end = this.#now + ms;
    for (; this.#now < end; this.#now += 500)
      while ((await this.#desk.onTick()) > 0 || (await this.#desk.deliver()) > 0)
        await settle(this.#desk, this.#errands);
  }

  async #arrive(name: Name): Promise<void> {
    this.#lines.push(`## ${name} opens their own chat with Device Desk`, '');
    await this.#desk.onArrival(place('personal', name), person(name));
  }

  async #loseGraph(): Promise<void> {
    this.#lines.push('## Graph stops answering', '');
    this.#asked();
    await this.tenant.stop();
  }

  #show(line: string, content: Content): void {
    this.#lines.push(`**${line}**`, '', ...read(content).map((text) => `> ${text}  `), '');
  }

  #asked(): void {
    const all = this.tenant.requests();
    const fresh = all
      .slice(this.#told)
      .filter(({ method, path }) => method !== 'GET' && !/\$batch|checkMemberGroups|\/reports\//u.test(path));
    this.#told = all.length;
    for (const { method, path, body, status, lost } of fresh)
      this.#lines.push(
        `\`Graph: ${method} ${path} ${body === undefined ? '' : JSON.stringify(body)} → ${lost ? 'answer lost' : status}\``,
        '',
      );
  }

  /** The whole story, with what changes from run to run put in words. */
  async end(): Promise<string> {
    this.#lines.push('## Remembered', '');
    for (const { event, personId, note } of await this.#store.entries())
      this.#lines.push(`- ${event} ${personId ? `by ${personId.slice(-4)}` : ''} ${note ?? ''}`.trimEnd());
    const secrets = this.tenant.issuedSecrets();
    const text = secrets.reduce((told, secret) => told.replaceAll(secret, '(the PIN)'), this.#lines.join('\n'));
    return `${text.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gu, '(id)')}\n`;
  }
}
