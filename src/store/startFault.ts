/** The store cannot be opened. The message is a sentence or two for the person who starts the process; never a secret. */
export class StoreStartFault extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StoreStartFault';
  }
}
