import type { Config } from './config.ts';

/** Node's error of a `listen` that failed, as far as it is used here. */
interface ListenFault {
  readonly code: string;
  readonly port: number;
}

const isTaken = (fault: unknown): fault is ListenFault =>
  fault instanceof Error && 'code' in fault && fault.code === 'EADDRINUSE' && 'port' in fault;

/** Why the process could not start, and what to set. */
export function tellStartFault(fault: unknown, config: Config): string {
  if (!isTaken(fault)) return fault instanceof Error ? fault.message : String(fault);
  const ports: readonly (readonly [string, number | undefined])[] = [
    ['PORT', config.port],
    ...(config.mode === 'sandbox'
      ? ([
          ['SANDBOX_CHAT_PORT', config.chatPort],
          ['SANDBOX_PORT', config.sandboxPort],
        ] as const)
      : []),
  ];
  const variable = ports.find(([, port]) => port === fault.port)?.[0] ?? 'PORT';
  return `port ${fault.port} is taken. Set ${variable} to a free port, or to 0 for any.`;
}
