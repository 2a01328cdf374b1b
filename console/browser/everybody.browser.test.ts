import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCity } from '../../localstack/e2e/city.ts';
import { ended, pay } from '../../localstack/story/cast.ts';
import { findingsOn } from './axe.fixture.ts';
import { openBrowser, visit } from './browser.fixture.ts';
import { hidingOf } from './hidden.fixture.ts';

const { cast, city } = openCity();
const MACHINE = 'paytm-saga-payment';
/** No name of an execution: an address that a person mistyped. */
const REFUSED = `/machines/${MACHINE}/runs/a%20b`;
const MINUTE = 60_000;

describe('the console for everybody', () => {
  let browser: Browser;
  let run: string;
  beforeAll(async () => {
    const [opened, payer, merchant] = await Promise.all([
      openBrowser(),
      cast.person('everybody', { wallet: 100 }),
      cast.merchant('open-to-all'),
    ]);
    browser = opened;
    const { id } = await pay(payer, { reference: 'all', merchant, amount: 10, method: 'paytm_wallet' });
    await ended(payer, id);
    run = `/machines/${MACHINE}/runs/${id}.1`;
  }, MINUTE);
  afterAll(() => browser.close());

  /** Every page with what shows that it is there, in whichever language. */
  const pages = (): readonly (readonly [hash: string, there: string])[] => [
    ['/', `a[href$="status=RUNNING"]`],
    [`/machines/${MACHINE}`, 'input[type=search]'],
    [`${run}?state=ReserveFunds`, '.lens'],
    [`${run}?view=graph&tab=ledger`, '.react-flow__node'],
    [`${run}?tab=queues`, '.queues'],
    [`${run}?tab=logs`, '.span-row'],
    [`${run}?tab=report`, '.lens'],
    [`${run}?tab=compare`, '.lens'],
    [`${run}?tab=events`, '.event-row'],
    ['/systems', 'main h1'],
    ['/systems/paytm-saga', 'tr:has-text("paytm-saga-Payments")'],
    ['/traces', 'main h1'],
    ['/dead-letters', 'main h1'],
    ['/events', 'main h1'],
    ['/live', '.mumbai'],
    ['/chart', '[data-queue]'],
    // What the city refuses to tell, and what is not there.
    [REFUSED, 'a[href^="#/traces/"]'],
    [`/machines/${MACHINE}/runs/nobodys`, 'main h1'],
  ];

  it.each([
    ['English', 'light', 'en-IN'],
    ['English', 'dark', 'en-IN'],
    ['हिन्दी', 'light', 'hi-IN'],
    ['हिन्दी', 'dark', 'hi-IN'],
  ] as const)(
    'axe finds nothing in %s, %s',
    async (_language, colorScheme, locale) => {
      const visitor = await visit(browser, city, { colorScheme, locale });
      for (const [hash, there] of pages()) {
        await visitor.go(hash);
        await visitor.page.locator(there).first().waitFor();
        // What loads has no heading yet: what is found must be so still when all is there.
        await expect
          .poll(async () => [hash, ...(await findingsOn(visitor.page))], { timeout: 10_000 })
          .toEqual([hash]);
      }
      await visitor.leave();
    },
    3 * MINUTE,
  );

  it(
    'says of what was refused that it was, and why, in either language, and offers no other try',
    async () => {
      const visitor = await visit(browser, city, { to: REFUSED });
      const { page } = visitor;
      await page.getByRole('heading', { name: 'This was refused' }).waitFor();
      await page.getByText('path.run: the name of an execution').waitFor();
      expect(await page.getByText('could not be read').count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
      await visitor.leave();
      const other = await visit(browser, city, { to: REFUSED, locale: 'hi-IN' });
      await other.page.getByRole('heading', { name: 'इसके लिए मना कर दिया गया' }).waitFor();
      await other.page.getByText('किसी एक्ज़ीक्यूशन का नाम').waitFor();
      await other.leave();
    },
    MINUTE,
  );

  it(
    'lets somebody go on typing while the list follows, and going on choosing',
    async () => {
      const visitor = await visit(browser, city, { to: `/machines/${MACHINE}` });
      const { page } = visitor;
      const search = page.getByRole('searchbox', { name: 'Business id or execution, whole or in part' });
      await search.click();
      await page.keyboard.type('pay');
      await page.waitForURL(/search=pay$/);
      await page.keyboard.type('ment');
      await page.waitForURL(/search=payment$/);
      expect(await search.inputValue()).toBe('payment');
      await visitor.go('/traces');
      await page.getByText('Errors only').click();
      await page.waitForURL(/status=error/);
      await page.keyboard.press('Space');
      await page.waitForURL(/#\/traces\??$/);
      await visitor.leave();
    },
    MINUTE,
  );

  it.each([
    ['en-IN', 'Tables', 'ready', 'by a stream', /about every six hours/],
    ['hi-IN', 'टेबल', 'तैयार', 'स्ट्रीम से', /लगभग हर छह घंटे/],
  ] as const)(
    'shows the tables of a system in %s, how old the count of their items is, and its machines',
    async (locale, heading, ready, streams, help) => {
      const visitor = await visit(browser, city, { locale, to: '/systems/paytm-saga' });
      const { page } = visitor;
      await page.getByRole('heading', { name: heading }).waitFor();
      await page.getByText(help).waitFor();
      const payments = page.getByRole('row').filter({ hasText: 'paytm-saga-Payments' });
      await payments.getByText(ready).waitFor();
      await payments.getByText(streams).waitFor();
      expect(await page.getByRole('link', { name: MACHINE }).getAttribute('href')).toBe(
        `#/machines/${MACHINE}`,
      );
      await visitor.leave();
    },
    MINUTE,
  );

  it(
    'speaks Hindi, with the zone of each time named and Indian numbers',
    async () => {
      const visitor = await visit(browser, city, { locale: 'hi-IN' });
      const { page } = visitor;
      await page.getByRole('heading', { name: 'स्टेट मशीनें' }).waitFor();
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('hi');
      await visitor.go(`${run}?tab=ledger`);
      await page.getByText('संतुलित: सभी प्रविष्टियों का जोड़ ₹0.00 है').waitFor();
      await expect.poll(() => page.getByText(/ IST/).count()).toBeGreaterThan(1);
      // And changes its mind.
      await page.getByRole('button', { name: 'Show in English' }).click();
      await page.getByText('Balanced: all postings add up to ₹0.00').waitFor();
      await visitor.leave();
    },
    MINUTE,
  );

  it(
    'is used by the keyboard alone: from the list to a step, and through its moments',
    async () => {
      const visitor = await visit(browser, city, { to: run });
      const { page } = visitor;
      await page.locator('.lens').waitFor();
      const tabTo = async (name: string) => {
        for (let presses = 0; presses < 80; presses++) {
          await page.keyboard.press('Tab');
          const focused = await page.evaluate(() => {
            const { activeElement } = document;
            return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? '';
          });
          if (focused.trim() === name) return;
        }
        throw new Error(`80 presses of Tab did not lead to ${name}`);
      };
      await tabTo('Moment');
      await page.keyboard.press('ArrowLeft');
      await expect.poll(() => page.url()).toContain('at=');
      await page.keyboard.press('End');
      await tabTo('ReserveFunds');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'ReserveFunds' }).waitFor();
      expect(page.url()).toContain('state=ReserveFunds');
      await visitor.leave();
    },
    MINUTE,
  );

  it(
    'shows a viewer everything but what acts',
    async () => {
      const visitor = await visit(browser, city, {
        role: 'viewer',
        to: `${run}?state=ReserveFunds&tab=ledger`,
      });
      const { page } = visitor;
      await page.getByText('Postings are shown to operators alone; you are signed in as a viewer.').waitFor();
      expect(await page.getByText('Fail here').count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Save as test' }).count()).toBe(0);
      await visitor.leave();
    },
    MINUTE,
  );

  it(
    'knows its session in another tab, and signs out in every tab',
    async () => {
      const visitor = await visit(browser, city, { to: `/machines/${MACHINE}` });
      const { page } = visitor;
      await page
        .getByRole('link', { name: /payment_/ })
        .first()
        .waitFor();
      const other = await page.context().newPage();
      await other.goto(page.url());
      await other
        .getByRole('link', { name: /payment_/ })
        .first()
        .waitFor();
      await page.getByRole('button', { name: 'Operator' }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Sign in to the console' }).waitFor();
      await other.getByRole('heading', { name: 'Sign in to the console' }).waitFor();
      await visitor.leave();
    },
    MINUTE,
  );

  it(
    'says what to do to somebody whose code was used',
    async () => {
      const visitor = await visit(browser, city);
      const stranger = await (await browser.newContext({ locale: 'en-IN' })).newPage();
      const address = visitor.page.url().split('#')[0] ?? '';
      await stranger.goto(`${address}#/sign-in?code=${'a'.repeat(43)}`);
      await stranger.getByText('This code is used up or too old').waitFor();
      await stranger.getByText('npx --no dabba console', { exact: true }).waitFor();
      expect(stranger.url()).not.toContain('code=');
      await stranger.context().close();
      await visitor.leave();
    },
    MINUTE,
  );

  it(
    'asks nobody while its tab is hidden, and goes on when somebody looks again',
    async () => {
      const visitor = await visit(browser, city, { clock: true });
      const { page } = visitor;
      await page.getByRole('link', { name: MACHINE }).waitFor();
      const { turn, askedIn } = hidingOf(page);
      await expect.poll(() => askedIn(MINUTE)).toBeGreaterThan(0);
      await turn('hidden');
      // What was under way when it was left comes to its end.
      await askedIn(1_000);
      expect(await askedIn(5 * MINUTE)).toBe(0);
      await turn('visible');
      await expect.poll(() => askedIn(MINUTE)).toBeGreaterThan(0);
      await visitor.leave();
    },
    MINUTE,
  );
});
