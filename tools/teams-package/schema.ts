import { AppManifestUtils } from '@microsoft/app-manifest';
import type { TeamsManifest } from '@microsoft/app-manifest';
import type { PackedManifest } from './check.ts';

/** What Microsoft's own schema says, from the copies in its package. It looks online only for a version it has no copy of. */
export async function schemaFaults(manifest: PackedManifest): Promise<string[]> {
  const faults = await AppManifestUtils.validateAgainstSchema(manifest as unknown as TeamsManifest);
  return faults.map((fault) => `Microsoft’s schema ${manifest.manifestVersion}: ${fault}`);
}
