import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCity } from '../../localstack/e2e/city.ts';
import { faultsIn } from '../../localstack/e2e/faults.ts';
import { queuesOf } from '../../localstack/e2e/queues.ts';
import { openBrowser, type Visitor, visit } from './browser.fixture.ts';

const { city, run } = openCity();
const queues = queuesOf(city);
const NOTICES = 'paytm-saga-deliver-notice';
const QUEUE = `${NOTICES}-dead`;

let browser: Browser;
let visitor: Visitor;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await visitor?.leave();
  await browser.close();
});

it('sends a whole queue of dead letters back by SQS’s own task, and says so before and after', async () => {
  const poison = `whole-${run}`;
  await faultsIn(city).whileCutOff(NOTICES, async () => {
    await queues.send(NOTICES, { id: poison });
    await queues.bury(NOTICES, QUEUE);
    visitor = await visit(browser, city, { to: `/dead-letters?queue=${QUEUE}` });
    const { page } = visitor;
    await page.getByRole('button', { name: 'Which way would it go?' }).click();
    await page.getByText('1 would be sent back by SQS’s own task').waitFor();
    await page.getByRole('button', { name: `Send all of ${QUEUE} back` }).click();
    await page.getByText('1 sent back by SQS’s own task').waitFor();
    await page.getByText('It is done.').waitFor();
  });
  // Its consumer has it again, and parks what it cannot understand.
  expect(await queues.parked('paytm-saga-parking', poison)).toMatchObject({ error: 'InvalidInputError' });
});

it('keeps trails where that is wanted, letter by letter', async () => {
  const { page } = visitor;
  await page.getByLabel('Keep trails: letter by letter').check();
  await page.getByRole('button', { name: 'Which way would it go?' }).click();
  await page.getByText('0 would be sent back letter by letter, with their trails.').waitFor();
});
