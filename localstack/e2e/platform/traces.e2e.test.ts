import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { PaymentView } from '../../../functions/paytm-saga/contract.ts';
import { routes } from '../../../functions/platform/contract.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { ended } from '../../story/cast.ts';
import { openCity } from '../city.ts';

const { cast, city, run, stage } = openCity();
const viewer = stage.as(stage.subject(`looks-${run}`, 'viewer'), 'platform', routes);

/** Starts a payment under a trace of ours; with an empty wallet it is refused, and the step that finds out fails. */
const tracedPayment = async (name: string, wallet: number) => {
  const traceId = randomBytes(16).toString('hex');
  const [payer, merchantId] = await Promise.all([cast.person(name, { wallet }), cast.merchant(name)]);
  const answer = await fetch(`${city.systems['paytm-saga']?.url}/payments`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${await stage.subject(payer.id, 'customer')('paytm-saga')}`,
      ...{
        'Content-Type': 'application/json',
        'Idempotency-Key': name,
        'X-Correlation-Id': `${name}-${run}`,
      },
      traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01`,
    },
    body: JSON.stringify({ reference: name, merchantId, amount: 1_000, method: 'paytm_wallet' }),
  });
  const { id } = PaymentView.parse(await answer.json());
  const { status } = await ended(payer, id);
  return { traceId, status };
};

/** Each of them is read whole, so there are not many to a page, and not many pages. */
const LISTED = 25;
const PAGES = 6;

describe('the list of traces', () => {
  let paid: Awaited<ReturnType<typeof tracedPayment>>;
  let refused: Awaited<ReturnType<typeof tracedPayment>>;
  beforeAll(async () => {
    paid = await tracedPayment('listed', 100);
    refused = await tracedPayment('failed', 0);
    expect([paid.status, refused.status]).toEqual(['completed', 'refused']);
  });

  /** The trace as soon as it is in the list, some pages on: what looks for it makes traces too. */
  const found = (traceId: string, query: { system?: string; status?: 'error' }) =>
    waitFor(
      async (seen) => {
        let cursor: string | undefined;
        for (let page = 0; page < PAGES; page += 1) {
          const at = cursor === undefined ? {} : { cursor };
          const { body } = await viewer.listTraces({ query: { limit: LISTED, ...query, ...at } });
          const one = body.items.find((item) => item.traceId === traceId);
          if (one) return one;
          seen(body.items.map(({ name }) => name));
          cursor = body.next;
          if (cursor === undefined) break;
        }
        return undefined;
      },
      { what: `the trace ${traceId} in the list`, timeoutMs: 30_000, everyMs: 1_000 },
    );

  it('has a payment by each system that had a part in it, under the door with which it began', async () => {
    for (const system of ['paytm-saga', 'platform']) {
      expect(await found(paid.traceId, { system })).toMatchObject({
        ...{ name: 'POST /payments', system: 'paytm-saga', errors: 0 },
        correlationId: `listed-${run}`,
      });
    }
    const whole = await waitFor(
      async () => {
        const { body } = await viewer.getTrace({ path: { traceId: paid.traceId } });
        const summary = await found(paid.traceId, {});
        // Lines arrive until both have the last of them.
        return summary.spans === body.total && { summary, body };
      },
      { what: 'as many spans in the list as in the trace', timeoutMs: 30_000, everyMs: 500 },
    );
    expect(whole.summary.startedAt).toBe(whole.body.startedAt);
  });

  it('has among errors the one in which a step failed, and not the other', async () => {
    const failed = await found(refused.traceId, { status: 'error' });
    expect(failed.errors).toBeGreaterThan(0);
    const { items } = (await viewer.listTraces({ query: { status: 'error', limit: LISTED } })).body;
    expect(items.map(({ traceId }) => traceId)).not.toContain(paid.traceId);
    for (const { errors } of items) expect(errors).toBeGreaterThan(0);
  });

  it('has the newest first', async () => {
    const { items } = (await viewer.listTraces({ query: { limit: LISTED } })).body;
    const starts = items.map(({ startedAt }) => startedAt);
    expect(starts).toEqual(starts.toSorted().toReversed());
    expect(starts.length).toBeGreaterThan(1);
  });

  it('refuses a cursor that is none, and whoever may not look', async () => {
    await expect(viewer.listTraces({ query: { cursor: 'yesterday' } })).rejects.toMatchObject({
      name: 'InvalidInputError',
      facts: { issues: [{ field: 'query.cursor' }] },
    });
    const customer = stage.as(stage.subject(`looks-${run}`, 'customer'), 'platform', routes);
    await expect(customer.listTraces({ query: {} })).rejects.toMatchObject({ name: 'ForbiddenError' });
  });
});
