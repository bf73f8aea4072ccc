import { startTenant } from './tenant/server.ts';
import { readSandboxSettings } from './tenant/settings.ts';

const settings = readSandboxSettings(process.env);
if ('faults' in settings) {
  for (const fault of settings.faults) console.error(fault);
  process.exit(1);
}

const tenant = await startTenant(settings).catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  console.error(`The sandbox cannot start: ${reason}\nSet SANDBOX_PORT to a free port, or to 0 for any.`);
  process.exit(1);
});

console.log(`A Microsoft Graph that does not exist, for a company that does not exist either:

  ${tenant.url}        Graph is at /v1.0 and /beta; the bearer token is: sandbox
  ${tenant.url}/_sandbox/devices   which device does what
  ${tenant.url}/_sandbox/portal    what an administrator starts past the bot (POST)

  curl -H 'Authorization: Bearer sandbox' "${tenant.url}/v1.0/deviceManagement/managedDevices?\\$filter=deviceName%20eq%20'MBP-042'"

Press Ctrl+C to stop.`);

const stop = (): void => void tenant.stop().then(() => process.exit(0));
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
