import { crc32 } from 'node:zlib';

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const MADE_ON_UNIX = 3 << 8;
/** 1 January 1980, the first day that a ZIP file knows: the same files make the same bytes. */
const FIRST_DAY = 0x0021;
/** A regular file that everybody may read and run, as a runtime's `bootstrap` has to be. */
const RUNNABLE = 0o100755;

/**
 * A ZIP file for a small Lambda, its files stored as they are and runnable.
 * @param files text by name, names in ASCII
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3
 */
export const zipOf = (files: Readonly<Record<string, string>>): Buffer => {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const body = Buffer.from(text);
    const facts = factsOf(name, body);
    const local = Buffer.concat([uint32(LOCAL_HEADER), uint16(VERSION), facts, Buffer.from(name), body]);
    const made = Buffer.concat([uint32(CENTRAL_HEADER), uint16(MADE_ON_UNIX | VERSION), uint16(VERSION)]);
    // Without a comment, on the first disk, not said to be text.
    const place = Buffer.concat([uint16(0, 0, 0), uint32(RUNNABLE * 2 ** 16, offset)]);
    locals.push(local);
    centrals.push(Buffer.concat([made, facts, place, Buffer.from(name)]));
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = [uint32(END), uint16(0, 0, centrals.length, centrals.length), uint32(directory.length, offset)];
  return Buffer.concat([...locals, directory, ...end, uint16(0)]);
};

/** What both headers of a file say: no flags, stored, when, checksum, sizes, the name's length, no extra field. */
const factsOf = (name: string, body: Buffer): Buffer =>
  Buffer.concat([
    uint16(0, 0, 0, FIRST_DAY),
    uint32(crc32(body), body.length, body.length),
    uint16(name.length, 0),
  ]);

const uint16 = (...numbers: number[]): Buffer => Buffer.from(Uint16Array.from(numbers).buffer);
const uint32 = (...numbers: number[]): Buffer => Buffer.from(Uint32Array.from(numbers).buffer);
