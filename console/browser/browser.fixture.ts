/** A real Chromium on the console of the city under test. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { signInAddress } from '../../localstack/cli/console.ts';
import type { CityFile } from '../../localstack/cloud/city.ts';
import { openBrowser } from './open.ts';

export { openBrowser };

export interface Visit extends BrowserContextOptions {
  /** @default 'operator' */
  readonly role?: 'operator' | 'viewer';
  /** Where to go once signed in, behind the `#`. @default '/' */
  readonly to?: string;
  /** Whether the test can make the page's timers run ahead. @default false */
  readonly clock?: boolean;
}

export interface Visitor {
  readonly page: Page;
  /** Goes to another address of the page, as a link would. */
  readonly go: (hash: string) => Promise<void>;
  /** What went wrong in the page itself; a test wants none. */
  readonly broken: () => readonly string[];
  readonly leave: () => Promise<void>;
}

/** Signs somebody in, as the address that `dabba console` prints does. */
export const visit = async (
  browser: Browser,
  city: CityFile,
  { role = 'operator', to = '/', clock = false, ...options }: Visit = {},
): Promise<Visitor> => {
  const address = await signInAddress(city, role);
  if (address === undefined) throw new Error('this city has no console');
  const context = await browser.newContext({
    ...{ viewport: { width: 1400, height: 1000 }, locale: 'en-IN', colorScheme: 'light' },
    ...{ acceptDownloads: true, reducedMotion: 'reduce' },
    ...options,
  });
  if (clock) await context.clock.install();
  const page = await context.newPage();
  const broken: string[] = [];
  page.on('pageerror', (error) => broken.push(error.stack ?? error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(city.endpoint) && !/^(data|blob):/.test(url)) broken.push(`asked ${url}`);
  });
  await page.goto(`${address}&to=${encodeURIComponent(to)}`);
  await page.getByRole('navigation').first().waitFor();
  return {
    page,
    go: (hash) => page.evaluate((next) => location.assign(`#${next}`), hash),
    broken: () => broken,
    leave: async () => {
      if (broken.length > 0) throw new Error(`the page broke:\n${broken.join('\n')}`);
      await context.close();
    },
  };
};
