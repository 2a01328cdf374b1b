/** The pages of the payment saga, with what a thousand payments cost between two marks, in their language. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../localstack/cloud/paths.ts';
import type { Measured, Prices } from './measured.ts';
import { costs, type Language } from './report.ts';

const SAGA = join(ROOT, 'functions/paytm-saga');

export const FILES = {
  measured: join(SAGA, 'cost/measured.json'),
  prices: join(SAGA, 'cost/prices.json'),
} as const;

export const PAGES: readonly { readonly file: string; readonly language: Language }[] = [
  { file: join(SAGA, 'COSTS.md'), language: 'en' },
  { file: join(SAGA, 'COSTS.hi.md'), language: 'hi' },
];

export const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

const PLACE = /(<!-- costs, by npm run bench:costs -->\n)[\s\S]*?(<!-- end of the costs -->)/;

/** @throws {Error} the page has no place for them */
export const withCosts = (page: string, language: Language, measured: Measured, prices: Prices): string => {
  if (!PLACE.test(page)) throw new Error('the page has no place for what payments cost');
  return page.replace(
    PLACE,
    (_, begin: string, end: string) => `${begin}\n${costs(measured, prices, language)}\n\n${end}`,
  );
};

export const writePages = (measured: Measured, prices: Prices): void => {
  for (const { file, language } of PAGES)
    writeFileSync(file, withCosts(readFileSync(file, 'utf8'), language, measured, prices));
};
