import { defineAction } from '../model/action.ts';
import type { View } from '../model/action.ts';

type Options = Readonly<Record<string, never>>;

/**
 * Microsoft Learn: cloudPC reprovision (current), and reprovisionCloudPc of managedDevice, which Microsoft has removed
 * from its metadata but which a tenant can still be set to (`CLOUD_PC_API=managedDevice`).
 */
export default defineAction<Options>({
  name: 'reprovision',
  summary: 'Rebuild a Windows 365 Cloud PC from its image',
  risk: 'irreversible',
  permissions: ['CloudPC.ReadWrite.All'],
  phrases: [{ say: '(please) reprovision (cloud) (pc|device) {device}', options: () => ({}) }],
  past: [{ say: 'reprovisioned' }, { say: 'rebuilt' }],
  examples: ['reprovision cloud pc CPC-117'],
  needs: 'cloudPc',
  deed: (device) => `Reprovision ${device}`,
  consequences: () => [
    'The Cloud PC is deleted and built again from its image. Everything stored on it is lost: files, settings and apps that were installed by hand.',
    'The person is signed out and cannot work on it until it is ready.',
  ],
  timing: () => 'It usually takes an hour or two.',
  whyNot: (device) => {
    if (!device.isCloudPc && !device.cloudPc)
      return {
        code: 'notCloudPc',
        why: 'This is not a Windows 365 Cloud PC.',
        instead: 'For a physical PC, use Autopilot reset or a fresh start in Intune.',
      };
    if (!device.cloudPc)
      return {
        code: 'noCloudPcRecord',
        why: 'Intune calls it a Cloud PC, but Windows 365 has no record of it, so there is nothing to rebuild.',
        instead: 'Look for it under Windows 365 in Intune; its licence may have ended.',
      };
    return device.cloudPc.reprovision === 'disabled'
      ? {
          code: 'notOfferedByGraph',
          why: 'Windows 365 says that reprovisioning is switched off for this Cloud PC at the moment.',
          instead:
            'See its state under Windows 365 in Intune; it may be in a grace period or busy with another action.',
        }
      : undefined;
  },
  request: (device, _options, tenant) =>
    tenant.cloudPcApi === 'managedDevice'
      ? {
          method: 'POST',
          version: 'beta',
          path: `/deviceManagement/managedDevices/${encodeURIComponent(device.id)}/reprovisionCloudPc`,
        }
      : {
          method: 'POST',
          version: 'v1.0',
          path: `/deviceManagement/virtualEndpoint/cloudPCs/${encodeURIComponent(device.cloudPc?.id ?? '')}/reprovision`,
          body: {},
        },
  completion: (device, _options, tenant) =>
    tenant.cloudPcApi === 'managedDevice'
      ? { source: 'legacyCloudPc', id: device.id, kind: 'cloudPc', names: ['reprovision'] }
      : { source: 'cloudPc', id: device.cloudPc?.id ?? '', kind: 'cloudPc', names: ['reprovision'] },
  show: (detail): View => {
    if (detail.is !== 'cloudPc') return { hasIds: false, hasStatus: false, information: [] };
    const { status, cloudPcId, managedDeviceId } = detail;
    return {
      hasIds: true,
      cloudPcId,
      managedDeviceId: managedDeviceId || 'Graph gives none',
      hasStatus: status !== undefined,
      code: status?.code ?? '',
      message: status?.message ?? '',
      information: (status?.information ?? []).map(({ name, value }) => ({ name, value })),
    };
  },
});
