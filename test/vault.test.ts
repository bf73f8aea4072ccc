import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sandboxKey } from '../src/sandboxKey.ts';
import { vaultOf } from '../src/vault.ts';

const [first, second, third] = ['1', '2', '3'].map((each) => Buffer.alloc(32, each)) as [Buffer, Buffer, Buffer];
const vault = vaultOf([first]);
const pin = '482913';

test.each([pin, '', 'Zoë’s 👩‍💻', 'x'.repeat(10_000)])('what is sealed is opened again: %.20s', (secret) => {
  expect(vault.open(vault.seal(secret, 'operation-1'), 'operation-1')).toBe(secret);
});

test('the same is never sealed alike, and nothing of it is to be seen', () => {
  const sealed = Array.from({ length: 100 }, () => vault.seal(pin, 'operation-1'));
  expect(new Set(sealed.map((each) => each.split('.')[2])).size).toBe(100);
  for (const each of sealed) {
    expect(each).not.toContain(pin);
    expect(each).not.toContain(Buffer.from(pin).toString('base64url'));
  }
});

test('of the key a sealed secret tells nothing but a name', () => {
  const [, name = ''] = vault.seal(pin, 'operation-1').split('.');
  expect(name).toHaveLength(8);
  for (const form of ['base64', 'base64url', 'hex'] as const) expect(first.toString(form)).not.toContain(name);
});

test.each([
  ['another operation', (sealed: string) => vault.open(sealed, 'operation-2')],
  ['no operation', (sealed: string) => vault.open(sealed, '')],
  ['another key', (sealed: string) => vaultOf([second]).open(sealed, 'operation-1')],
  ['another key under the same name', (sealed: string) => vaultOf([second]).open(renamed(sealed), 'operation-1')],
])('%s opens nothing', (_what, open) => {
  expect(open(vault.seal(pin, 'operation-1'))).toBeUndefined();
});

const renamed = (sealed: string) => {
  const [, name = ''] = vaultOf([second]).seal('', '').split('.');
  return sealed.replace(/(?<=^v1\.)[^.]*/u, name);
};

const flipped = (part: string) => {
  const bytes = Buffer.from(part, 'base64url');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString('base64url');
};

test.each<[string, (parts: readonly string[]) => readonly string[]]>([
  ['another version', ([, ...parts]) => ['v2', ...parts]],
  ['another key’s name', ([v = '', , ...parts]) => [v, 'AAAAAAAA', ...parts]],
  ['another nonce', ([v = '', k = '', nonce = '', ...parts]) => [v, k, flipped(nonce), ...parts]],
  ['another tag', ([v = '', k = '', n = '', tag = '', text = '']) => [v, k, n, flipped(tag), text]],
  ['a cut tag', ([v = '', k = '', n = '', tag = '', text = '']) => [v, k, n, tag.slice(0, 6), text]],
  ['no tag', ([v = '', k = '', n = '', , text = '']) => [v, k, n, '', text]],
  ['another text', ([v = '', k = '', n = '', t = '', text = '']) => [v, k, n, t, flipped(text)]],
  ['a longer text', ([...parts]) => [...parts.slice(0, 4), `${parts[4] ?? ''}AAAA`]],
  ['no text', (parts) => parts.slice(0, 4)],
  ['more', (parts) => [...parts, 'AAAA']],
  ['nothing', () => []],
  ['something else', () => ['482913']],
])('what was tampered with is not opened: %s', (_what, change) => {
  expect(vault.open(change(vault.seal(pin, 'operation-1').split('.')).join('.'), 'operation-1')).toBeUndefined();
});

test('a new key seals, and the old ones still open, for as long as they are there', () => {
  const old = vaultOf([first]).seal(pin, 'operation-1');
  const rotated = vaultOf([second, first]);
  expect(rotated.open(old, 'operation-1')).toBe(pin);
  const anew = rotated.seal(pin, 'operation-1');
  expect(vaultOf([third, second]).open(anew, 'operation-1')).toBe(pin);
  expect(vaultOf([first]).open(anew, 'operation-1')).toBeUndefined();
  expect(vaultOf([third, second]).open(old, 'operation-1')).toBeUndefined();
});

describe('The sandbox’s key', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'device-desk-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const at = () => join(folder, 'sandbox');

  test('is made once, for its owner alone, and is another one elsewhere', () => {
    const key = sandboxKey(at());
    expect(key).toHaveLength(32);
    expect(sandboxKey(at())).toEqual(key);
    expect(sandboxKey(join(folder, 'other'))).not.toEqual(key);
    expect(statSync(join(at(), 'secret.key')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(at(), 'secret.key'), 'utf8')).toBe(`${key.toString('base64')}\n`);
  });

  test('that is broken is told by its file, not by what is in it', () => {
    sandboxKey(at());
    writeFileSync(join(at(), 'secret.key'), 'hush-hush');
    expect(() => sandboxKey(at())).toThrow(/secret\.key holds no key\. Delete it/u);
    expect(() => sandboxKey(at())).not.toThrow(/hush/u);
  });
});
