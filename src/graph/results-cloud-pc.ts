import type { CloudPcDetail, CloudPcStatus } from '../model/result.ts';
import { list, record, text, type Json } from './json.ts';

/**
 * `cloudPcRemoteActionResult`. Since August 2024 the status stands in `statusDetail`; `statusDetails` is its older name
 * and often null beside it.
 */
export function cloudPcDetail(raw: Json): CloudPcDetail {
  const status = statusFrom(raw.statusDetail) ?? statusFrom(raw.statusDetails);
  return {
    is: 'cloudPc',
    cloudPcId: text(raw.cloudPcId),
    managedDeviceId: text(raw.managedDeviceId),
    ...(status === undefined ? {} : { status }),
  };
}

function statusFrom(value: unknown): CloudPcStatus | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const raw = record(value);
  const information = list(raw.additionalInformation).map(record);
  return {
    code: text(raw.code),
    message: text(raw.message),
    information: information.map(({ name, value: told }) => ({ name: text(name), value: text(told) })),
  };
}
