import type { z } from 'zod';
import type { Path } from './lines.ts';
import { didYouMean } from './nearest.ts';
import type { Fault } from './yamlText.ts';

/** `roles.lead.may[0]`, as it is written in paths of YAML. */
const whereOf = (path: Path): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./u, '') || 'the file';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
}

/** The keys that may stand at `path`. */
function keysAt(schema: Schema, path: Path): readonly string[] {
  let at: Schema | undefined = schema;
  for (const part of path)
    at = typeof part === 'number' ? at?.items : (at?.properties?.[String(part)] ?? at?.additionalProperties);
  return Object.keys(at?.properties ?? {});
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (at, part) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[part] : undefined),
    value,
  );

const kinds: Readonly<Record<string, string>> = {
  object: 'a map of lines like “key: value”',
  record: 'a map of lines like “name: …”',
  array: 'a list, like [one, two]',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
  string: 'text',
};

function ofKind(expected: string, value: unknown): string {
  if (value === undefined) return 'is missing. Add it.';
  if (value === null) return 'is empty. Fill it in, or remove the line.';
  if (expected === 'string' && typeof value === 'number') return 'must be text, not a number. Put it in quotes.';
  return `must be ${kinds[expected] ?? expected}.`;
}

/** Of what can have several forms, the one that was meant is told: where something inside of it is wrong. */
function meant(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const inside = issue.errors
    .map((issues) => issues.flatMap((one) => meant(one)))
    .find((issues) => issues.some(({ path, code }) => path.length > 0 || code === 'too_small'));
  return inside?.map((one) => ({ ...one, path: [...issue.path, ...one.path] })) ?? [issue];
}

/** Every fault that zod found, in the order of the file. `schema` is the form as JSON Schema, `value` what was read. */
export function faultsOf(
  error: z.ZodError,
  schema: object,
  value: unknown,
  lineAt: (path: Path) => number,
): readonly Fault[] {
  const faultOf = (issue: z.core.$ZodIssue): readonly Fault[] => {
    const where = whereOf(issue.path);
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => {
        const known = keysAt(schema, issue.path);
        const mend = didYouMean(key, known) || ` Known there are: ${known.join(', ')}.`;
        return { line: lineAt([...issue.path, key]), what: `${whereOf([...issue.path, key])} is not known.${mend}` };
      });
    const found = valueAt(value, issue.path);
    const isBare = found === undefined || found === null || issue.code === 'invalid_type';
    const why = isBare ? ofKind(issue.code === 'invalid_type' ? issue.expected : '', found) : wordsOf(issue);
    return [{ line: lineAt(issue.path), what: `${where} ${why}` }];
  };
  return error.issues
    .flatMap((issue) => meant(issue))
    .flatMap((issue) => faultOf(issue))
    .toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0));
}

const wordsOf = (issue: z.core.$ZodIssue): string =>
  issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
