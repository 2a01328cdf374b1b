/**
 * A hash of what was asked, the same however the fields are ordered: what an effect remembers so that the same key
 * with another request is found out (SHA-256, hexadecimal).
 */
export const fingerprintOf = async (request: unknown): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical(request)));
  return Buffer.from(digest).toString('hex');
};

/** JSON with the fields of every object in the order of their names; what is undefined is left out. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) ?? 'undefined';
