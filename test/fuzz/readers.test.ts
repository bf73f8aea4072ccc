import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { loadCatalogue } from '../../src/catalogue.ts';
import type { Catalogue } from '../../src/catalogue.ts';
import { filterInWords } from '../../src/flow/hearing/filterInWords.ts';
import { filterIn } from '../../src/flow/hearing/filterWords.ts';
import { readPolicy } from '../../src/policy/read.ts';
import { readAuthentication } from '../../src/teams/signIn.ts';
import { keyBytes, vaultOf } from '../../src/vault.ts';
import { alex } from '../world.ts';
import { holds } from './check.ts';
import { foreign } from './foreign.ts';

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await loadCatalogue();
});

const words = fc.array(
  fc.oneof(
    fc.constantFrom(
      'failed',
      'locks',
      'on',
      'Macs',
      'irreversible',
      'company',
      'me',
      'anything',
      'not',
      'done',
      'by',
      'wipe',
      '@Jane',
    ),
    foreign(12),
  ),
  { maxLength: 8 },
);

test('what a place wants to hear about is understood whole, or not at all', async () => {
  await holds(
    fc.property(words, foreign(30), (said, name) => {
      const mention = { text: `@${name}`, chatId: '29:jane', name };
      const wanted = filterIn(said.join(' '), [mention], catalogue);
      if (!wanted) return;
      const told = filterInWords(wanted.filter, catalogue);
      expect(told).toMatch(/\S/u);
      expect(told).not.toMatch(/undefined|\[object/u);
    }),
  );
});

const example = readFileSync(join(import.meta.dirname, '../../policy.example.yaml'), 'utf8').split('\n');

test('a policy file that was damaged is refused in words, or means what it says', async () => {
  const actions = catalogue.actions.map(({ name }) => name);
  const damage = fc.array(
    fc.tuple(fc.nat(example.length - 1), fc.constantFrom('drop', 'twice', 'into', 'instead'), foreign(30)),
    { minLength: 1, maxLength: 4 },
  );
  await holds(
    fc.property(damage, (changes) => {
      const lines = changes.reduce((before, [at, how, text]) => {
        const line = before[at] ?? '';
        const now = { drop: [], twice: [line, line], into: [line.replace(/(?<=: ).*/u, () => text)], instead: [text] }[
          how
        ];
        return before.toSpliced(at, 1, ...now);
      }, example);
      const read = readPolicy(lines.join('\n'), actions);
      if (read.is === 'faults') {
        expect(read.faults.length).toBeGreaterThan(0);
        for (const { what } of read.faults) expect(what).toMatch(/\S.*\.$/u);
      } else {
        for (const role of read.policy.roles) {
          expect(role.groups.length).toBeGreaterThan(0);
          for (const { actions: covered } of role.may)
            if (covered !== 'all') expect(actions).toEqual(expect.arrayContaining([...covered]));
        }
      }
    }),
    8,
  );
});

const signIn = { resource: 'api://botid-1', connection: '', audiences: ['api://botid-1'] };
const encoded = (one: unknown) => Buffer.from(JSON.stringify(one) ?? '').toString('base64url');

test('a sign-in counts only for the person who clicked and for us', async () => {
  const claim = fc.oneof(
    fc.constantFrom('api://botid-1', alex.id, alex.tenantId, ''),
    foreign(12),
    fc.jsonValue({ maxDepth: 1 }),
  );
  const claims = fc.record({ aud: claim, oid: claim, tid: claim }, { requiredKeys: [] });
  const token = fc.oneof(
    fc
      .tuple(foreign(8), claims, foreign(8))
      .map(([head, body, sign]) => [encoded(head), encoded(body), encoded(sign)].join('.')),
    foreign(60),
  );
  const authentication = fc.oneof(fc.record({ id: foreign(5), token }), fc.jsonValue());
  await holds(
    fc.property(authentication, (given) => {
      const read = readAuthentication({ authentication: given }, alex, signIn);
      if (read.is !== 'signedIn') return;
      const { aud, oid, tid } = JSON.parse(
        Buffer.from(read.assertion.split('.')[1] ?? '', 'base64url').toString(),
      ) as Record<string, unknown>;
      expect([aud, oid, tid].map((one) => String(one).toLowerCase())).toEqual([
        'api://botid-1',
        alex.id,
        alex.tenantId,
      ]);
    }),
  );
});

test('what is sealed opens whole, for what it belongs to alone, and for nobody who changed it', async () => {
  const vault = vaultOf([Buffer.alloc(keyBytes, 7)]);
  const whole = foreign(60).map((text) => text.replace(/\p{Surrogate}/gu, '\ufffd'));
  await holds(
    fc.property(
      whole,
      whole,
      whole,
      fc.nat(),
      fc.constantFrom('A', '_', '.', ''),
      (secret, context, other, at, letter) => {
        const sealed = vault.seal(secret, context);
        expect(vault.open(sealed, context)).toBe(secret);
        if (other !== context) expect(vault.open(sealed, other)).toBeUndefined();
        const place = at % sealed.length;
        const changed = sealed.slice(0, place) + letter + sealed.slice(place + 1);
        const opened = vault.open(changed, context);
        expect([undefined, secret]).toContain(opened);
        expect(vault.open(other, context)).toBeUndefined();
      },
    ),
    2,
  );
});
