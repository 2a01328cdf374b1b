import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../localstack/cloud/paths.ts';
import type { ActsSystem } from './acts.ts';
import type { Measured, MeasuredActs, Prices, Use } from './measured.ts';
import { costsOf, measuredFile, PRICES, pagesOf, readJson, SYSTEMS, withCosts } from './pages.ts';
import { type Amounts, dollarsFor, NEVER, ONCE, savedWithout, totalOf, usedBy } from './reckon.ts';
import { moneyBy } from './tables.ts';

const prices = readJson<Prices>(PRICES);
const PAGES = SYSTEMS.flatMap((system) => pagesOf(system).map((page) => ({ system, ...page })));

describe('what a thousand payments or other acts cost', () => {
  const use: Use = {
    ...{ transitions: 20, invocations: 20, lambdaMs: 2_000, writes: 100, reads: 50 },
    ...{ events: 4, messages: 3, logBytes: 50_000 },
  };
  const used = usedBy(use, { memory: 256 }, ONCE);
  const dollars = dollarsFor(used, prices);

  it('is each amount times its price', () => {
    expect(used).toMatchObject({ gbSeconds: 0.5, queueRequests: 9, apiRequests: 1, logGigabytes: 0.000_05 });
    expect(dollars.transitions).toBeCloseTo(20 * 0.0285, 9);
    expect(dollars.invocations).toBeCloseTo(0.02 * 0.2, 9);
    expect(dollars.gbSeconds).toBeCloseTo(500 * 0.000_016_666_7, 9);
    expect(dollars.writes).toBeCloseTo(0.1 * 0.71, 9);
    expect(dollars.logGigabytes).toBeCloseTo(0.05 * 0.67, 9);
    expect(totalOf(dollars)).toBeCloseTo(0.705_058, 5);
  });

  it('is less by calls, their time and log where no Lambda is called', () => {
    const all = dollars.invocations + dollars.gbSeconds + dollars.logGigabytes;
    expect(savedWithout(20, used, dollars)).toBeCloseTo(all, 9);
    expect(savedWithout(3, used, dollars)).toBeCloseTo((3 * all) / 20, 9);
  });

  it('counts what goes over sockets, and how long they are open', () => {
    const followed = usedBy(
      use,
      { memory: 256 },
      { requests: 3, socketMessages: 400, connectionMinutes: 90 },
    );
    const socket = dollarsFor(followed, prices);
    expect(socket.apiRequests).toBeCloseTo(0.003 * 3.5, 9);
    expect(socket.socketMessages).toBeCloseTo(0.4 * 1, 9);
    expect(socket.connectionMinutes).toBeCloseTo(0.09 * 0.25, 9);
    expect(totalOf(socket) - totalOf(dollars)).toBeCloseTo(0.002 * 3.5 + 0.4 + 0.0225, 9);
  });

  it('counts topics and queues that keep order by prices of their own', () => {
    const lined = { ...use, messages: 2, topicEvents: 2, fifoTopicEvents: 1, fifoMessages: 1 };
    const told = dollarsFor(usedBy(lined, { memory: 256 }, ONCE), prices);
    expect(told.topicRequests).toBeCloseTo(0.002 * 0.5, 9);
    expect(told.fifoTopicRequests).toBeCloseTo(0.001 * 0.3, 9);
    expect(told.fifoQueueRequests).toBeCloseTo(0.003 * 0.5, 9);
    expect(told.queueRequests).toBeCloseTo(0.006 * 0.4, 9);
  });

  it.each(PAGES)(
    'stands in the page of $system in $language as it was measured; npm run bench:costs -- pages',
    ({ system, file, language }) => {
      const page = readFileSync(file, 'utf8');
      expect(withCosts(page, costsOf(system, language))).toBe(page);
      expect(page).toContain(readJson<{ commit: string }>(measuredFile(system)).commit);
    },
  );

  it('needs a place in the page', () => {
    expect(() => withCosts('# A page', 'costs')).toThrow(/no place/);
  });
});

describe('what the pages say in words', () => {
  const most = (dollars: Amounts) =>
    Object.entries(dollars)
      .sort(([, one], [, other]) => other - one)
      .map(([item]) => item);

  it('of payments: most for the states, then for what is written, little for calls', () => {
    const measured = readJson<Measured>(measuredFile('paytm-saga'));
    for (const { payment } of Object.values(measured.kinds)) {
      const { transitions, writes, ...others } = dollarsFor(usedBy(payment, measured, ONCE), prices);
      expect(transitions).toBeGreaterThan(writes);
      expect(writes).toBeGreaterThan(Math.max(...Object.values(others)));
      expect(others.invocations + others.gbSeconds).toBeLessThan(transitions / 20);
    }
  });

  const acts = (system: ActsSystem) => {
    const measured = readJson<MeasuredActs>(measuredFile(system));
    return Object.values(measured.kinds).map(({ act, traces }) => ({
      dollars: dollarsFor(usedBy(act, measured, act), prices),
      traces: totalOf(dollarsFor(usedBy(traces, measured, NEVER), prices)),
    }));
  };

  it('of ordering: an order is most for what is written, a search is little, and most of that the gateway’s', () => {
    const [search, order] = acts('zomato-ordering');
    if (!search || !order) throw new Error('both were measured');
    expect(most(order.dollars)[0]).toBe('writes');
    expect(order.dollars.writes).toBeGreaterThan(totalOf(order.dollars) / 2);
    expect(most(search.dollars)[0]).toBe('apiRequests');
    expect(totalOf(search.dollars)).toBeLessThan(totalOf(order.dollars) / 10);
    expect(order.traces).toBeGreaterThan(totalOf(order.dollars));
  });

  it('of railway booking: most for what is written, little for topics and queues; a look is the gateway’s', () => {
    const [ticket, cancelled, look] = acts('irctc-booking');
    if (!ticket || !cancelled || !look) throw new Error('all three were measured');
    for (const { dollars } of [ticket, cancelled]) {
      const { topicRequests, fifoTopicRequests, queueRequests, fifoQueueRequests } = dollars;
      expect(most(dollars).slice(0, 2)).toEqual(['writes', 'logGigabytes']);
      expect(dollars.writes).toBeGreaterThan(totalOf(dollars) / 2);
      expect(topicRequests + fifoTopicRequests + queueRequests + fifoQueueRequests).toBeLessThan(
        totalOf(dollars) / 8,
      );
    }
    expect(most(look.dollars)[0]).toBe('apiRequests');
    expect(totalOf(look.dollars)).toBeLessThan(totalOf(ticket.dollars) / 5);
    expect(ticket.traces).toBeGreaterThan(totalOf(ticket.dollars));
    for (const page of ['README.md', 'README.hi.md'])
      for (const { dollars } of [ticket, cancelled])
        expect(readFileSync(join(ROOT, 'functions/irctc-booking', page), 'utf8')).toContain(
          moneyBy(prices, 4)(totalOf(dollars)),
        );
  });

  it('of tracking: most for what is logged, little for minutes of connections', () => {
    for (const { dollars, traces } of acts('swiggy-tracking')) {
      expect(most(dollars)[0]).toBe('logGigabytes');
      expect(dollars.connectionMinutes).toBeLessThan(dollars.socketMessages / 10);
      expect(traces).toBeGreaterThan(totalOf(dollars) / 2);
    }
  });
});
