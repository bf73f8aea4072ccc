import { cloudPcs } from '../../src/sandbox/tenant/cloud-pc.ts';
import { fleet } from '../../src/sandbox/tenant/fleet.ts';
import type { ChatMessage } from '../../src/sandbox/chat/view.ts';
import type { Write } from './graphLine.ts';
import type { Errand, Facts } from './ledger.ts';
import { standingOf, tellsEnd } from './reading.ts';
import type { Standing } from './reading.ts';

/** What became of it all. Each list names those of which it should have been otherwise. */
export interface Report {
  readonly asked: number;
  /** Told no before there was anything to confirm. */
  readonly refused: number;
  /** Told no at the click, under the card: there was nothing to do. */
  readonly declined: number;
  /** Asked, and at the end neither offered nor refused. */
  readonly unanswered: number;
  readonly confirmed: number;
  /** Of those, clicked again because no answer came, or because nobody had heard it. */
  readonly clickedAgain: number;
  /** Deliveries of messages and clicks to the bot. */
  readonly deliveries: number;
  readonly sent: number;
  /** More than one write of one operation at Graph, a write that nobody confirmed, or one that was written down nowhere. */
  readonly sentTwice: readonly string[];
  /** Confirmed, and neither a card nor a reply tells of an end. */
  readonly forgotten: readonly string[];
  /** Confirmed, and no card in its place shows an end. */
  readonly cardsMissing: readonly string[];
  /** Ended after it was claimed, and the short reply is not there. */
  readonly repliesMissing: readonly string[];
  /** Told that nothing was sent, though Graph had carried it out. */
  readonly untrue: readonly string[];
  readonly unproven: number;
  /** Their cards say that they were sent once more, because nobody knew whether the first ever left. */
  readonly resent: number;
  /** Told that nothing was sent, and it is so: refused, or left behind by a bot that died before it sent. */
  readonly notSent: number;
  /** Cards beyond one for each operation. */
  readonly duplicateCards: number;
  /** Of those, where it had been typed again, which brings the card anew: no duplicate for sure. */
  readonly cardsAnew: number;
  readonly duplicateReplies: number;
  /** Second copies of cards that still show an earlier state. */
  readonly staleCopies: number;
  /** Milliseconds from the first click to the end on the card, at the median, the 95th percentile and the most. */
  readonly took: Readonly<Record<'p50' | 'p95' | 'most', number>>;
}

/** A device's ids, by which paths at Graph name it. */
const idsOf = (device: string): readonly string[] => [
  ...fleet.filter(({ deviceName }) => deviceName === device).map(({ id }) => id),
  ...cloudPcs.filter((cloudPc) => cloudPc.device.deviceName === device).map(({ id }) => id),
];

/** Each confirmed operation's own writes: those on its device from its first click until the next one's there. */
function writesOf(errand: Errand, { errands, writes }: Facts): readonly Write[] {
  const from = errand.confirmedAt ?? Infinity;
  const starts = errands.flatMap(({ device, confirmedAt }) =>
    device === errand.device && confirmedAt !== undefined && confirmedAt > from ? [confirmedAt] : [],
  );
  const until = Math.min(...starts);
  const ids = idsOf(errand.device);
  return writes.filter(({ at, path }) => at >= from && at < until && ids.some((id) => path.includes(id)));
}

/** One confirmed operation with all that is to be seen of it. */
export interface Case {
  readonly errand: Errand;
  readonly name: string;
  readonly writes: readonly Write[];
  readonly cards: readonly Standing[];
  readonly replies: readonly ChatMessage[];
}

const isWithin = ({ who, room, thread }: Errand, message: ChatMessage) =>
  message.room === room &&
  (room !== 'personal' || message.owner === who) &&
  (thread === undefined || message.thread === thread);

