import { unzipSync, zipSync } from 'fflate';

/** Files by name, as bytes. */
export type Files = Readonly<Record<string, Uint8Array>>;

/** The first moment a zip can tell, so that the same input makes the same bytes; as local time, which zips have. */
const whenever = new Date(1980, 0, 1);

export const pack = (files: Files): Uint8Array => zipSync({ ...files }, { level: 9, mtime: whenever });

export const unpack = (zip: Uint8Array): Files => unzipSync(zip);
