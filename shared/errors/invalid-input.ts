/** What zod found, in the words of the house and in both languages; zod's own locales would weigh 350 kB. */
import type * as z from 'zod';
import { phraseOf } from '../messages/phrases.ts';
import { type InputIssue, InvalidInputError } from './errors.ts';

type Issue = z.core.$ZodIssue;
interface Words {
  readonly en: string;
  readonly hi: string;
}

/**
 * The error for what did not parse. Parse with `reportInput`, so that what is missing can be told from what is wrong:
 * `schema.safeParse(input, { reportInput: true })`.
 *
 * @param where what the paths start with: `body`
 */
export const invalidInput = (error: z.ZodError | z.core.$ZodError, where: string): InvalidInputError =>
  new InvalidInputError({ issues: issuesOf(error.issues, [where]) }, { cause: withoutInput(error) });

/** So many fields are told, the first; a caller who has sent thousands of wrong ones is answered no book. */
const MOST_ISSUES = 20;
/** So much is told of where a field is: letters. */
const LONGEST_FIELD = 120;

/** The fields that are not as expected, the first {@link MOST_ISSUES}, and what was expected. */
export const issuesOf = (issues: readonly Issue[], at: readonly PropertyKey[]): InputIssue[] =>
  issues
    .slice(0, MOST_ISSUES)
    .flatMap((issue) => {
      const path = [...at, ...issue.path];
      if (issue.code === 'unrecognized_keys')
        return issue.keys.slice(0, MOST_ISSUES).map((key) => issueAt([...path, key], UNKNOWN_FIELD));
      if (issue.code === 'invalid_union') return ofUnion(issue, path);
      return [issueAt(path, expectation(issue))];
    })
    .slice(0, MOST_ISSUES);

const issueAt = (path: readonly PropertyKey[], { en, hi }: Words): InputIssue => ({
  field: shortened(path.map(String).join('.')),
  expected: en,
  expectedHi: hi,
});

const shortened = (field: string): string =>
  field.length > LONGEST_FIELD ? `${field.slice(0, LONGEST_FIELD)}…` : field;

/** Where none of several shapes fits, the one that fits best tells what is wrong with it. */
const ofUnion = (
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: readonly PropertyKey[],
): InputIssue[] => {
  const shapes = issue.errors.filter((shape) => shape.length > 0);
  const [first] = shapes;
  // Nothing known about the shapes: the field that tells them apart is the wrong one.
  if (!first) return [issueAt(path, isMissing(issue) ? REQUIRED : KNOWN_KIND)];
  const roots = shapes.flatMap((shape) => shape.filter((one) => one.path.length === 0));
  if (roots.length >= shapes.length) {
    const words = issuesOf(roots, path);
    return [
      issueAt(path, {
        en: [...new Set(words.map(({ expected }) => expected))].join(', or '),
        hi: [...new Set(words.map(({ expectedHi }) => expectedHi))].join(', या '),
      }),
    ];
  }
  return issuesOf(
    shapes.reduce((best, shape) => (shape.length < best.length ? shape : best), first),
    path,
  );
};

const UNKNOWN_FIELD: Words = {
  en: 'nothing, because no such field is known',
  hi: 'कुछ नहीं, क्योंकि ऐसा कोई फ़ील्ड नहीं है',
};
const REQUIRED: Words = { en: 'a value, because it is required', hi: 'कोई मान, क्योंकि यह ज़रूरी है' };
const KNOWN_KIND: Words = { en: 'a known kind', hi: 'कोई ज्ञात प्रकार' };
const VALID: Words = { en: 'a valid value', hi: 'सही मान' };

const isMissing = (issue: Issue): boolean => 'input' in issue && issue.input === undefined;

const expectation = (issue: Issue): Words => {
  switch (issue.code) {
    case 'invalid_type':
      return isMissing(issue) ? REQUIRED : (TYPES[issue.expected] ?? VALID);
    case 'invalid_value':
      return isMissing(issue) ? REQUIRED : oneOf(issue.values.map(String));
    case 'too_small':
      return bound(issue.origin, issue.minimum, issue.inclusive === false ? 'above' : 'least');
    case 'too_big':
      return bound(issue.origin, issue.maximum, issue.inclusive === false ? 'below' : 'most');
    case 'invalid_format':
      // Of a pattern without a phrase nothing is told: a person reads no regular expression.
      return phraseOf(issue.message) ?? FORMATS[issue.format] ?? VALID;
    case 'not_multiple_of':
      return { en: `a multiple of ${issue.divisor}`, hi: `${issue.divisor} का गुणज` };
    case 'custom':
      return phraseOf(issue.message) ?? VALID;
    default:
      return VALID;
  }
};

const TYPES: { readonly [type: string]: Words } = {
  string: { en: 'a text', hi: 'पाठ' },
  number: { en: 'a number', hi: 'संख्या' },
  nan: { en: 'a number', hi: 'संख्या' },
  int: { en: 'a whole number', hi: 'पूर्ण संख्या' },
  boolean: { en: 'true or false', hi: 'true या false' },
  object: { en: 'an object', hi: 'ऑब्जेक्ट' },
  record: { en: 'an object', hi: 'ऑब्जेक्ट' },
  array: { en: 'a list', hi: 'सूची' },
  null: { en: 'null', hi: 'null' },
};

const FORMATS: { readonly [format: string]: Words } = {
  datetime: { en: 'a time like 2026-11-24T11:30:00Z', hi: '2026-11-24T11:30:00Z जैसा समय' },
  date: { en: 'a date like 2026-11-24', hi: '2026-11-24 जैसी तारीख' },
  url: { en: 'a web address', hi: 'वेब पता' },
  email: { en: 'an e-mail address', hi: 'ई-मेल पता' },
  uuid: { en: 'a UUID', hi: 'UUID' },
};

const oneOf = (values: readonly string[]): Words =>
  values.length === 1
    ? { en: `exactly ${values[0]}`, hi: `ठीक ${values[0]}` }
    : { en: `one of ${values.join(', ')}`, hi: `इनमें से एक: ${values.join(', ')}` };

const BOUNDS = {
  least: { en: 'at least', hi: 'कम से कम' },
  most: { en: 'at most', hi: 'ज़्यादा से ज़्यादा' },
  above: { en: 'more than', hi: 'इससे ज़्यादा:' },
  below: { en: 'less than', hi: 'इससे कम:' },
};

const bound = (origin: string, limit: unknown, kind: keyof typeof BOUNDS): Words => {
  const { en, hi } = BOUNDS[kind];
  const [unitEn, unitHi] = UNITS[origin] ?? ['', ''];
  return { en: `${en} ${limit}${unit(limit, unitEn)}`, hi: `${hi} ${limit}${unitHi}` };
};

const unit = (count: unknown, plural: string): string =>
  count === 1 ? plural.replace(/ies$/, 'y').replace(/s$/, '') : plural;

const UNITS: { readonly [origin: string]: readonly [string, string] } = {
  string: [' characters', ' अक्षर'],
  array: [' entries', ' प्रविष्टियाँ'],
  set: [' entries', ' प्रविष्टियाँ'],
};

/** The cause goes into the log, and what a caller has sent does not belong there. */
const withoutInput = (error: z.core.$ZodError): Error =>
  Object.assign(
    new Error(
      error.issues
        .slice(0, MOST_ISSUES)
        .map(({ code, path }) => `${shortened(path.map(String).join('.'))} ${code}`)
        .join('; '),
    ),
    {
      name: 'ZodError',
    },
  );
