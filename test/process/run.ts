import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ledgerEnvironment, noteFiles, noteSaid } from '../leaks/ledger.ts';

/** A process of ours, run as npm runs it. */
export interface Run {
  readonly pid: number;
  /** Every line printed so far, to stdout or stderr. */
  printed(): string;
  /** Resolves as soon as something that matches is printed; rejects when the process ends without. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves when it has ended, with its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Asks it to stop and answers its exit code. */
  stop(signal?: 'SIGTERM' | 'SIGINT'): Promise<number | null>;
}

export type Environment = Readonly<Record<string, string>>;

const root = join(import.meta.dirname, '../..');

/** Runs one of our entries with this environment and nothing else in it; what it remembers is thrown away, unless `DATA_DIR` is given. */
export function run(entry: 'src/main.ts' | 'src/sandbox/main.ts', environment: Environment = {}): Run {
  const folder = mkdtempSync(join(tmpdir(), 'device-desk-data-'));
  const child = spawn(process.execPath, [entry], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', DATA_DIR: folder, ...ledgerEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const orphaned = () => child.kill('SIGKILL');
  process.once('exit', orphaned);
  const output = new Output();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      output.add(line);
    });
  }
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      process.off('exit', orphaned);
      noteSaid('what a process printed', output.text);
      noteFiles(environment['DATA_DIR'] ?? folder);
      rmSync(folder, { recursive: true, force: true });
      output.end(code);
      resolve(code);
    });
  });
  return {
    pid: child.pid ?? 0,
    printed: () => output.text,
    until: (pattern) => output.until(pattern),
    ended,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}

interface Waiting {
  readonly pattern: RegExp;
  readonly resolve: (found: RegExpExecArray) => void;
  readonly reject: (error: Error) => void;
}

/** What a process printed, for those who wait for a part of it. */
class Output {
  text = '';
  #over: Error | undefined;
  #waiting: Waiting[] = [];

  add(line: string): void {
    this.text += `${line}\n`;
    this.#look();
  }

  end(code: number | null): void {
    this.#over = new Error(`the process ended with ${String(code)} after it had printed:\n${this.text}`);
    this.#look();
  }

  until(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ pattern, resolve, reject });
      this.#look();
    });
  }

  #look(): void {
    this.#waiting = this.#waiting.filter(({ pattern, resolve, reject }) => {
      const found = pattern.exec(this.text);
      if (found) resolve(found);
      else if (this.#over) reject(this.#over);
      return !found && !this.#over;
    });
  }
}
