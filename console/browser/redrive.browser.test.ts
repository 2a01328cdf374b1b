import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../functions/console/contract.ts';
import type { PaymentId } from '../../functions/paytm-saga/contract.ts';
import { OperationKey } from '../../functions/sandbox-bank/contract.ts';
import { openCity } from '../../localstack/e2e/city.ts';
import { executionsOf } from '../../localstack/e2e/executions.ts';
import { tableOf } from '../../localstack/e2e/table.ts';
import { askedToApprove, ended, type Person, pay } from '../../localstack/story/cast.ts';
import { openBrowser, type Visitor, visit } from './browser.fixture.ts';

const { bank, cast, city, stage, run: test } = openCity();
const MACHINE = 'paytm-saga-payment';
const MINUTE = 60_000;
const executions = executionsOf(city, MACHINE);
const operator = stage.as(stage.operator, 'console', routes);
const table = tableOf(city, 'paytm-saga', 'PaymentsName');

describe('a redrive in the browser', () => {
  let browser: Browser;
  let visitor: Visitor;
  let page: Page;
  let payer: Person;
  let merchant: Awaited<ReturnType<typeof cast.merchant>>;
  beforeAll(async () => {
    [browser, payer, merchant] = await Promise.all([
      openBrowser(),
      cast.person('redrives'),
      cast.merchant('redrives'),
    ]);
    await bank.changeAccount({ path: { id: payer.account }, body: { approvals: 'by_hand' } });
    visitor = await visit(browser, city);
    page = visitor.page;
  });
  afterAll(async () => {
    await visitor.leave();
    await browser.close();
    executions.sfn.destroy();
  });

  /** A payment that waits for its payer, on the page. The sweeper leaves it alone: it seems to have begun just now. */
  const waiting = async (reference: string): Promise<PaymentId> => {
    const { id } = await pay(payer, { reference, merchant, amount: 30 });
    await askedToApprove(payer, id);
    await executions.asks(id, 'AwaitBank');
    const record = (await table.under(`PAYMENT#${id}`)).find(({ sk }) => sk === 'PAYMENT');
    if (record === undefined) throw new Error(`there is no record of ${id}`);
    await table.age(record, ['createdAt'], -10 * MINUTE);
    await visitor.go(`/machines/${MACHINE}/runs/${id}.1`);
    await page.getByRole('heading', { name: `${id}.1` }).waitFor();
    return id;
  };
  const approve = (id: PaymentId) =>
    bank.answerRequest({ path: { key: OperationKey.parse(id) }, body: { decision: 'approve' } });
  const button = () => page.getByRole('button', { name: 'Redrive…' });
  const form = () => page.getByRole('dialog');

  it(
    'asks first, says what will run again, and shows that the run goes on to its good end',
    async () => {
      const id = await waiting('shown');
      expect(await button().count()).toBe(0);
      await executions.stop(id);
      await page.getByText('AWS allows it').waitFor();
      await button().click();
      await form().getByText('Runs again, with fresh retries: AwaitBank').waitFor();
      await form()
        .getByText(/^May run again.*ReserveFunds/)
        .waitFor();
      await form().getByRole('button', { name: 'Redrive', exact: true }).click();
      await page.getByText('Redriven: 1').waitFor();
      await approve(id);
      await page.getByText('ended in Completed').waitFor({ timeout: MINUTE });
      expect((await ended(payer, id)).status).toBe('completed');

      // It has succeeded: the page says so, and offers nothing that would be refused.
      await page.getByText('AWS does not allow it').waitFor();
      expect(await button().getAttribute('aria-disabled')).toBe('true');
      await button().hover();
      await page.getByRole('tooltip').getByText('it has succeeded').waitFor();
      const other = await visit(browser, city, {
        ...{ role: 'viewer', to: `/machines/${MACHINE}/runs/${id}.1` },
      });
      await other.page.getByText('AWS does not allow it').waitFor();
      expect(await other.page.getByRole('button', { name: 'Redrive…' }).count()).toBe(0);
      await other.leave();
    },
    2 * MINUTE,
  );

  it(
    'that comes too late was refused, and says why',
    async () => {
      const id = await waiting('late');
      await executions.stop(id);
      await button().click();
      await form().getByText('Runs again, with fresh retries: AwaitBank').waitFor();
      await operator.redriveRun({
        path: { machine: MACHINE, run: `${id}.1` },
        idempotencyKey: `${test}.faster`,
      });
      await form().getByRole('button', { name: 'Redrive', exact: true }).click();
      await form().getByText('This was refused').waitFor();
      await form().getByText(`${id}.1 is under way. Only one that has ended, and not well`).waitFor();
      expect(await form().getByRole('button', { name: 'Try again' }).count()).toBe(0);
      expect(await form().getByText('could not be read').count()).toBe(0);
      await form().getByRole('button', { name: 'Cancel' }).click();
      await page.getByText('Redriven: 1').waitFor();
      await approve(id);
      await page.getByText('ended in Completed').waitFor({ timeout: MINUTE });
    },
    2 * MINUTE,
  );
});
