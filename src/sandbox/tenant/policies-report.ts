import { assignmentsOf } from './assignments.ts';
import type { ItemType } from './assignments.ts';
import { isObject } from './body.ts';
import { betaOnly } from './call.ts';
import type { Answer, Call, Route } from './call.ts';
import type { Device } from './device.ts';
import { badRequest } from './graph-error.ts';
import { parseFilter } from './odata-filter.ts';
import type { Filter } from './odata-filter.ts';
import { presentDevices } from './world.ts';

/** The policies of one device, by the report with which Intune's own portal reads them. */
export const policiesReportRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/deviceManagement/reports/getConfigurationPoliciesReportForDevice',
    versions: betaOnly,
    handle: policiesReport,
  },
];

const columns = {
  IntuneDeviceId: 'String',
  PolicyBaseTypeName: 'String',
  PolicyId: 'String',
  PolicyName: 'String',
  PolicyStatus: 'Int32',
  UnifiedPolicyType: 'String',
  UPN: 'String',
  UserId: 'String',
} as const;
type Column = keyof typeof columns;
type Row = Readonly<Record<Column, string | number>>;
const allColumns = Object.keys(columns) as Column[];

const baseTypes: Partial<Record<ItemType, string>> = {
  deviceConfiguration: 'Microsoft.Management.Services.Api.DeviceConfiguration',
  deviceManagementConfigurationPolicy: 'DeviceManagementConfigurationPolicy',
};

/** Reports are JSON tables sent as a byte stream; values come in the order of `select`. */
function policiesReport(call: Call): Answer {
  const asked = readReportRequest(call.body);
  const rows = presentDevices(call.world)
    .flatMap(policyRows)
    .filter((row) => fits(asked.filter, row));
  const body = {
    TotalRowCount: rows.length,
    Schema: asked.select.map((Column) => ({ Column, PropertyType: columns[Column] })),
    Values: rows.slice(asked.skip, asked.skip + asked.top).map((row) => asked.select.map((column) => row[column])),
    SessionId: '',
  };
  return { status: 200, body, contentType: 'application/octet-stream' };
}

function policyRows(device: Device): readonly Row[] {
  return assignmentsOf(device).flatMap((policy) => {
    const base = baseTypes[policy.itemType];
    if (!base) return [];
    const row: Row = {
      IntuneDeviceId: device.id,
      PolicyBaseTypeName: base,
      PolicyId: policy.itemId,
      PolicyName: policy.displayName,
      PolicyStatus: 2,
      UnifiedPolicyType: policy.subType,
      UPN: device.owner.userPrincipalName,
      UserId: device.owner.id,
    };
    return [row];
  });
}

interface ReportRequest {
  readonly select: readonly Column[];
  readonly filter: Filter;
  readonly skip: number;
  readonly top: number;
}

const reportParameters = ['select', 'filter', 'skip', 'top', 'orderBy', 'search', 'groupBy', 'sessionId', 'name'];

function readReportRequest(body: unknown): ReportRequest {
  if (!isObject(body)) throw badRequest('Unable to read JSON request payload. A JSON object is expected.');
  const foreign = Object.keys(body).find((name) => !reportParameters.includes(name));
  if (foreign !== undefined) throw badRequest(`The parameter '${foreign}' is not valid for this report.`);
  const { select = [], filter } = body;
  if (typeof filter !== 'string' || !filter.includes('IntuneDeviceId')) {
    throw badRequest("The report needs a filter on 'IntuneDeviceId'.");
  }
  if (!Array.isArray(select)) throw badRequest("The parameter 'select' must be a collection of column names.");
  return {
    select: select.length === 0 ? allColumns : select.map(columnNamed),
    filter: parseFilter(filter),
    skip: count(body['skip'], 0),
    top: count(body['top'], 50) || 50,
  };
}

function columnNamed(name: unknown): Column {
  const found = allColumns.find((column) => column === name);
  if (!found) throw badRequest(`Column '${String(name)}' is not part of this report.`);
  return found;
}

/** Callers send numbers and numbers in strings; the portal itself does both. */
function count(value: unknown, otherwise: number): number {
  if (value === undefined || value === null) return otherwise;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) throw badRequest(`'${String(value)}' is not a count.`);
  return number;
}

function fits(filter: Filter, row: Row): boolean {
  if (filter.is === 'not') return !fits(filter.part, row);
  if (filter.is !== 'comparison') {
    const hits = filter.parts.filter((part) => fits(part, row));
    return filter.is === 'and' ? hits.length === filter.parts.length : hits.length > 0;
  }
  const actual = String(row[columnNamed(filter.property)]).toLowerCase();
  if (filter.operator !== 'eq') throw badRequest(`Operator '${filter.operator}' is not supported by this report.`);
  return actual === filter.literal.text.toLowerCase();
}
