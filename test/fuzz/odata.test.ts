import fc from 'fast-check';
import { findDevices, longestQuestion } from '../../src/graph/find-devices.ts';
import { comparable, contains, equals, redacted, segment } from '../../src/graph/odata.ts';
import type { Ask } from '../../src/graph/line.ts';
import type { Reads } from '../../src/graph/reads.ts';
import { GraphFault } from '../../src/ports.ts';
import { parseFilter } from '../../src/sandbox/tenant/odata-filter.ts';
import { holds } from './check.ts';
import { foreign } from './foreign.ts';

/** What is left of text in a URL: half of a surrogate pair is no character. */
const wellFormed = (text: string) => text.replace(/\p{Surrogate}/gu, '\ufffd');

const asked = (query: string) => new URL(`https://graph.example/beta/deviceManagement/managedDevices?${query}`);

test('a name never leaves its literal, whatever quotes it holds', async () => {
  await holds(
    fc.property(foreign(300), fc.constantFrom(equals, contains), (name, filter) => {
      const url = asked(`$filter=${filter('deviceName', name)}&$top=5`);
      expect([...url.searchParams.keys()]).toEqual(['$filter', '$top']);
      expect(url.hash).toBe('');
      expect(parseFilter(url.searchParams.get('$filter') ?? '')).toEqual({
        is: 'comparison',
        property: 'deviceName',
        operator: filter === equals ? 'eq' : 'contains',
        literal: { is: 'string', text: wellFormed(name) },
      });
    }),
  );
});

test('an id is one segment of a path, or none at all', async () => {
  await holds(
    fc.property(foreign(60), (id) => {
      try {
        const { pathname, search, hash } = new URL(`https://graph.example/v1.0/users/${segment(id)}/checkMemberGroups`);
        const parts = pathname.split('/');
        expect([parts.length, search, hash]).toEqual([5, '', '']);
        expect(decodeURIComponent(parts[3] ?? '')).toBe(wellFormed(id));
      } catch (fault) {
        expect(fault).toBeInstanceOf(GraphFault);
      }
    }),
  );
});

test('of a device that is looked for, only the name itself is asked', async () => {
  await holds(
    fc.asyncProperty(fc.array(foreign(280), { maxLength: 3 }), async (names) => {
      const asks: Ask[] = [];
      const reads = {
        many: async (all: readonly Ask[]) => (
          asks.push(...all),
          all.map(() => ({ status: 200, whole: true, body: { value: [] } }))
        ),
      };
      await findDevices(reads as unknown as Reads, names);
      const wanted = new Set(names.map((name) => comparable(wellFormed(name))));
      for (const { path } of asks) {
        const filter = parseFilter(new URL(path, 'https://graph.example').searchParams.get('$filter') ?? '');
        expect(filter).toMatchObject({ is: 'comparison', operator: 'eq', literal: { is: 'string' } });
        if (filter.is !== 'comparison') continue;
        expect(['deviceName', 'serialNumber', 'userPrincipalName']).toContain(filter.property);
        expect(filter.literal.text.length).toBeLessThanOrEqual(longestQuestion);
        expect(wanted).toContain(comparable(filter.literal.text));
      }
    }),
  );
});

test('a path in the log tells no name', async () => {
  await holds(
    fc.property(fc.stringMatching(/^[a-z]{8}$/u), foreign(60), (name, text) => {
      const path = `/deviceManagement/managedDevices?$filter=${equals('deviceName', name + text)}`;
      expect(redacted(path)).toBe('/deviceManagement/managedDevices');
      expect(redacted(`/users/${segment(name + text)}/checkMemberGroups`)).toBe('/users/…/checkMemberGroups');
    }),
  );
});
