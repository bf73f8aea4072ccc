import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until it is so; gives up after a minute or so. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 6_000; tries += 1) {
    if (await isSo()) return;
    await pause(10);
  }
  throw new Error(`it never was so: ${isSo.toString()}`);
}
