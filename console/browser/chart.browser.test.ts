import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BookingView } from '../../functions/irctc-booking/contract.ts';
import { openCity } from '../../localstack/e2e/city.ts';
import { queuesOf } from '../../localstack/e2e/queues.ts';
import { findingsOn } from './axe.fixture.ts';
import { openBrowser, type Visitor, visit } from './browser.fixture.ts';
import { specialIn } from './train.fixture.ts';

const { city, stage, run } = openCity();
const queues = queuesOf(city);
const MINUTE = 60_000;
const PARKING = 'irctc-booking-parking';

describe('the chart of a train in the browser', () => {
  let browser: Browser;
  let visitor: Visitor;
  let page: Page;
  let special: Awaited<ReturnType<typeof specialIn>>;
  let first: BookingView;
  beforeAll(async () => {
    [browser, special] = await Promise.all([openBrowser(), specialIn(stage, run)]);
    visitor = await visit(browser, city, { to: special.hash, reducedMotion: 'no-preference' });
    page = visitor.page;
    await page.getByRole('heading', { name: 'Coach B1' }).waitFor();
  }, MINUTE);
  afterAll(async () => {
    await visitor.leave();
    await browser.close();
  });

  const berth = (code: string, on = page) => on.locator(`[data-berth="${code}"]`);
  const sayingOf = (code: string, on = page) => berth(code, on).locator('.visually-hidden').innerText();
  const placesThat = (look: string, on = page) => on.locator(`.coaches .place.is-${look}`);
  const entries = (line: string) =>
    page.getByRole('region', { name: 'General' }).getByRole('list', { name: line }).getByRole('listitem');
  const moves = (booking: string) =>
    page.locator('.rail-moves tbody tr').filter({ hasText: booking.slice(-6) });

  it(
    'has each berth of the train where it lies, and shows one fill while somebody looks',
    async () => {
      expect(await page.locator('[data-berth]').count()).toBe(64);
      // Eight of the places are halves of the four berths that two share.
      expect(await placesThat('free').count()).toBe(68);
      expect(await sayingOf('B1-3')).toBe('B1-3, upper, Ladies, free');
      expect(await sayingOf('B1-7')).toBe(
        'B1-7, side lower, General, shared in RAC, half a: free, half b: free',
      );
      const booked = await special.books(0, 'one', 1);
      const [{ coach, berth: number } = {}] = booked.passengers;
      const code = `${coach}-${number}`;
      await expect.poll(() => placesThat('taken').count(), { timeout: 10_000 }).toBe(1);
      expect(await sayingOf(code)).toMatch(
        new RegExp(`^${code}, [a-z ]+, General, booked, R\\*\\*\\* S\\*\\*\\*$`),
      );
      const last = moves(booked.id).first().locator('td').last();
      await expect.poll(() => last.innerText(), { timeout: 10_000 }).toBe(`${code}, booked`);
      expect(await berth(code).getAttribute('class')).toContain('is-news');
      await page.getByText(`${booked.id.slice(-6)}, passenger 1: `).waitFor({ state: 'attached' });
      await special.cancels(booked);
      await expect.poll(() => placesThat('free').count(), { timeout: 10_000 }).toBe(68);
      await expect.poll(() => last.innerText(), { timeout: 10_000 }).toBe('–');
    },
    MINUTE,
  );

  it(
    'shows the lists move when somebody gives berths back: from waiting to RAC, from RAC to a berth, gliding and in words',
    async () => {
      first = await special.fill();
      await special.becomes('two people to wait', ({ lists: [general] }) => general?.waiting.length === 2);
      await expect.poll(() => entries('Waiting').count(), { timeout: 10_000 }).toBe(2);
      expect(await entries('RAC, share a berth').count()).toBe(8);
      // All are paid, and seen to be: else tickets and moves of the lists would be told in one sentence.
      await expect.poll(() => placesThat('held').count(), { timeout: 20_000 }).toBe(0);
      const keys = (line: string) =>
        entries(line).evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.glide ?? ''));
      const [waited] = await keys('Waiting');
      const [shared] = await keys('RAC, share a berth');
      await page.evaluate(() => {
        const glides: string[] = [];
        const { animate } = Element.prototype;
        Element.prototype.animate = function (this: HTMLElement, ...how) {
          glides.push(this.dataset.glide ?? '');
          return animate.apply(this, how);
        };
        Object.assign(globalThis, { glides });
      });
      await special.cancels(first, [1]);
      const rowsOf = (key = '') => {
        const [booking = '', passenger] = key.split(' ');
        return page.locator('.rail-moves tbody tr', { hasText: `${booking.slice(-6)}·${passenger}` }).first();
      };
      await expect
        .poll(() => rowsOf(waited).innerText(), { timeout: 15_000 })
        .toMatch(/WL 1\s+RAC 8 \(B1-\d+[ab]\)$/);
      await expect
        .poll(() => rowsOf(shared).innerText(), { timeout: 15_000 })
        .toMatch(/RAC 1 \(B1-\d+[ab]\)\s+B1-\d+, booked$/);
      expect((await keys('RAC, share a berth')).at(-1)).toBe(waited);
      expect(await page.locator('[aria-live=polite]').allInnerTexts()).toContainEqual(
        expect.stringMatching(/passenger \d: from (WL|RAC) \d/),
      );
      const glided = await page.evaluate(() => (globalThis as unknown as { glides: string[] }).glides);
      expect(glided).toContain(waited);
      await expect.poll(() => findingsOn(page), { timeout: 10_000 }).toEqual([]);
    },
    2 * MINUTE,
  );

  it(
    'is read by the keyboard alone, berth by berth, and says the same as a table',
    async () => {
      await berth('B1-1').focus();
      const presses = [
        ['ArrowUp', 'B1-2'],
        ['ArrowRight', 'B1-5'],
        ['ArrowRight', 'B1-10'],
        ['ArrowDown', 'B1-9'],
        ['ArrowDown', 'B1-16'],
        ['ArrowLeft', 'B1-8'],
      ] as const;
      const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.berth);
      for (const [key, code] of presses) {
        await page.keyboard.press(key);
        expect(await focused()).toBe(code);
      }
      await page.keyboard.press('Enter');
      await page.waitForURL(/berth=B1-8/);
      const open = page.getByRole('region', { name: 'Berth B1-8' });
      await open.getByText(/[A-Z]\*\*\* S\*\*\*, \d+, /).waitFor();
      expect(await open.getByRole('row').last().innerText()).toMatch(/\d{10}/);
      // A coach is one stop: the next one is outside of it.
      await berth('B1-8').focus();
      await page.keyboard.press('Tab');
      expect(await focused()).toBeUndefined();
      await open.getByRole('button', { name: 'Close' }).click();

      const drawn = await page.locator('[data-berth] .visually-hidden').allInnerTexts();
      await page.getByRole('button', { name: 'As a table' }).click();
      await page.waitForURL(/view=table/);
      // The address changes before the page does.
      const table = page.locator('.chart-places tbody tr');
      await expect.poll(() => table.count(), { timeout: 10_000 }).toBe(68);
      const rows = await table.allInnerTexts();
      const bookedIn = (texts: readonly string[]) => texts.join('\n').match(/booked/g)?.length;
      expect(bookedIn(rows)).toBe(bookedIn(drawn));
      await page.getByRole('button', { name: 'Drawn' }).click();
    },
    MINUTE,
  );

  it(
    'says of each queue how deep it is and how old its oldest message, and where its dead letters are',
    async () => {
      const id = `chart-${run}`;
      const row = (name: string) => page.locator(`[data-queue="${name}"]`);
      expect(await row('irctc-booking-allocate-berths.fifo').innerText()).toContain('booking.requests');
      await queues.send('irctc-booking-send-sms', { id });
      const letters = row(PARKING).getByRole('link', { name: `Dead letters in ${PARKING}` });
      await letters.waitFor();
      expect(await letters.getAttribute('href')).toBe(`#/dead-letters?queue=${PARKING}`);
      // CloudWatch tells of ages, and later than SQS counts.
      await expect
        .poll(() => row(PARKING).locator('td').nth(4).innerText(), { timeout: 45_000 })
        .toMatch(/^\d+ (s|min)/);
      await row(PARKING)
        .getByRole('img', { name: /now, \d+ at most since you look$/ })
        .waitFor();
      await queues.parked(PARKING, id);
    },
    2 * MINUTE,
  );

  it(
    'shows what is vacant once the chart is made, and nobody who waits',
    async () => {
      await special.charts();
      await special.becomes('the chart to be made', ({ lists }) =>
        lists.every(({ state }) => state === 'charted'),
      );
      await page.getByText('the chart is made').waitFor();
      await expect.poll(() => placesThat('vacant').count(), { timeout: 10_000 }).toBeGreaterThan(0);
      expect(await placesThat('free').count()).toBe(0);
      await expect.poll(() => page.locator('.rail-entry').count(), { timeout: 10_000 }).toBe(0);
    },
    MINUTE,
  );
});
