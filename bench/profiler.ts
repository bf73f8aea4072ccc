import { writeFile } from 'node:fs/promises';

/** What V8's profiler tells (`.cpuprofile`): https://chromedevtools.github.io/devtools-protocol/tot/Profiler */
interface Profile {
  readonly nodes: readonly Node[];
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
}

interface Node {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

/** Profiles a process that was started with `--inspect`, while it works. */
export interface Profiler {
  /** Runs `work` under the profiler, keeps the profile in `file` for Chromium's DevTools, and answers it. */
  during(file: string, work: () => Promise<unknown>): Promise<Profile>;
  close(): void;
}

/** `printed` is what the process wrote: there stands its inspector's address. */
export async function attach(printed: string): Promise<Profiler> {
  const [address] = /ws:\/\/\S+/u.exec(printed) ?? [];
  if (!address) throw new Error('the process was not started with --inspect');
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error('no inspector'));
  });
  let lastId = 0;
  const waiting = new Map<number, (result: unknown) => void>();
  socket.onmessage = ({ data }) => {
    const { id, result } = JSON.parse(String(data)) as { id: number; result: unknown };
    waiting.get(id)?.(result);
  };
  const call = (method: string, params: object = {}): Promise<unknown> => {
    const id = (lastId += 1);
    socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve) => waiting.set(id, resolve));
  };
  await call('Profiler.enable');
  await call('Profiler.setSamplingInterval', { interval: 250 });
  return {
    async during(file, work) {
      await call('Profiler.start');
      await work();
      const { profile } = (await call('Profiler.stop')) as { profile: Profile };
      await writeFile(file, JSON.stringify(profile));
      return profile;
    },
    close: () => socket.close(),
  };
}

/** Time in milliseconds by name, the most first. */
export type Ranking = readonly (readonly [string, number])[];

export interface Summary {
  /** Everything but idleness. */
  readonly busyMs: number;
  /** Own time by package, or by file where it is ours. */
  readonly places: Ranking;
  /** Own time by function. */
  readonly functions: Ranking;
  /** Time of our functions with all that they call; a call that awaits goes on without its caller. */
  readonly ours: Ranking;
}

export function summarise({ nodes, samples, timeDeltas }: Profile): Summary {
  const own = new Map<number, number>();
  samples.forEach((id, index) => own.set(id, (own.get(id) ?? 0) + (timeDeltas[index] ?? 0) / 1_000));
  const places = new Map<string, number>();
  const functions = new Map<string, number>();
  for (const { id, callFrame } of nodes) {
    if (isIdle(callFrame.functionName)) continue;
    add(places, placeOf(callFrame), own.get(id) ?? 0);
    add(functions, nameOf(callFrame), own.get(id) ?? 0);
  }
  const ours = wholeTimes(nodes, own);
  return {
    busyMs: [...places.values()].reduce((sum, ms) => sum + ms, 0),
    places: ranked(places),
    functions: ranked(functions),
    ours: ranked(ours),
  };
}

/** Each function once per stack, however often it stands in it. */
function wholeTimes(nodes: readonly Node[], own: ReadonlyMap<number, number>): Map<string, number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const totals = new Map<string, number>();
  const visit = (id: number, above: ReadonlySet<string>): void => {
    const node = byId.get(id);
    if (!node) return;
    const isOurs = oursIn(node.callFrame.url) !== undefined;
    const stack = isOurs ? new Set([...above, nameOf(node.callFrame)]) : above;
    for (const name of stack) add(totals, name, own.get(id) ?? 0);
    for (const child of node.children ?? []) visit(child, stack);
  };
  const [root] = nodes;
  if (root) visit(root.id, new Set());
  return totals;
}

const isIdle = (name: string): boolean => name === '(idle)' || name === '(root)';

const add = (sums: Map<string, number>, name: string, ms: number) => sums.set(name, (sums.get(name) ?? 0) + ms);

const ranked = (sums: ReadonlyMap<string, number>): Ranking =>
  [...sums].filter(([, ms]) => ms > 0).sort(([, one], [, other]) => other - one);

const oursIn = (url: string): string | undefined =>
  url.includes('/node_modules/') ? undefined : /\/(src\/.*\.ts)$/u.exec(url)?.[1];

function placeOf({ functionName, url }: Node['callFrame']): string {
  const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(url) ?? [];
  if (name) return name;
  return oursIn(url) ?? (url.startsWith('node:') ? url : url === '' ? functionName || '(native)' : url);
}

function nameOf(frame: Node['callFrame']): string {
  const file = frame.url.replace(/^.*\/(?=(?:src|node_modules)\/)/u, '').replace(/^node_modules\//u, '');
  return `${frame.functionName || '(anonymous)'} ${file === '' ? '' : `${file}:${frame.lineNumber + 1}`}`.trim();
}
