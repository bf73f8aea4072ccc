import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { schemaText } from '../../src/commands/policySchema.ts';

const root = join(import.meta.dirname, '../..');
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

test('the schema that editors use is the form; if not: npm run policy -- schema --out policy.schema.json', async () => {
  expect(textOf('policy.schema.json')).toBe(await schemaText());
});

const validate = new Ajv.default({ strict: false }).compile(JSON.parse(textOf('policy.schema.json')) as object);

test.each(['policy.example.yaml', 'src/sandbox/policy.yaml'])('editors find nothing wrong with %s', (file) => {
  expect([validate(parse(textOf(file))), validate.errors]).toEqual([true, null]);
});

const group = '5B1F9F5E-6f0c-4d6e-9a59-0c6f1f2b7a01';

test.each<[string, boolean]>([
  [`roles: { lead: { groups: [${group}] } }`, true],
  [`roles: { Lead: { groups: [${group}], may: [{ actions: [remoteLock], perHour: 3 }] } }`, true],
  [`roles: { lead: { groups: [helpdesk] } }`, false],
  [`roles: { lead: { groups: [${group}], may: [{ actions: [vanish] }] } }`, false],
  [`roles: { lead: { groups: [${group}], can: [] } }`, false],
  [`roles: { 7up: { groups: [${group}] } }`, false],
  [`protected: {}`, false],
])('editors see in %s what we see', (text, fine) => {
  expect(validate(parse(text))).toBe(fine);
});
