/**
 * Ends a command with a sentence for whoever called it. Exit codes are those of diff and grep: 1 means that what was
 * looked at is not whole, 2 that it was not done.
 */
export class CommandFault extends Error {
  readonly exitCode: 1 | 2;
  constructor(message: string, exitCode: 1 | 2) {
    super(message);
    this.name = 'CommandFault';
    this.exitCode = exitCode;
  }
}

export const notWhole = (message: string) => new CommandFault(message, 1);
export const notDone = (message: string) => new CommandFault(message, 2);

/** Node's code of a system error, like ENOENT. */
export const systemCodeOf = (fault: unknown): string | undefined =>
  typeof fault === 'object' && fault !== null && 'code' in fault && typeof fault.code === 'string'
    ? fault.code
    : undefined;
