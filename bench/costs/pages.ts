/** Pages of systems with what a thousand acts of theirs cost between two marks, in their language. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../localstack/cloud/paths.ts';
import { ACTS, type ActsSystem, type Language } from './acts.ts';
import { actCosts } from './acts-report.ts';
import type { Measured, MeasuredActs, Prices } from './measured.ts';
import { costs } from './report.ts';

/** Of which systems there are pages. */
export const SYSTEMS = ['paytm-saga', ...(Object.keys(ACTS) as ActsSystem[])] as const;
export type System = (typeof SYSTEMS)[number];

export const PRICES = join(import.meta.dirname, 'prices.json');

/** What a run wrote; the pages are reckoned from it. */
export const measuredFile = (system: System): string => join(ROOT, 'functions', system, 'cost/measured.json');

export const pagesOf = (
  system: System,
): readonly { readonly file: string; readonly language: Language }[] => [
  { file: join(ROOT, 'functions', system, 'COSTS.md'), language: 'en' },
  { file: join(ROOT, 'functions', system, 'COSTS.hi.md'), language: 'hi' },
];

export const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

/** What stands between the marks of a page, from the last measurement and the prices. */
export const costsOf = (system: System, language: Language): string => {
  const prices = readJson<Prices>(PRICES);
  const file = measuredFile(system);
  return system === 'paytm-saga'
    ? costs(readJson<Measured>(file), prices, language)
    : actCosts(system, readJson<MeasuredActs>(file), prices, language);
};

const PLACE = /(<!-- costs, by npm run bench:costs -->\n)[\s\S]*?(<!-- end of the costs -->)/;

/** @throws {Error} the page has no place for them */
export const withCosts = (page: string, written: string): string => {
  if (!PLACE.test(page)) throw new Error('the page has no place for what it costs');
  return page.replace(PLACE, (_, begin: string, end: string) => `${begin}\n${written}\n\n${end}`);
};

/** Writes the pages of a system anew, where it was measured. */
export const writePages = (system: System): void => {
  if (!existsSync(measuredFile(system))) return;
  for (const { file, language } of pagesOf(system))
    writeFileSync(file, withCosts(readFileSync(file, 'utf8'), costsOf(system, language)));
};
