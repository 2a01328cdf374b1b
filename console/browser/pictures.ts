/**
 * Takes the pictures of the README from the running city: `npm run pictures`, after a story has been played; with names,
 * `npm run pictures -- live chart`, those alone. A payment of its own is made to turn back, and a train of its own is filled,
 * so that there is something to see.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { runningCloud } from '../../localstack/cli/options.ts';
import { readCity } from '../../localstack/cloud/city.ts';
import { adoptLocalCloud } from '../../localstack/cloud/environment.ts';
import { cloudPaths } from '../../localstack/cloud/paths.ts';
import { armouryOf } from '../../localstack/e2e/armed.ts';
import { castOf, ended, pay } from '../../localstack/story/cast.ts';
import { openStage } from '../../localstack/story/stage.ts';
import { openBrowser, visit } from './browser.fixture.ts';
import { burgersIn, WAY } from './order.fixture.ts';
import { specialIn } from './train.fixture.ts';

const FOLDER = join(import.meta.dirname, '../pictures');
const MACHINE = 'paytm-saga-payment';
const LOADING = /^(Loading|लोड हो रहा है)$/;
const LANGUAGES = { en: 'en-IN', hi: 'hi-IN' } as const;

const paths = cloudPaths();
adoptLocalCloud(paths, runningCloud(paths).port);
const city = readCity(paths);
const stage = openStage(city);

/** A payment whose merchant was frozen on the way. */
const compensated = async (): Promise<string> => {
  const cast = castOf(stage, crypto.randomUUID().slice(0, 8));
  const [payer, merchant] = await Promise.all([
    cast.person('asha', { wallet: 3_000 }),
    cast.merchant('stall'),
  ]);
  const armoury = armouryOf(stage);
  const { traceId, call } = armoury.traced();
  await armoury.arm({
    ...{
      function: 'paytm-saga-settle-merchant',
      kind: 'error',
      error: 'SettlementFrozenError',
      about: traceId,
    },
  });
  const order = { reference: 'picture', merchant, amount: 1_500, method: 'paytm_wallet' } as const;
  const { id } = await call(() => pay(payer, order));
  await ended(payer, id);
  return id;
};

/** Burgers on their way from Bandra to Colaba, and what brings them on while somebody looks. */
const underWay = async () => {
  const run = crypto.randomUUID().slice(0, 8);
  const burgers = await burgersIn(stage, run, `198.51.98.${Number.parseInt(run.slice(0, 2), 16)}`);
  await burgers.kitchen('ACCEPTED');
  await burgers.takes();
  await burgers.customerWrites('Second floor, please');
  for (const to of ['PREPARING', 'READY'] as const) await burgers.kitchen(to);
  for (const to of ['PICKED_UP', 'OUT_FOR_DELIVERY'] as const) await burgers.rider(to);
  await burgers.riderWrites('मैं पहुँच रहा हूँ');
  const ride = async () => {
    for (const place of WAY) {
      await burgers.isAt(place);
      // Faster nobody is told where somebody is.
      await setTimeout(1_100);
    }
  };
  return { ...burgers, ride };
};

/** A full train, and what makes its lists move while somebody looks. */
const fullTrain = async (page: () => Page) => {
  const special = await specialIn(stage, crypto.randomUUID().slice(0, 8));
  const first = await special.fill();
  const moves = async () => {
    await special.cancels(first, [1, 2, 3]);
    await special.becomes('nobody to wait', ({ lists: [general] }) => general?.rac === 7);
    await page().locator('.rail-moves tbody tr').first().waitFor();
  };
  return { ...special, moves };
};

mkdirSync(FOLDER, { recursive: true });
const wanted = process.argv.slice(2);
const run = `/machines/${MACHINE}/runs/${await compensated()}.1`;
interface Moving {
  readonly burgers: Awaited<ReturnType<typeof underWay>>;
  readonly train: Awaited<ReturnType<typeof fullTrain>>;
}
const viewsWith = ({ burgers, train }: Moving) => [
  { name: 'executions', hash: `/machines/${MACHINE}`, there: 'td' },
  { name: 'saga', hash: `${run}?state=SettleMerchant&tab=ledger`, there: '.books .amount' },
  { name: 'graph', hash: `${run}?view=graph`, there: '.react-flow__node' },
  { name: 'trace', hash: `${run}?tab=logs&state=ReserveFunds`, there: '.span-row' },
  { name: 'system', hash: '/systems/paytm-saga', there: 'h1:has-text("paytm-saga") >> visible=true' },
  { name: 'events', hash: '/events', there: '.city-event' },
  { name: 'live', hash: `/live?order=${burgers.order.id}`, there: '.stage.is-now', first: burgers.ride },
  { name: 'chart', hash: train.hash, there: '.coaches .place.is-taken', first: train.moves },
];
const browser = await openBrowser();
for (const [language, locale] of Object.entries(LANGUAGES)) {
  const visitor = await visit(browser, city, { locale, viewport: { width: 1280, height: 800 } });
  const burgers = await underWay();
  const train = await fullTrain(() => visitor.page);
  const views = viewsWith({ burgers, train });
  for (const { name, hash, there, first } of views) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    await visitor.go(hash);
    await visitor.page.locator(there).first().waitFor();
    await first?.();
    // What is there may be what was there; the last question’s answer has come when nothing is under way.
    await visitor.page.getByText(LOADING).first().waitFor({ state: 'hidden' });
    await visitor.page.waitForLoadState('networkidle');
    await visitor.page.screenshot({
      path: join(FOLDER, `${name}.${language}.png`),
      fullPage: name !== 'executions',
    });
  }
  await visitor.leave();
  burgers.close();
}
await browser.close();
