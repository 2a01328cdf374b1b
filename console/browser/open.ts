/** A real Chromium, for tests, pictures and benches. */
import { type Browser, chromium } from 'playwright-core';
import { chromiumOf } from '../../localstack/cloud/chromium.ts';

/** Without them it asks Google for this and that. */
const QUIET = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** @throws {Error} this machine has none */
export const openBrowser = (): Promise<Browser> => {
  const executablePath = chromiumOf();
  if (executablePath === undefined) throw new Error('no Chromium here: apt-get install chromium');
  return chromium.launch({ executablePath, args: QUIET });
};
