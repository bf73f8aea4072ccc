import type { AssignmentItem, Device } from '../model/device.ts';
import { isOk } from './answer.ts';
import { faultOf } from './fault.ts';
import { list, parsed, record, text } from './json.ts';
import type { Ask } from './line.ts';
import { comparable } from './odata.ts';
import type { Reads } from './reads.ts';

const types: Readonly<Record<string, string>> = {
  'Microsoft.Management.Services.Api.DeviceConfiguration': 'deviceConfiguration',
  DeviceManagementConfigurationPolicy: 'deviceManagementConfigurationPolicy',
};

const pageSize = 50;
const mostPages = 10;

/**
 * The policies that a device reports on, from the report behind the portal's "Device configuration" page. A POST that
 * changes nothing, so it is tried again like any read. Throws `GraphFault`.
 */
export async function policiesOf(reads: Reads, device: Device): Promise<readonly AssignmentItem[]> {
  const items: AssignmentItem[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const ask = reportFor(device.id, page * pageSize);
    const answer = await reads.one(ask);
    if (answer.status === 404) return items;
    if (!isOk(answer) || !answer.whole) throw faultOf(ask, answer);
    const rows = rowsOf(answer.body);
    items.push(...rows.filter((row) => isFor(row, device)).flatMap(itemFrom));
    if (rows.length < pageSize) break;
  }
  return items;
}

function reportFor(deviceId: string, skip: number): Ask {
  const kinds = Object.keys(types).map((type) => `(PolicyBaseTypeName eq '${type}')`);
  const body = {
    select: ['IntuneDeviceId', 'PolicyId', 'PolicyName', 'PolicyBaseTypeName', 'PolicyStatus'],
    filter: `(${kinds.join(' or ')}) and (IntuneDeviceId eq '${deviceId.replaceAll("'", "''")}')`,
    skip,
    top: pageSize,
    orderBy: ['PolicyName'],
  };
  return {
    method: 'POST',
    version: 'beta',
    path: '/deviceManagement/reports/getConfigurationPoliciesReportForDevice',
    body,
  };
}

type Row = ReadonlyMap<string, unknown>;

/** A report names its columns once (`Schema`) and then gives bare `Values`, in whatever order it likes. */
export function rowsOf(body: unknown): readonly Row[] {
  const report = record(typeof body === 'string' ? parsed(body) : body);
  const columns = list(report.Schema).map((column) => text(record(column).Column));
  return list(report.Values).map((values) => new Map(columns.map((column, at) => [column, list(values)[at]])));
}

/** The filter may be ignored like any other; a row that names its device must name ours. */
function isFor(row: Row, device: Device): boolean {
  const named = text(row.get('IntuneDeviceId'));
  return named === '' || comparable(named) === comparable(device.id);
}

function itemFrom(row: Row): readonly AssignmentItem[] {
  const id = text(row.get('PolicyId'));
  const type = types[text(row.get('PolicyBaseTypeName'))];
  if (id === '' || type === undefined) return [];
  return [{ id, type, name: text(row.get('PolicyName')), removed: false }];
}
