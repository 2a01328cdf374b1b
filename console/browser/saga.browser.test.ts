import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../localstack/cloud/paths.ts';
import { armouryOf } from '../../localstack/e2e/armed.ts';
import { openCity } from '../../localstack/e2e/city.ts';
import { ended, type Person, pay } from '../../localstack/story/cast.ts';
import { openBrowser, type Visitor, visit } from './browser.fixture.ts';

const { cast, city, stage, operator, run: test } = openCity();
const armoury = armouryOf(stage);
const MACHINE = 'paytm-saga-payment';
const MINUTE = 60_000;
const runOf = (saga: string, number = 1) => `/machines/${MACHINE}/runs/${saga}.${number}`;

describe('a saga in the browser', () => {
  let browser: Browser;
  let visitor: Visitor;
  let page: Page;
  let payer: Person;
  let merchant: Awaited<ReturnType<typeof cast.merchant>>;
  let folder: string;

  beforeAll(async () => {
    [browser, payer, merchant] = await Promise.all([
      openBrowser(),
      cast.person('shown', { wallet: 500 }),
      cast.merchant('stall'),
    ]);
    folder = await mkdtemp(join(tmpdir(), 'console-'));
    visitor = await visit(browser, city);
    page = visitor.page;
  }, MINUTE);
  afterAll(async () => {
    await visitor.leave();
    await browser.close();
    await rm(folder, { recursive: true });
  });

  const verdictOf = (state: string) =>
    page
      .getByRole('row')
      .filter({ has: page.getByRole('button', { name: state, exact: true }) })
      .first()
      .getByRole('cell')
      .nth(1);
  const becomes = (state: string, verdict: string) =>
    expect.poll(() => verdictOf(state).innerText(), { timeout: MINUTE }).toContain(verdict);
  /** Chooses a step, and has the payment made once more with the fault that the form holds. */
  const failAt = async (state: string) => {
    await page.getByRole('button', { name: state, exact: true }).first().click();
    await page.getByText('Fail here').click();
    const before = page.url();
    await page.getByRole('button', { name: 'Run again with this' }).click();
    await page.waitForURL((url) => url.href !== before && url.href.includes('/runs/payment_'));
    const next = /(payment_[0-9a-f-]+)\.1/.exec(page.url())?.[1] ?? '';
    expect(before).not.toContain(next);
    return next;
  };

  it(
    'leads from the list of machines to a failed state, and from there to the ledger',
    async () => {
      const { traceId, call } = armoury.traced();
      await armoury.arm({
        ...{ function: 'paytm-saga-settle-merchant', kind: 'error', error: 'SettlementFrozenError' },
        about: traceId,
      });
      const order = { reference: 'undone', merchant, amount: 120, method: 'paytm_wallet' } as const;
      const { id } = await call(() => pay(payer, order));
      expect((await ended(payer, id)).status).toBe('compensated');

      await page.getByRole('link', { name: MACHINE }).click();
      await page.getByRole('searchbox').fill(id);
      await page.getByRole('link', { name: `${id}.1` }).click();
      await becomes('SettleMerchant', 'failed');
      await becomes('ReserveFunds', 'undone');
      await becomes('ValidateUser', 'done');
      await becomes('NotifyMerchant', 'not reached');

      await page.getByRole('button', { name: 'SettleMerchant', exact: true }).first().click();
      await page.locator('.error-name', { hasText: 'SettlementFrozenError' }).waitFor();
      await page.getByRole('tab', { name: 'Ledger' }).click();
      await page.getByText('Balanced: all postings add up to ₹0.00').waitFor();
      await page.getByText(`wallet:${payer.id}`).first().waitFor();

      // Half-way, the money is nobody's to spend; at the end nothing is held.
      const held = page.getByText('₹120.00 is held at this moment');
      expect(await held.count()).toBe(0);
      const cursor = page.getByRole('slider', { name: 'Moment' });
      await cursor.focus();
      await expect
        .poll(
          async () => {
            await page.keyboard.press('ArrowLeft');
            return held.count();
          },
          { timeout: MINUTE / 2 },
        )
        .toBe(1);

      // Nothing had been told then; at the end whoever calls the payer back has done so.
      await page.getByRole('tab', { name: 'Queues' }).click();
      await page.getByText('No message of this run was known at this moment.').waitFor();
      const callBack = page.locator('.queues tbody', { hasText: 'paytm-saga-call-back' });
      expect(await callBack.count()).toBe(0);
      await cursor.press('End');
      await expect.poll(() => callBack.innerText(), { timeout: MINUTE / 2 }).toContain('done at attempt 1');
      expect(await callBack.innerText()).toContain('paytm-saga.PaymentCompensated');
    },
    MINUTE,
  );

  it(
    'makes the next payment fail at the charge, and shows it compensate',
    async () => {
      const { id } = await pay(payer, { reference: 'good', merchant, amount: 50 });
      expect((await ended(payer, id)).status).toBe('completed');
      await visitor.go(runOf(id));
      await becomes('SettleMerchant', 'done');

      const next = await failAt('ProcessPayment');
      await becomes('ProcessPayment', 'failed');
      await becomes('ReserveFunds', 'undone');
      await page.getByText('ended in Compensated').waitFor({ timeout: MINUTE });
      await page.getByText('Runs again what was').waitFor();
      const { body } = await operator.getPayment({ path: { paymentId: next as never } });
      expect(body).toMatchObject({ status: 'compensated', rerunOf: id });

      await page.getByRole('tab', { name: 'Compare' }).click();
      await page.getByText('The first difference: the same state, with other attempts or errors.').waitFor();
      await expect.poll(() => page.locator('.is-difference').first().innerText()).toContain('ProcessPayment');
    },
    2 * MINUTE,
  );

  it(
    'saves that run as a case that npm test plays, and as a file that needs no city',
    async () => {
      await page.getByRole('button', { name: 'Save as test' }).click();
      await page.getByLabel('Name of the case').fill('charge-failed');
      const [savedCase] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download' }).click(),
      ]);
      expect(savedCase.suggestedFilename()).toBe('charge-failed.case.json');
      await savedCase.saveAs(join(folder, 'charge-failed.case.json'));
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [
          join(ROOT, 'node_modules/vitest/vitest.mjs'),
          ...['run', '--project', 'unit', 'functions/paytm-saga/saved-cases.test.ts'],
        ],
        { cwd: ROOT, env: { ...process.env, DABBA_SAVED_CASES: folder, NO_COLOR: '1' } },
      );
      expect(stdout).toMatch(/Tests .*\d passed/);

      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save in one file' }).click(),
      ]);
      const path = join(folder, file.suggestedFilename());
      await file.saveAs(path);
      const known = /id="saved-run">(.*)<\/script>/.exec(await readFile(path, 'utf8'))?.[1] ?? '';
      expect(known.includes('PaymentDeclinedError')).toBe(true);
      for (const secret of ['9812345678', 'Asha shown', 'Bearer ', '"secret"']) {
        expect(known.includes(secret), secret).toBe(false);
      }

      const alone = await browser.newContext({ offline: true });
      const asked: string[] = [];
      alone.on('request', (request) => {
        if (!/^(file|data|blob):/.test(request.url())) asked.push(request.url());
      });
      const reader = await alone.newPage();
      await reader.goto(`file://${path}`);
      await reader.getByText('ended in Compensated').waitFor();
      await reader.getByRole('tab', { name: 'Ledger' }).click();
      await reader.getByText('Balanced: all postings add up to ₹0.00').waitFor();
      await reader.getByRole('tab', { name: 'Queues' }).click();
      await reader.locator('.queues tbody', { hasText: 'paytm-saga-call-back' }).waitFor();
      expect(await reader.getByRole('button', { name: 'Resume…' }).count()).toBe(0);
      expect(asked).toEqual([]);
      await alone.close();
    },
    2 * MINUTE,
  );

  it(
    'lets a refund go on that was parked, and says before what that repeats',
    async () => {
      const { traceId, call } = armoury.traced();
      await armoury.arm(
        {
          ...{ function: 'paytm-saga-settle-merchant', kind: 'error', error: 'SettlementFrozenError' },
          about: traceId,
        },
        {
          ...{ function: 'paytm-saga-release-hold', kind: 'error', error: 'CreditsBlockedError' },
          about: traceId,
        },
      );
      const order = { reference: 'parked', merchant, amount: 80, method: 'paytm_wallet' } as const;
      const { id } = await call(() => pay(payer, order));
      expect((await ended(payer, id)).status).toBe('needs_attention');

      await visitor.go(runOf(id));
      await becomes('ReserveFunds', 'stuck half-way');
      await page.getByText('Needs attention: CreditsBlockedError').waitFor();
      await page.getByRole('button', { name: 'Resume…' }).click();
      const form = page.getByRole('dialog');
      await form.getByText('Will be tried again: ReleaseHold').waitFor();
      await form.getByLabel('What was found and done').fill('the account takes money again');
      await form.getByRole('button', { name: 'Resume', exact: true }).click();

      await page.waitForURL((url) => url.href.includes(`${id}.2`));
      await becomes('ReserveFunds', 'undone');
      await page.getByText('ended in Compensated').waitFor({ timeout: MINUTE });
      const { body } = await operator.getPayment({ path: { paymentId: id } });
      expect(body).toMatchObject({ status: 'compensated', resumptions: [{ execution: 2 }] });
    },
    2 * MINUTE,
  );

  it('says of an execution that was never there that there is no such thing', async () => {
    await visitor.go(runOf('payment_00000000-0000-7000-8000-000000000000'));
    await page.getByText('There is no such thing').first().waitFor();
    await visitor.go(`/no/such/page/${test}`);
    await page.getByText('There is no such thing').first().waitFor();
    await page.getByRole('link', { name: 'To the state machines' }).click();
    await page.getByRole('heading', { name: 'State machines' }).waitFor();
  });
});
