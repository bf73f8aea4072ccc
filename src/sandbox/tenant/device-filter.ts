import { badRequest } from './graph-error.ts';
import { parseFilter } from './odata-filter.ts';
import type { Comparison, Filter, Operator } from './odata-filter.ts';

type Properties = Readonly<Record<string, unknown>>;
type Predicate = (properties: Properties) => boolean;

/**
 * What Intune really filters by: the typings' text for most, practice of public tools for azureADDeviceId,
 * userPrincipalName, operatingSystem and serialNumber. In lower case, as Graph does not mind the case of names.
 */
const supported: Readonly<Record<string, readonly Operator[]>> = {
  // startswith is not refused, it only behaves like contains (microsoft-graph-docs issues 11809, 21956).
  devicename: ['eq', 'contains', 'startswith'],
  serialnumber: ['eq'],
  userprincipalname: ['eq'],
  azureaddeviceid: ['eq'],
  operatingsystem: ['eq'],
  compliancestate: ['eq'],
  devicetype: ['eq'],
  devicecategorydisplayname: ['eq'],
  jailbroken: ['eq'],
  managementagent: ['eq'],
  managementstate: ['eq'],
  ownertype: ['eq'],
  manageddeviceownertype: ['eq'],
  enrolleddatetime: ['lt', 'gt'],
  lastsyncdatetime: ['lt', 'gt'],
};

/**
 * Intune's reading of a `$filter` on managedDevices, with its bad habits. `known` are the property names of the
 * resource in this version; any other is a 400, as is a syntax error.
 */
export function deviceFilter(text: string, known: readonly string[]): Predicate {
  const filter = parseFilter(text);
  const names = new Map(known.map((name) => [name.toLowerCase(), name]));
  for (const property of propertiesOf(filter)) {
    if (!names.has(property)) throw badRequest(unknownProperty(property, 'managedDevice'));
  }
  return predicate(filter, names);
}

/** Graph's text for a property that the resource does not have. */
export function unknownProperty(name: string, type: string): string {
  return `Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`;
}

function propertiesOf(filter: Filter): readonly string[] {
  if (filter.is === 'comparison') return [filter.property.toLowerCase()];
  if (filter.is === 'not') return propertiesOf(filter.part);
  return [...new Set(filter.parts.flatMap(propertiesOf))];
}

function predicate(filter: Filter, names: ReadonlyMap<string, string>): Predicate {
  if (filter.is === 'comparison') return comparison(filter, names.get(filter.property.toLowerCase()) ?? '');
  if (filter.is === 'not') return () => true;
  const parts = filter.parts.map((part) => predicate(part, names));
  if (filter.is === 'and') return (properties) => parts.every((part) => part(properties));
  return alternative(parts, propertiesOf(filter));
}

/**
 * `or` across different properties goes wrong (powershell-intune-samples issue 188), here by demanding all of them;
 * with azureADDeviceId only the first value counts (msgraph-beta-sdk-dotnet issue 1156).
 */
function alternative(parts: readonly Predicate[], properties: readonly string[]): Predicate {
  if (properties.length > 1) return (device) => parts.every((part) => part(device));
  if (properties[0] === 'azureaddeviceid') return (device) => parts[0]?.(device) ?? true;
  return (device) => parts.some((part) => part(device));
}

/** A comparison that Intune does not support is ignored, so that every device fits (microsoft-graph-docs issue 16027). */
function comparison(asked: Comparison, name: string): Predicate {
  const isSupported = supported[name.toLowerCase()]?.includes(asked.operator) ?? false;
  if (!isSupported) return () => true;
  const isMoment = asked.operator === 'lt' || asked.operator === 'gt';
  if (asked.literal.is !== (isMoment ? 'moment' : 'string')) {
    throw badRequest('A binary operator with incompatible types was detected.');
  }
  return (properties) => holds(asked.operator, String(properties[name] ?? ''), asked.literal.text);
}

function holds(operator: Operator, actual: string, wanted: string): boolean {
  if (operator === 'lt') return Date.parse(actual) < Date.parse(wanted);
  if (operator === 'gt') return Date.parse(actual) > Date.parse(wanted);
  if (operator === 'eq') return actual.toLowerCase() === wanted.toLowerCase();
  return actual.toLowerCase().includes(wanted.toLowerCase());
}
