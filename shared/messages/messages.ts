/** What a person reads comes in English and Hindi, always as a pair. */

/** The languages of the city. */
export type Language = 'en' | 'hi';

/** What an error knows about its case. */
export type Facts = { readonly [fact: string]: unknown };

/**
 * A fact as a sentence has it: a text that says something, or a number. Where a record has lost it, or never had it,
 * `otherwise` stands in its place, so that nobody reads of "undefined".
 */
export const told = (fact: unknown, otherwise: string): string => {
  if (typeof fact === 'number' && Number.isFinite(fact)) return String(fact);
  return typeof fact === 'string' && fact !== '' ? fact : otherwise;
};

/** A sentence in both languages. It is whole whichever facts are missing: see {@link told}. */
export type Message = { readonly [language in Language]: (facts: Facts) => string };

/** Sentences by the name of the error (or of the occasion) that they are for. */
export type Messages = { readonly [name: string]: Message };

/** Sentences of a system, checked to be pairs, with their names kept for the type. */
export const defineMessages = <const M extends Messages>(messages: M): M => messages;

/**
 * What to tell a person about an error. A name without a sentence gets one that says only that it went wrong,
 * because a person is helped more by that than by a name.
 */
export const say = (messages: Messages, name: string, facts: object, language: Language): string => {
  const message = Object.hasOwn(messages, name) ? messages[name] : undefined;
  return (message ?? unknown)[language](facts as Facts);
};

const unknown: Message = {
  en: () => 'This could not be done.',
  hi: () => 'यह नहीं हो सका।',
};
