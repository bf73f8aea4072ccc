import type { Context } from '@microsoft/microsoft-graph-client';

/** Where a request goes; the client makes all of its addresses as strings. */
export const addressOf = ({ request }: Context): string => (typeof request === 'string' ? request : String(request));

/** A copy of the headers so far; the client keeps them as a plain record. */
export const headersOf = ({ options }: Context): Record<string, string> => ({
  ...(options?.headers as Record<string, string> | undefined),
});
