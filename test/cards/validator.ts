import { createRequire } from 'node:module';

/** What is used of Microsoft's renderer; its own types pull in sources that a strict compiler rejects. */
interface Renderer {
  readonly AdaptiveCard: new () => {
    parse(json: object, context: Context): void;
    validateProperties(): { readonly validationEvents: readonly { readonly message: string }[] };
  };
  readonly SerializationContext: new (version: unknown) => Context;
  readonly Versions: { readonly v1_5: unknown };
}

interface Context {
  readonly eventCount: number;
  getEventAt(index: number): { readonly message: string };
}

// The package's main file is written for bundlers; this one is the same code for Node.
const renderer = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as Renderer;

/** What Microsoft's own reader has to say against a card of version 1.5; nothing, when all is well. */
export function faultsOf(json: object): string[] {
  const context = new renderer.SerializationContext(renderer.Versions.v1_5);
  const card = new renderer.AdaptiveCard();
  card.parse(json, context);
  const read = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  return [...read, ...card.validateProperties().validationEvents.map(({ message }) => message)];
}
