import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import draft6 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import { cardOf, everyCard } from './everyCard.ts';
import { worldOf } from '../world.ts';

/**
 * Microsoft's JSON schema of Adaptive Cards 1.5 is on no registry and not ours to ship: set ADAPTIVE_CARD_SCHEMA to a
 * copy of `schemas/1.5.0/adaptive-card.json` from microsoft/AdaptiveCards to have every card checked against it.
 */
const path = process.env['ADAPTIVE_CARD_SCHEMA'];

(path ? test : test.skip)('every card is valid by the JSON schema', async () => {
  const ajv = new Ajv.default({ strict: false, logger: false });
  ajv.addMetaSchema(draft6);
  const { id, ...schema } = JSON.parse(readFileSync(path ?? '', 'utf8')) as { id: string };
  const validate = ajv.compile({ $id: id, ...schema });
  for (const { of, content } of everyCard(await worldOf())) {
    const valid = validate(JSON.parse(JSON.stringify(cardOf(content))));
    expect({ of, valid, errors: validate.errors?.slice(0, 3) ?? [] }).toEqual({ of, valid: true, errors: [] });
  }
});
