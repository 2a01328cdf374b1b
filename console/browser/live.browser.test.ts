import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCity } from '../../localstack/e2e/city.ts';
import { rupeesIn } from '../words/format.ts';
import { findingsOn } from './axe.fixture.ts';
import { openBrowser, type Visitor, visit } from './browser.fixture.ts';
import { burgersIn, WAY } from './order.fixture.ts';

const { city, stage, run } = openCity();
const MINUTE = 60_000;
const [bandra, mahim, shivajiPark] = WAY;

describe('live Mumbai in the browser', () => {
  let browser: Browser;
  let visitor: Visitor;
  let page: Page;
  let burgers: Awaited<ReturnType<typeof burgersIn>>;
  beforeAll(async () => {
    // An address of this run alone: sign-ups are counted by it.
    const from = `198.51.99.${Number.parseInt(run.slice(0, 2), 16)}`;
    [browser, burgers] = await Promise.all([openBrowser(), burgersIn(stage, run, from)]);
    await burgers.kitchen('ACCEPTED');
    await burgers.takes();
    visitor = await visit(browser, city, { to: '/systems' });
    page = visitor.page;
    await page.addInitScript(() => {
      const opened: WebSocket[] = [];
      globalThis.WebSocket = class extends WebSocket {
        constructor(url: string) {
          super(url);
          opened.push(this);
        }
      } as never;
      Object.assign(globalThis, { opened });
    });
    await page.reload();
    await visitor.go('/live');
  }, MINUTE);
  afterAll(async () => {
    burgers.close();
    await visitor.leave();
    await browser.close();
  });

  const rowOf = (on: Page) =>
    on.getByRole('row').filter({ has: on.getByRole('link', { name: `Order ${burgers.order.id}` }) });
  const markerOf = (on: Page) =>
    on.getByRole('link', { name: `Rider ${burgers.riderId}, Order ${burgers.order.id}` });
  const now = (on: Page) => on.locator('.stage.is-now .stage-name');
  const chosen = () => `/live?order=${burgers.order.id}`;
  const becomes = (state: string, on = page) =>
    expect.poll(() => now(on).innerText(), { timeout: 20_000 }).toBe(state);

  it(
    'shows who rides where, and of the chosen order state, bill, chat and log, as it goes on',
    async () => {
      await rowOf(page).getByRole('link').click();
      await page.waitForURL((url) => url.hash === `#${chosen()}`);
      await becomes('Accepted');
      await page.getByText('Live', { exact: true }).waitFor();
      await page.getByText('Brought by Ravi Kumar').waitFor();
      const bill = page.locator('.bill');
      await bill.getByRole('row', { name: `Total ${rupeesIn('en', burgers.order.bill.total)}` }).waitFor();
      await bill.getByText('due on delivery, in cash at the door').waitFor();

      await burgers.kitchen('PREPARING');
      await becomes('Being cooked');
      await burgers.isAt(bandra);
      await markerOf(page).and(page.locator('[aria-label$="near Bandra"]')).waitFor();
      // Nobody knows yet where to.
      expect(await markerOf(page).locator('path').count()).toBe(0);
      const before = await markerOf(page).getAttribute('style');
      await burgers.isAt(mahim);
      await markerOf(page).and(page.locator('[aria-label$="near Mahim"]')).waitFor();
      expect(await markerOf(page).getAttribute('style')).not.toBe(before);
      const heading = await markerOf(page).locator('path').getAttribute('transform');
      // To the south.
      expect(Number(/rotate\((\d+)\)/.exec(heading ?? '')?.[1])).toBeCloseTo(177, -1);
      await expect.poll(() => rowOf(page).innerText(), { timeout: 10_000 }).toContain('near Mahim');
      await page.getByText(/near Mahim, \d+ s ago · [\d.]+ km left, there about \d\d:\d\d IST/).waitFor();

      await burgers.customerWrites('Second floor, please');
      await burgers.riderWrites('मैं पहुँच रहा हूँ');
      const chat = page.getByRole('log', { name: 'Chat' });
      await chat.getByText('मैं पहुँच रहा हूँ').waitFor();
      expect(await chat.locator('.message').allInnerTexts()).toEqual([
        expect.stringMatching(/^Customer · [\d:.]+ IST\nSecond floor, please$/),
        expect.stringMatching(/^Rider · [\d:.]+ IST\nमैं पहुँच रहा हूँ$/),
      ]);
      const log = page.locator('.order-log tbody tr');
      await log.filter({ hasText: 'Message: Rider' }).waitFor();
      const numbers = await log.locator('td:first-child').allInnerTexts();
      expect(numbers).toEqual(numbers.map((_, n) => String(numbers.length - n)));
      expect(await log.last().innerText()).toContain('Your order is placed.');
    },
    MINUTE,
  );

  it(
    'goes on where it was after the connection was cut, in another language too',
    async () => {
      const log = page.locator('.order-log tbody tr');
      const had = await log.count();
      /** How many sockets there were; the last one is cut, as by a lift. */
      const cut = () =>
        page.evaluate(() => {
          const { opened } = globalThis as unknown as { opened: WebSocket[] };
          opened.at(-1)?.close();
          return opened.length;
        });
      const sockets = await cut();
      await burgers.kitchen('READY');
      await becomes('Ready');
      expect(await log.locator('td:first-child').allInnerTexts()).toEqual(
        Array.from({ length: had + 1 }, (_, n) => String(had + 1 - n)),
      );
      expect(await cut()).toBeGreaterThan(sockets);
      await page.getByRole('button', { name: 'हिन्दी में दिखाएँ' }).click();
      await page.locator('.order-log').getByText('आपका ऑर्डर दर्ज हो गया है।').waitFor();
      await becomes('तैयार');
      await page.getByRole('button', { name: 'Show in English' }).click();
      await becomes('Ready');
    },
    MINUTE,
  );

  it(
    'asks for the log where no socket opens, and is found by the keyboard alone',
    async () => {
      const other = await visit(browser, city, { to: '/systems' });
      await other.page.addInitScript(() => {
        globalThis.WebSocket = class extends EventTarget {
          constructor() {
            super();
            setTimeout(() => this.dispatchEvent(new Event('close')));
          }
          send() {}
          close() {}
        } as never;
      });
      await other.page.reload();
      await other.go('/live');
      await markerOf(other.page).focus();
      await other.page.keyboard.press('Enter');
      await other.page.waitForURL((url) => url.hash === `#${chosen()}`);
      await other.page.getByText('No socket here').waitFor();
      await becomes('Ready', other.page);
      await burgers.rider('PICKED_UP');
      await becomes('Picked up', other.page);
      await burgers.isAt(shivajiPark);
      await markerOf(other.page).and(other.page.locator('[aria-label$="near Shivaji Park"]')).waitFor();
      await other.leave();
    },
    MINUTE,
  );

  it.each([
    ['en-IN', 'light', 'reduce', 'none'],
    ['hi-IN', 'dark', 'no-preference', 'transform'],
  ] as const)(
    'is for everybody, on a telephone: %s, %s, and glides only for who wants it (%s)',
    async (locale, colorScheme, reducedMotion, glides) => {
      const viewport = { width: 400, height: 800 };
      const other = await visit(browser, city, {
        locale,
        colorScheme,
        reducedMotion,
        viewport,
        to: chosen(),
      });
      await now(other.page).waitFor();
      const rider = other.page.locator('.mumbai .rider.is-chosen');
      expect(await rider.evaluate((one) => getComputedStyle(one).transitionProperty)).toBe(glides);
      const wide = await other.page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(400);
      await expect.poll(() => findingsOn(other.page), { timeout: 10_000 }).toEqual([]);
      await other.leave();
    },
    MINUTE,
  );

  it(
    'shows nobody who only looks where a rider is, and asks nothing for them',
    async () => {
      const viewer = await visit(browser, city, { role: 'viewer', to: '/systems' });
      const asked: string[] = [];
      viewer.page.on('request', (request) => asked.push(request.url()));
      await viewer.go(chosen());
      await viewer.page.getByText('is shown to operators alone').waitFor();
      expect(await viewer.page.locator('.mumbai, .stages').count()).toBe(0);
      expect(asked.filter((url) => /swiggy-tracking|zomato-ordering/.test(url))).toEqual([]);
      await viewer.leave();
    },
    MINUTE,
  );

  it(
    'says how something is made to move where nothing does',
    async () => {
      // Of a city in which other tests order nobody can say that nothing is under way.
      const none = { json: { items: [], more: false } };
      const other = await visit(browser, city, { to: '/systems' });
      await other.page.route(/\/(orders|riders)\?limit=/, (route) => route.fulfill(none));
      await other.go('/live');
      await other.page.getByText('npx --no dabba story swiggy-tracking', { exact: true }).waitFor();
      await other.leave();
    },
    MINUTE,
  );

  it(
    'says that an order is not there, whoever mistyped it, and what comes to its end',
    async () => {
      await visitor.go('/live?order=order_0193a5c0-0000-7000-8000-000000000001');
      await page.getByRole('heading', { name: 'There is no such thing' }).waitFor();
      await visitor.go('/live?order=nobodys');
      await page.getByRole('heading', { name: 'There is no such thing' }).waitFor();
      await visitor.go(chosen());
      await becomes('Picked up');
      await burgers.rider('OUT_FOR_DELIVERY');
      await burgers.rider('DELIVERED');
      await expect.poll(() => page.locator('.stage.is-done').count(), { timeout: 20_000 }).toBe(7);
      await page.locator('.bill').getByText('paid, in cash at the door').waitFor();
      await markerOf(page).waitFor({ state: 'detached' });
      await rowOf(page).waitFor({ state: 'detached' });
      expect(visitor.broken()).toEqual([]);
    },
    MINUTE,
  );
});
