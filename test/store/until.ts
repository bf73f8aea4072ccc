import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until it is so; jest's own limit ends what never is. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(10);
}
