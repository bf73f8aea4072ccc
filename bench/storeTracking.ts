import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Order, Report } from './storeTracker.ts';

/** Lets a bot of its own follow what is open in a store, and answers what it cost. */
export function track(order: Order): Promise<Report> {
  const child = fork(join(import.meta.dirname, 'storeTracker.ts'), [JSON.stringify(order)], {
    execArgv: ['--expose-gc'],
  });
  const orphaned = () => child.kill('SIGKILL');
  process.once('exit', orphaned);
  return new Promise((resolve, reject) => {
    let report: Report | undefined;
    child.once('message', (message) => (report = message as Report));
    child.once('close', (code) => {
      process.off('exit', orphaned);
      if (report) resolve(report);
      else reject(new Error(`a tracking process ended with ${code} and told nothing`));
    });
  });
}
