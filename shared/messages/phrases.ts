/** What a schema expects, in words, for whoever sent something else. */

/** The Hindi of each phrase, by its English: zod hands on one text with what did not fit. */
const HINDI = new Map<string, string>();

/**
 * Words for a pattern or a rule, beside the schema that has it; they stand behind "expected:".
 *
 * `z.string().regex(/^[0-9]{10}$/, { error: phrase({ en: 'ten digits: the PNR', hi: 'दस अंक: PNR' }) })`
 *
 * @returns the English, which is how zod hands it on
 */
export const phrase = ({ en, hi }: { readonly en: string; readonly hi: string }): string => {
  HINDI.set(en, hi);
  return en;
};

/** Both languages of a {@link phrase}, by its English; undefined for any other text. */
export const phraseOf = (en: string): { readonly en: string; readonly hi: string } | undefined => {
  const hi = HINDI.get(en);
  return hi === undefined ? undefined : { en, hi };
};
