import { join } from 'node:path';
import { ROOT } from '../../cloud/paths.ts';
import type { Results } from './results.ts';
import { type Counts, countsOf } from './table.ts';

/** The pages of users that show the table in numbers, between two marks, in their language. */
export const USERS_PAGES: readonly { readonly file: string; readonly numbers: (counts: Counts) => string }[] =
  [
    {
      file: join(ROOT, 'localstack/README.md'),
      numbers: ({ asked, relied, targets }) => `${asked} behaviours, ${relied} of which our code relies on.

| | as AWS does | otherwise | not asked yet |
|---|---|---|---|
${targets.map((target) => rowOf(target, EN)).join('\n')}`,
    },
    {
      file: join(ROOT, 'localstack/README.hi.md'),
      numbers: ({ asked, relied, targets }) => `${asked} व्यवहार, जिनमें से ${relied} पर हमारा कोड टिका है।

| | AWS जैसा | अलग | अभी पूछा नहीं |
|---|---|---|---|
${targets.map((target) => rowOf(target, HI)).join('\n')}`,
    },
  ];

const EN: Readonly<Record<string, string>> = {
  local: 'the local cloud',
  stock: 'the same without our corrections',
};
const HI: Readonly<Record<string, string>> = {
  local: 'लोकल क्लाउड',
  stock: 'वही, हमारे सुधारों के बिना',
};

const rowOf = (
  { name, pass, differ, notRun }: Counts['targets'][number],
  names: Readonly<Record<string, string>>,
): string => `| ${names[name] ?? name} | ${pass} | ${differ} | ${notRun} |`;

const PLACE = /(<!-- seen -->\n)[\s\S]*?(<!-- \/seen -->)/;

/**
 * A page of users with the numbers of these results.
 * @throws {Error} it has no place for them
 */
export const withNumbers = (page: string, numbers: (counts: Counts) => string, results: Results): string => {
  if (!PLACE.test(page))
    throw new Error('The page has no place for the numbers: <!-- seen --> … <!-- /seen -->');
  return page.replace(PLACE, `$1${numbers(countsOf(results))}\n$2`);
};