function caseOf(errand: Errand, facts: Facts): Case {
  const there = facts.messages.filter((message) => isWithin(errand, message));
  const cards = there.flatMap((message) => {
    const standing = standingOf(message);
    return standing && standing.operation === errand.operation ? [standing] : [];
  });
  const deeds = new Set(cards.map(({ deed }) => deed));
  const replies = there.filter((message) => [...deeds].some((deed) => tellsEnd(message, deed)));
  const name = `${errand.text} (${errand.who}, ${errand.room}, operation ${errand.operation ?? '?'})`;
  return { errand, name, writes: writesOf(errand, facts), cards, replies };
}

/** What was confirmed, in the order in which it was asked. */
export const casesOf = (facts: Facts): readonly Case[] =>
  facts.errands.filter(({ confirmedAt }) => confirmedAt !== undefined).map((errand) => caseOf(errand, facts));

const endOf = ({ cards }: Case) => cards.find(({ ended }) => ended);
/** 2xx, and what Graph calls its own fault though it was done. */
const isExecuted = ({ status }: Write) => (status >= 200 && status < 300) || status >= 500;

const namesOf = (cases: readonly Case[]) => cases.map(({ name }) => name);
const countOf = (cases: readonly Case[], of: (one: Case) => number) =>
  cases.reduce((sum, one) => sum + Math.max(0, of(one)), 0);

function sentTwice(cases: readonly Case[], { writes, writesAtTenant }: Facts): string[] {
  const known = new Set(cases.flatMap((one) => one.writes));
  return [
    ...cases.flatMap(({ name, writes: own }) => own.slice(1).map(() => name)),
    ...writes.filter((write) => !known.has(write)).map(({ path }) => `unasked: ${path}`),
    ...Array.from({ length: Math.max(0, writesAtTenant - writes.length) }, () => 'past the line'),
  ];
}

function tookOf(errands: readonly Errand[]) {
  const times = errands
    .flatMap(({ confirmedAt, endedAt }) => (confirmedAt && endedAt ? [endedAt - confirmedAt] : []))
    .sort((one, other) => one - other);
  const at = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), most: at(1) };
}

/** Reckons everything from what was seen. Pure. */
export function reportOf(facts: Facts): Report {
  const { errands, writes } = facts;
  const cases = casesOf(facts);
  const confirmed = cases.map(({ errand }) => errand);
  const ended = cases.filter((one) => endOf(one));
  return {
    asked: errands.length,
    refused: errands.filter(({ refused }) => refused).length,
    declined: errands.filter(({ declined }) => declined !== undefined).length,
    unanswered: errands.filter(({ refused, declined, confirmedAt }) => !refused && !declined && !confirmedAt).length,
    confirmed: confirmed.length,
    clickedAgain: confirmed.filter(({ presses }) => presses > 1).length,
    deliveries: errands.reduce((sum, { deliveries }) => sum + deliveries, 0),
    sent: writes.length,
    sentTwice: sentTwice(cases, facts),
    forgotten: namesOf(cases.filter((one) => !endOf(one) && one.replies.length === 0)),
    cardsMissing: namesOf(cases.filter((one) => !endOf(one))),
    repliesMissing: namesOf(ended.filter((one) => !endOf(one)?.dropped && one.replies.length === 0)),
    untrue: namesOf(ended.filter((one) => endOf(one)?.denied && one.writes.some(isExecuted))),
    unproven: ended.filter((one) => endOf(one)?.status.startsWith('Unproven')).length,
    resent: cases.filter((one) => one.cards.some(({ resent }) => resent)).length,
    notSent: ended.filter((one) => endOf(one)?.denied && !one.writes.some(isExecuted)).length,
    duplicateCards: countOf(cases, ({ cards }) => cards.length - 1),
    cardsAnew: countOf(cases, ({ cards, errand }) => (errand.sayings > 1 ? cards.length - 1 : 0)),
    duplicateReplies: countOf(cases, ({ replies }) => replies.length - 1),
    staleCopies: countOf(ended, ({ cards }) => cards.filter((card) => !card.ended).length),
    took: tookOf(confirmed),
  };
}
