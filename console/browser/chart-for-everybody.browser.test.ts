import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCity } from '../../localstack/e2e/city.ts';
import { findingsOn } from './axe.fixture.ts';
import { openBrowser, visit } from './browser.fixture.ts';
import { alikeIn, GREY, type Picture, shot } from './grey.fixture.ts';
import { hidingOf } from './hidden.fixture.ts';
import { specialIn } from './train.fixture.ts';

const { city, stage, run } = openCity();
const MINUTE = 60_000;

describe('the chart of a train for everybody', () => {
  let browser: Browser;
  let special: Awaited<ReturnType<typeof specialIn>>;
  beforeAll(async () => {
    [browser, special] = await Promise.all([openBrowser(), specialIn(stage, run)]);
    await special.books(0, 'one', 2);
  }, MINUTE);
  afterAll(() => browser.close());

  it.each(['light', 'dark'] as const)(
    'tells every two states of a place apart without colour and without words, %s',
    async (colorScheme) => {
      const other = await visit(browser, city, { colorScheme, to: special.hash });
      const samples = other.page.locator('.chart-legend .berth.is-sample');
      await samples.first().waitFor();
      await other.page.addStyleTag({ content: `${GREY} .chart-legend { color: transparent }` });
      const pictures = new Map<string, Picture>();
      for (const sample of await samples.all()) {
        const looks = await sample
          .locator('.place')
          .evaluateAll((all) => all.map(({ className }) => className));
        pictures.set(looks.join(' '), [await shot(sample)]);
      }
      expect([...pictures.keys()]).toEqual([
        ...[
          'place is-free',
          'place is-held',
          'place is-taken',
          'place is-vacant',
          'place is-taken place is-free',
        ],
      ]);
      expect(await alikeIn(other.page, pictures)).toEqual([]);
      await other.leave();
    },
    MINUTE,
  );

  it.each([
    ['en-IN', 'light', 'drawn'],
    ['hi-IN', 'dark', 'table'],
  ] as const)(
    'is for everybody, on a telephone: %s, %s, %s',
    async (locale, colorScheme, view) => {
      const to = `${special.hash}&berth=B1-7&view=${view}`;
      const other = await visit(browser, city, {
        locale,
        colorScheme,
        to,
        viewport: { width: 400, height: 800 },
      });
      await other.page.locator('.chosen-berth').waitFor();
      await other.page.locator('[data-queue]').first().waitFor();
      const wide = await other.page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(400);
      await expect.poll(() => findingsOn(other.page), { timeout: 10_000 }).toEqual([]);
      await other.leave();
    },
    MINUTE,
  );

  it(
    'shows nobody who only looks who sits where, and asks nothing for them',
    async () => {
      const viewer = await visit(browser, city, { role: 'viewer', to: '/systems' });
      const asked: string[] = [];
      viewer.page.on('request', (request) => asked.push(request.url()));
      await viewer.go(special.hash);
      await viewer.page.getByText('is shown to operators alone').waitFor();
      expect(await viewer.page.locator('.coaches, .rail-queues').count()).toBe(0);
      expect(asked.filter((url) => /irctc-booking|\/trains/.test(url))).toEqual([]);
      await viewer.leave();
    },
    MINUTE,
  );

  it(
    'says what to do where railway booking is not deployed, or has no trains',
    async () => {
      // Of the city of other tests neither is so.
      const other = await visit(browser, city, { to: '/' });
      await other.page.route(/\/trains\?/, (route) => route.fulfill({ json: { items: [] } }));
      await other.page.route(/\/city-events\?/, (route) => route.fulfill({ json: { items: [] } }));
      await other.go('/chart');
      await other.page.getByText('npx --no dabba story irctc-booking', { exact: true }).waitFor();
      const bare = await visit(browser, city, { to: '/' });
      await bare.page.route(/\/systems$/, (route) => route.fulfill({ json: { items: [] } }));
      await bare.go('/chart');
      await bare.page.getByText('npx --no dabba deploy irctc-booking', { exact: true }).waitFor();
      await Promise.all([other.leave(), bare.leave()]);
    },
    MINUTE,
  );

  it(
    'says why there is no chart: mistyped, no such train, not of this class; and shows where something happened',
    async () => {
      const visitor = await visit(browser, city, { to: '/chart?train=nobodys' });
      const { page } = visitor;
      await page.getByRole('heading', { name: 'There is no such thing' }).waitFor();
      await visitor.go(`/chart?train=99999&date=${special.date}&class=3A`);
      await page.getByRole('heading', { name: 'There is no such thing' }).waitFor();
      await visitor.go(`/chart?train=${special.train}&date=${special.date}&class=CC`);
      await page.getByText('TrainNotRunningError').waitFor();
      // From the page of its system, with nothing chosen.
      await visitor.go('/systems/irctc-booking');
      await page.getByRole('link', { name: 'Its charts' }).click();
      // What is shown then stands in the address, and stays there.
      await page.waitForURL(/#\/chart\?train=\d{5}&date=[\d-]{10}&class=\w\w$/);
      await page.getByRole('link', { name: new RegExp(`^${special.train} · .* · 3A$`) }).click();
      await page.waitForURL((url) => url.hash === `#${special.hash}`);
      await page.getByRole('heading', { name: 'Coach B1' }).waitFor();
      await visitor.leave();
    },
    MINUTE,
  );

  it(
    'asks nobody while its tab is hidden, and goes on when somebody looks again',
    async () => {
      const other = await visit(browser, city, { clock: true, to: special.hash });
      await other.page.getByRole('heading', { name: 'Coach B1' }).waitFor();
      const { turn, askedIn } = hidingOf(other.page);
      await expect.poll(() => askedIn(4_000), { timeout: 10_000 }).toBeGreaterThan(0);
      await turn('hidden');
      await askedIn(1_000);
      expect(await askedIn(MINUTE)).toBe(0);
      await turn('visible');
      await expect.poll(() => askedIn(4_000), { timeout: 10_000 }).toBeGreaterThan(0);
      await other.leave();
    },
    MINUTE,
  );
});
