import { setTimeout as sleep } from 'node:timers/promises';
import type { FakeGraph } from './fakeGraph.ts';
import { actionIn, click, message, type FakeTeams, type Person, type Said } from './fakeTeams.ts';
import { poster, type Post, type Reply } from './http.ts';

/** The world outside of the measured processes, all of it in this one. */
export interface Outside {
  readonly teams: FakeTeams;
  readonly graph: FakeGraph;
}

/** How long single turns took, in milliseconds. */
export interface Latencies {
  /** From the message to the card (the echo: to its text). */
  readonly command: number[];
  /** From the click to its answer. */
  readonly click: number[];
  /** From the click to the POST at Graph. */
  readonly toGraph: number[];
}

/** Something that is spoken to: `command` resolves with what `click` clicks on. */
export interface Target {
  readonly command: (post: Post, person: Person, device: string) => Promise<Said>;
  readonly click: (post: Post, person: Person, device: string, card: Said) => Promise<void>;
  readonly latencies: Latencies;
}

const url = (port: number) => `http://127.0.0.1:${port}/api/messages`;

/** The bot: a command that is answered by a card with `confirm`, a click that is answered by a card and goes to Graph. */
export function botAt(port: number, { teams, graph }: Outside): Target {
  const latencies: Latencies = { command: [], click: [], toGraph: [] };
  return {
    latencies,
    async command(post, person, device) {
      const said = teams.next(person.conversation, isAbout(device));
      const began = performance.now();
      const [card, answer] = await Promise.all([
        said,
        post(url(port), message(teams.url, person, `lock device ${device}`)),
      ]);
      if (answer.status !== 200 || !actionIn(card.activity, 'confirm')) throw unexpected('a command', answer, card);
      latencies.command.push(card.at - began);
      return card;
    },
    async click(post, person, device, card) {
      const button = actionIn(card.activity, 'confirm') ?? {};
      const locked = graph.locked(device);
      const changed = locked.then(() => teams.next(person.conversation, isAbout(device, 'PUT')));
      const began = performance.now();
      const answer = await post(url(port), click(teams.url, person, card.id, button));
      latencies.click.push(performance.now() - began);
      if (!isCard(answer)) throw unexpected('a click', answer);
      latencies.toGraph.push((await within(locked, 'no lock reached Graph')) - began);
      await within(changed, 'the card did not change after the lock');
    },
  };
}

/** The echo: a text for a text, and a card for a click, whatever was clicked on. */
export function echoAt(port: number, { teams }: Outside): Target {
  const latencies: Latencies = { command: [], click: [], toGraph: [] };
  return {
    latencies,
    async command(post, person, device) {
      const said = teams.next(person.conversation, isAbout(device));
      const began = performance.now();
      const [text] = await Promise.all([said, post(url(port), message(teams.url, person, `lock device ${device}`))]);
      latencies.command.push(text.at - began);
      return text;
    },
    async click(post, person, _device, text) {
      const began = performance.now();
      const button = { verb: 'confirm', data: { operation: 'x'.repeat(22), token: 'x'.repeat(22), verb: 'confirm' } };
      const answer = await post(url(port), click(teams.url, person, text.id, button));
      latencies.click.push(performance.now() - began);
      if (!isCard(answer)) throw unexpected('a click', answer);
    },
  };
}

const isAbout =
  (device: string, wanted: Said['method'] = 'POST') =>
  ({ method, activity }: Said): boolean =>
    method === wanted && activity['type'] === 'message' && JSON.stringify(activity).includes(device);

const isCard = ({ status, body }: Reply): boolean =>
  status === 200 && typeof body === 'object' && (body as { type?: string }).type?.endsWith('card.adaptive') === true;

const unexpected = (what: string, ...answers: readonly unknown[]): Error =>
  new Error(`${what} was answered by something else: ${JSON.stringify(answers).slice(0, 2_000)}`);

/** A turn that never ends must not be waited for: then something is broken, and nothing is slow. */
async function within<T>(promise: Promise<T>, otherwise: string): Promise<T> {
  const over = new AbortController();
  const late = sleep(20_000, undefined, { signal: over.signal }).then(() => {
    throw new Error(otherwise);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    late.catch(() => undefined);
    over.abort();
  }
}

/** One turn of a person about a device that nobody spoke of before. */
export interface Job {
  readonly person: Person;
  readonly device: string;
}

/** All commands, or all clicks on what they brought, over so many connections. */
export async function commands(target: Target, jobs: readonly Job[], connections: number): Promise<readonly Said[]> {
  const post = poster(connections);
  return inParallel(jobs, connections, ({ person, device }) =>
    within(target.command(post, person, device), `no answer to: lock device ${device}`),
  );
}

export async function clicks(
  target: Target,
  jobs: readonly Job[],
  cards: readonly Said[],
  connections: number,
): Promise<void> {
  const post = poster(connections);
  await inParallel(jobs, connections, ({ person, device }, index) =>
    target.click(post, person, device, cards[index] as Said),
  );
}

async function inParallel<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await work(items[index] as Item, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}

/** Resolves when nothing was heard for half a second: what a turn left behind is done, too. */
export async function quiet({ teams, graph }: Outside): Promise<void> {
  while (performance.now() - Math.max(teams.heardAt(), graph.heardAt()) < 500) await sleep(50);
}
