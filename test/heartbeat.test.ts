import { startHeartbeat } from '../src/heartbeat.ts';
import { silent } from './world.ts';

/** Far longer than any test: only a call to wake brings the next beat. */
const forever = 2 ** 30;

/** A beat that is over when it is told so. */
function drum() {
  const waiting: ((done: number) => void)[] = [];
  const begun: (() => void)[] = [];
  let beats = 0;
  const beat = () => {
    beats += 1;
    begun.splice(0).forEach((tell) => tell());
    return new Promise<number>((resolve) => waiting.push(resolve));
  };
  return {
    beat,
    beats: () => beats,
    begins: () => new Promise<void>((resolve) => void begun.push(resolve)),
    ends: (done = 0) => waiting.shift()?.(done),
  };
}

test('a full load is followed by the next beat at once', async () => {
  const { beat, begins, ends, beats } = drum();
  const heart = startHeartbeat(beat, 20, forever, silent);
  const next = begins();
  ends(20);
  await next;
  expect(beats()).toBe(2);
  ends();
  await heart.stop();
});

test('whoever wakes it during a beat or after gets another one', async () => {
  const { beat, begins, ends, beats } = drum();
  const heart = startHeartbeat(beat, 20, forever, silent);
  let next = begins();
  heart.wake();
  ends();
  await next;
  next = begins();
  ends();
  await new Promise(setImmediate);
  expect(beats()).toBe(2);
  heart.wake();
  await next;
  expect(beats()).toBe(3);
  ends();
  await heart.stop();
});

test('a beat that fails is told, and does not end it', async () => {
  const told: string[] = [];
  const log = { ...silent, error: (_facts: object, message: string) => void told.push(message) };
  const { beat, begins, ends } = drum();
  let broken = true;
  const heart = startHeartbeat(() => (broken ? Promise.reject(new Error('no')) : beat()), 20, forever, log);
  await new Promise(setImmediate);
  expect(told).toEqual(['a tick failed']);
  broken = false;
  const next = begins();
  heart.wake();
  await next;
  ends();
  await heart.stop();
});

test('to stop is to wait for the beat under way, and to begin none', async () => {
  const { beat, ends, beats } = drum();
  const heart = startHeartbeat(beat, 20, forever, silent);
  const stopped = heart.stop();
  ends(20);
  await stopped;
  expect(beats()).toBe(1);
});
