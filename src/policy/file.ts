import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { longestFile } from './yamlText.ts';
import type { Fault } from './yamlText.ts';

export type ReadFile =
  { readonly is: 'text'; readonly text: string } | { readonly is: 'faults'; readonly faults: readonly Fault[] };

const whys: Readonly<Record<string, string>> = {
  ENOENT: 'is not there. Set DESK_POLICY to the policy file, or put the file there.',
  EACCES: 'may not be read by the user of this process. Let that user read it.',
  EPERM: 'may not be read by the user of this process. Let that user read it.',
  EISDIR: 'is a folder. Set DESK_POLICY to the file in it.',
};

/** The text of the policy file. Does not throw. */
export async function readPolicyFile(path: string): Promise<ReadFile> {
  try {
    const file = await open(path, 'r');
    try {
      if ((await file.stat()).size > 4 * longestFile) return fault('is far too long for a policy. Is it another file?');
      return { is: 'text', text: (await file.readFile('utf8')).replace(/^\uFEFF/u, '') };
    } finally {
      await file.close();
    }
  } catch (error) {
    const isCoded = typeof error === 'object' && error !== null && 'code' in error;
    const code = isCoded ? String(error.code) : 'unknown error';
    return fault(whys[code] ?? `cannot be read (${code}). Look after the disk that it is on.`);
  }
}

const fault = (what: string): ReadFile => ({ is: 'faults', faults: [{ what }] });

/** `policy.yaml:12: roles.lead.groups is missing. Add it.` */
export const tellFaults = (path: string, faults: readonly Fault[]): readonly string[] =>
  faults.map(({ line, what }) =>
    line === undefined ? `${basename(path)} ${what}` : `${basename(path)}:${line}: ${what}`,
  );
