import type { Clock } from './ports.ts';
import { tenantId } from './sandbox/company.ts';
import { startChat } from './sandbox/chat/server.ts';
import { startTenant } from './sandbox/tenant/server.ts';
import { botAudience } from './sandbox/tokens.ts';

/** What the bot must know of the company that does not exist. */
export interface SandboxTenant {
  readonly graphUrl: string;
  readonly tenantId: string;
  /** What people are signed in for. */
  readonly signInResource: string;
  stop(): Promise<void>;
}

/** How the built-in tenant is to behave; `graphUrl` puts another one in its place. */
export interface SandboxTenantOptions {
  readonly graphUrl?: string | undefined;
  readonly port: number;
  readonly speed: number;
  readonly cloudPcApi: 'cloudPC' | 'managedDevice';
  readonly clock: Clock;
  /** Folder in which the built-in tenant remembers what was done to it; without one, it forgets. */
  readonly memory?: string | undefined;
}

/**
 * Starts the sandbox tenant, or points to the one that somebody else started. Rejects if its port is taken or its
 * memory cannot be written.
 */
export async function openSandboxTenant(options: SandboxTenantOptions): Promise<SandboxTenant> {
  const known = { tenantId, signInResource: botAudience };
  if (options.graphUrl) return { ...known, graphUrl: options.graphUrl, stop: () => Promise.resolve() };
  const tenant = await startTenant({
    port: options.port,
    speed: options.speed,
    now: () => options.clock.now(),
    memory: options.memory,
    cloudPcApi: options.cloudPcApi === 'managedDevice' ? 'legacy' : 'current',
  });
  return { ...known, graphUrl: tenant.url, stop: () => tenant.stop() };
}

/** What newcomers are invited to type. */
export const hints: readonly string[] = [
  'lock device MBP-042',
  'refresh policy on LT-117',
  'remove app "Contoso VPN" from TAB-9',
  'reprovision cloud pc CPC-117',
  'status MBP-042',
];

/** The chat window, pointed at the bot. Rejects if its port is taken. */
export const openChatWindow = (botPort: number, port: number) =>
  startChat({ botUrl: `http://127.0.0.1:${botPort}/api/messages`, port, hints: [...hints] });

/** What is printed when everything stands: the loud part first. */
export function greeting(bot: number, tenant: string, memory: string, chat?: string): string {
  const window = chat
    ? `Open this:  ${chat}\n\nand type one of these:\n\n${hints.map((hint) => `  ${hint}`).join('\n')}`
    : 'The chat window is off (SANDBOX_CHAT=off).';
  return `
SANDBOX MODE: nothing here is real, and anybody on this machine may speak to it.

${window}

  bot      http://127.0.0.1:${bot}/api/messages
  tenant   ${tenant}
  memory   ${memory}

Press Ctrl+C to stop.
`;
}
