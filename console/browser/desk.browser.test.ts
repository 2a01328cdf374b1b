import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCity } from '../../localstack/e2e/city.ts';
import { queuesOf } from '../../localstack/e2e/queues.ts';
import { tableOf } from '../../localstack/e2e/table.ts';
import { newId, uuidV7 } from '../../shared/ids/index.ts';
import { openBrowser, type Visitor, visit } from './browser.fixture.ts';

const { city, run } = openCity();
const NOTICES = 'paytm-saga-deliver-notice';
const queues = queuesOf(city);
const table = tableOf(city, 'paytm-saga', 'PaymentsName');
const payment = newId('payment', uuidV7);

/** A notice that its consumer parks at once, since it does not know the kind. */
const poison = (name: string) => ({
  ...{ specversion: '1.0', id: `shown-${run}-${name}`, source: 'paytm-saga' },
  ...{ type: 'paytm-saga.NoticeRequested', time: '2026-11-29T00:00:00.000Z', subject: payment },
  ...{ datacontenttype: 'application/json', dataschema: 'urn:dabbawala:schema:paytm-saga.NoticeRequested:1' },
  ...{ correlationid: `corr-${run}-${name}`, traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` },
  data: { payment, kind: 'telegram', recipient: newId('user', uuidV7), amount: 900 },
});
const delivered = async () =>
  (await table.under(`PAYMENT#${payment}`)).filter(({ sk }) => String(sk).startsWith('NOTICE#'));

describe('the desk of dead letters in the browser', () => {
  let browser: Browser;
  let visitor: Visitor;
  let page: Page;
  let trail: string;
  beforeAll(async () => {
    browser = await openBrowser();
    trail = await queues.send(NOTICES, poison('edited'));
    visitor = await visit(browser, city, { to: '/dead-letters' });
    page = visitor.page;
  });
  afterAll(async () => {
    await visitor.leave();
    await browser.close();
  });
  const letterRow = () => page.getByRole('row').filter({ hasText: trail }).first();
  const outcomeRow = () => page.getByRole('row').filter({ hasText: trail }).last();
  /** Looks until the letter is there: its consumer parks it in a moment. A look that is under way disables the button. */
  const look = () =>
    expect
      .poll(
        async () => {
          await page.getByRole('button', { name: 'Look again' }).click();
          return letterRow().count();
        },
        { timeout: 30_000 },
      )
      .toBe(1);

  it('shows why a letter is here, and leaves what is wrong to be edited', async () => {
    await look();
    await letterRow().getByRole('button', { name: trail }).click();
    await page.getByText('InvalidInputError').first().waitFor();
    await page.getByText('"kind": "telegram"').waitFor();
    await letterRow().getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Dry run' }).click();
    await outcomeRow().getByText('would be sent back').waitFor();
    await outcomeRow().getByText('no record').waitFor();
    expect(await delivered()).toEqual([]);
  });

  it('sends it back edited, and sees it worked on once', async () => {
    await page.getByRole('button', { name: 'Another place' }).click();
    await page.getByLabel('Place, like /data/kind').fill('/data/kind');
    await page.getByLabel('New value, as JSON').fill('"receipt"');
    await page.getByRole('button', { name: 'Send back' }).click();
    await outcomeRow().getByText('sent back', { exact: true }).waitFor();
    await outcomeRow().getByText('processed: its consumer has a record').waitFor({ timeout: 30_000 });
    await expect.poll(async () => (await delivered()).length).toBe(1);
  });

  it('shows letters to a viewer, who can send none', async () => {
    const other = await visit(browser, city, { role: 'viewer', to: '/dead-letters' });
    await other.page.getByText('A viewer looks; an operator sends back.').waitFor();
    expect(await other.page.getByRole('button', { name: 'Send back' }).count()).toBe(0);
    await other.leave();
  });
});
