/** Entity tags (RFC 9110, section 8.8.3) of what has a version. */
import { PreconditionFailedError } from './errors.ts';

export const etagOf = (...versions: readonly (number | string)[]): string => `"${versions.join('.')}"`;

/** Tags as a header lists them; a weak one is compared like a strong one, as `If-None-Match` wants it. */
const tagsIn = (header: string): readonly string[] =>
  header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));

/** Whether the caller has it already. */
export const isKnown = (etag: string, ifNoneMatch: string | undefined): boolean =>
  ifNoneMatch !== undefined && (ifNoneMatch.trim() === '*' || tagsIn(ifNoneMatch).includes(etag));

/**
 * Who says `If-Match` means what it has seen.
 * @throws {PreconditionFailedError} it is something else by now
 */
export const mustMatch = (etag: string, ifMatch: string | undefined): void => {
  if (ifMatch === undefined || ifMatch.trim() === '*' || tagsIn(ifMatch).includes(etag)) return;
  throw new PreconditionFailedError({ expected: ifMatch, found: etag });
};
