import type { Call } from './call.ts';
import { badRequest } from './graph-error.ts';
import { unknownProperty } from './device-filter.ts';

/** Refuses every `$option` the operation does not take; options without `$` are of no interest to Graph. */
export function allowOptions(call: Call, allowed: readonly string[]): void {
  const foreign = Object.keys(call.query).find((option) => option.startsWith('$') && !allowed.includes(option));
  if (foreign) throw badRequest(`The query parameter '${foreign}' is not supported.`);
}

/** The asked-for properties as the resource spells them, whatever case they came in; undefined without `$select`. */
export function selected(
  call: Call,
  known: readonly string[],
  type: string = 'managedDevice',
): readonly string[] | undefined {
  const text = call.query['$select'];
  if (text === undefined) return undefined;
  return text.split(',').map((raw) => {
    const name = raw.trim();
    const found = known.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
    if (!found) throw badRequest(`Parsing OData Select and Expand failed: ${unknownProperty(name, type)}`);
    return found;
  });
}

/** Only these properties of a resource, `id` too only if it was asked for: so a real answer of Intune has it. */
export function pick(resource: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, resource[name]]));
}

/** `$top`, at least 1 and at most `limit`, which is also the default. */
export function pageSize(call: Call, limit: number): number {
  const text = call.query['$top'];
  if (text === undefined) return limit;
  if (!/^[1-9]\d*$/.test(text)) throw badRequest(`Invalid value '${text}' for $top query option found.`);
  return Math.min(Number(text), limit);
}

/** Resources in the order of `$orderby` (one property, `asc` or `desc`); as they came without it. */
export function ordered<T extends Readonly<Record<string, unknown>>>(
  call: Call,
  resources: readonly T[],
  known: readonly string[],
): readonly T[] {
  const text = call.query['$orderby'];
  if (text === undefined) return resources;
  const match = /^(\w+)(?: (asc|desc))?$/i.exec(text.trim());
  const name = known.find((candidate) => candidate.toLowerCase() === match?.[1]?.toLowerCase());
  if (!name) throw badRequest(`Invalid $orderby clause '${text}'.`);
  const sign = match?.[2]?.toLowerCase() === 'desc' ? -1 : 1;
  return resources.toSorted((a, b) => sign * String(a[name]).localeCompare(String(b[name])));
}
