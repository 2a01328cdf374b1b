/**
 * Facts in the message of an error: `needed=80000 available=20000`. Step Functions hands on the name and the message
 * of what a Lambda threw and nothing else, so whoever writes down why a saga turned back reads them from there.
 */

export const writeFacts = (facts: object): string =>
  Object.entries(facts)
    .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(' ');

/** The facts that are texts without spaces or numbers, which is what our errors have. */
export const readFacts = (message: string): { [name: string]: string | number } =>
  Object.fromEntries(
    [...message.matchAll(/(?:^|\s)([A-Za-z]\w*)=([^\s{["]+)(?=\s|$)/g)].map(([, name = '', value = '']) => [
      name,
      /^-?\d{1,15}$/.test(value) ? Number(value) : value,
    ]),
  );
