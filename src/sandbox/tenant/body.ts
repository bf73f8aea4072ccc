import { badRequest } from './graph-error.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether the value is a JSON object (no array, no null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The parameters of an OData action: only those that it knows, or a 400 that names the first foreign one. */
export function parametersOf(body: unknown, operation: string, known: readonly string[]): JsonObject {
  const given = body ?? {};
  if (!isObject(given)) throw badRequest('Unable to read JSON request payload. A JSON object is expected.');
  const foreign = Object.keys(given).find((name) => !known.includes(name));
  if (foreign !== undefined) {
    throw badRequest(
      `The parameter '${foreign}' in the request payload is not a valid parameter for the operation '${operation}'.`,
    );
  }
  return given;
}

/** A value of a complex type with only known properties, `@odata.type` (with or without `#`) being right or absent. */
export function complexValue(value: unknown, type: string, known: readonly string[]): JsonObject {
  if (!isObject(value)) throw badRequest(`A value of type '${type}' was expected.`);
  const foreign = Object.keys(value).find((name) => name !== '@odata.type' && !known.includes(name));
  if (foreign !== undefined) {
    throw badRequest(
      `The property '${foreign}' does not exist on type '${type}'. Make sure to only use property names that are defined by the type.`,
    );
  }
  const given = value['@odata.type'];
  if (given !== undefined && String(given).replace(/^#/, '') !== type) {
    throw badRequest(`A type named '${String(given)}' could not be resolved by the model.`);
  }
  return value;
}

/** A member of an enum, or a 400. */
export function member<T extends string>(value: unknown, members: readonly T[], type: string): T {
  const found = members.find((candidate) => candidate === value);
  if (found === undefined) {
    throw badRequest(`Requested value '${String(value)}' was not found in type '${type}'.`);
  }
  return found;
}
