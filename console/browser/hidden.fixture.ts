/** A tab that is left and come back to, and what its page asks meanwhile. */
import type { Page } from 'playwright-core';

/** @param page of a visitor whose clock the test has */
export const hidingOf = (page: Page) => {
  let asked = 0;
  page.on('request', () => {
    asked += 1;
  });
  return {
    /** As the browser tells a page that its tab is left, or come back to. */
    turn: (state: 'hidden' | 'visible') =>
      page.evaluate((to) => {
        Object.defineProperty(document, 'visibilityState', { value: to, configurable: true });
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
      }, state),
    /** How many questions are asked while the page's timers run for so long. */
    askedIn: async (milliseconds: number) => {
      await page.waitForLoadState('networkidle');
      const before = asked;
      await page.clock.runFor(milliseconds);
      return asked - before;
    },
  };
};
