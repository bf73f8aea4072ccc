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

/**
 * How many turns at the same moment, and how many milliseconds from one such moment to the next. A bot that keeps Teams'
 * rates sends so many messages a second and no more; whoever loads it beyond measures those rates.
 */
export interface Rhythm {
  readonly width: number;
  readonly every: number;
}

/** All commands, or all clicks on what they brought. */
export async function commands(target: Target, jobs: readonly Job[], rhythm: Rhythm): Promise<readonly Said[]> {
  const post = poster(rhythm.width);
  return inWaves(jobs, rhythm, ({ person, device }) =>
    within(target.command(post, person, device), `no answer to: lock device ${device}`),
  );
}

export async function clicks(
  target: Target,
  jobs: readonly Job[],
  cards: readonly Said[],
  rhythm: Rhythm,
): Promise<void> {
  const post = poster(rhythm.width);
  await inWaves(jobs, rhythm, ({ person, device }, index) => target.click(post, person, device, cards[index] as Said));
}

async function inWaves<Item, Result>(
  items: readonly Item[],
  { width, every }: Rhythm,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += width) {
    const wave = items.slice(from, from + width).map((item, index) => work(item, from + index));
    const [done] = await Promise.all([Promise.all(wave), every > 0 ? sleep(every) : undefined]);
    results.push(...done);
  }
  return results;
}

/** Resolves when nothing was heard for half a second: what a turn left behind is done, too. */
export async function quiet({ teams, graph }: Outside): Promise<void> {
  while (performance.now() - Math.max(teams.heardAt(), graph.heardAt()) < 500) await sleep(50);
}
