import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { beforeAll, describe, expect, it } from 'vitest';
import { events, type PaymentId } from '../../../functions/paytm-saga/contract.ts';
import type { CloudEvent } from '../../../shared/messaging/events.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { ended, type Person, pay } from '../../story/cast.ts';
import { openCity } from '../city.ts';
import { faultsIn } from '../faults.ts';
import { queuesOf } from '../queues.ts';
import { tableOf } from '../table.ts';

const { aws, cast, city, run } = openCity();
const queues = queuesOf(city);
const faults = faultsIn(city);
const table = tableOf(city, 'paytm-saga', 'PaymentsName');
const logs = new CloudWatchLogsClient(aws);

const NOTICES = 'paytm-saga-deliver-notice';
const MINUTES = 60_000;

/** What would be sent to the merchant and to the payer; undefined until both were delivered. */
const noticesOf = async (payment: PaymentId) => {
  const notices = (await table.under(`PAYMENT#${payment}`)).filter(({ sk }) =>
    String(sk).startsWith('NOTICE#'),
  );
  return notices.length === 2 ? notices : undefined;
};
const delivered = (payment: PaymentId) =>
  waitFor(() => noticesOf(payment), { what: `the notices of ${payment}`, timeoutMs: 30_000 });

/** Waits for a line in the log of a function that says a sentence about a message. */
const logged = (functionName: string, sentence: string, messageId: string) =>
  waitFor(
    async () => {
      const { events: found = [] } = await logs.send(
        new FilterLogEventsCommand({
          logGroupName: `/aws/lambda/${functionName}`,
          filterPattern: `"${messageId}"`,
        }),
      );
      return found.some(({ message }) => message?.includes(`"${sentence}"`));
    },
    { what: `${functionName} to log "${sentence}"`, timeoutMs: 30_000, everyMs: 100 },
  );

describe('an event that was committed', () => {
  let payer: Person;
  let merchant: Awaited<ReturnType<typeof cast.merchant>>;
  let payment: PaymentId;
  let notice: CloudEvent;

  beforeAll(async () => {
    [payer, merchant] = await Promise.all([cast.person('told'), cast.merchant('told')]);
    payment = (await pay(payer, { reference: 'told', merchant, amount: 250 })).id;
    expect((await ended(payer, payment)).status).toBe('completed');
    await delivered(payment);
    const found = (await table.outboxOf(payment)).find(
      ({ event }) => event.type === events.noticeRequested.type,
    );
    if (!found) throw new Error('there is no notice in the outbox');
    notice = found.event;
  });

  it('is sent over the bus to its consumer, who tells it in both languages', async () => {
    expect(await delivered(payment)).toEqual(
      ['merchant_notice', 'receipt'].map((kind) =>
        expect.objectContaining({
          sk: `NOTICE#${kind}`,
          en: expect.stringContaining('250'),
          hi: expect.stringMatching(/[ऀ-ॿ]/),
        }),
      ),
    );
  });

  it('is marked as sent, and expires only then', async () => {
    const rows = await waitFor(
      async () => {
        const found = await table.outboxOf(payment);
        return found.every(({ row }) => row.state === 'sent') && found;
      },
      { what: 'every event to be marked' },
    );
    expect(rows.map(({ event }) => event.type).sort()).toEqual([
      events.noticeRequested.type,
      events.noticeRequested.type,
      events.completed.type,
      events.measured.type,
    ]);
    for (const { row } of rows) {
      expect(row).toMatchObject({ expiresAt: expect.any(Number) });
      expect(row).not.toHaveProperty('unsentShard');
    }
  });

  it('is delivered once, however often the bus brings it', async () => {
    const before = await noticesOf(payment);
    const again = await Promise.all([queues.send(NOTICES, notice), queues.send(NOTICES, notice)]);
    for (const id of again) await logged(NOTICES, 'message done', id);
    expect(await noticesOf(payment)).toEqual(before);
  });

  it('is parked at once, with the reason and the way back, when nobody can read it', async () => {
    const body = { ...notice, id: `poison-${run}`, data: { kind: 'love_letter' } };
    const messageId = await queues.send(NOTICES, body);
    const letter = await queues.parked('paytm-saga-parking', body.id);
    expect(letter).toMatchObject({
      error: 'InvalidInputError',
      message: expect.stringMatching(/kind/),
      consumer: NOTICES,
      messageId,
      source: expect.stringMatching(new RegExp(`:${NOTICES}$`)),
      correlationId: notice.correlationid,
      traceId: notice.traceparent?.split('-')[1],
    });
    expect(JSON.parse(letter.body)).toEqual(body);
    await queues.drained(NOTICES);
    expect(await queues.look(`${NOTICES}-dead`)).toEqual([]);
  });

  it(
    'is delivered again when the consumer could not reach its table',
    async () => {
      const fresh = { ...notice, id: `again-${run}` };
      await queues.whileImpatient(NOTICES, 3, async () => {
        const messageId = await faults.whileOutOfReach(NOTICES, 'DYNAMODB', async () => {
          const id = await queues.send(NOTICES, fresh);
          await logged(NOTICES, 'message comes again', id);
          return id;
        });
        await logged(NOTICES, 'message done', messageId);
        await queues.drained(NOTICES);
      });
      expect(await queues.look(`${NOTICES}-dead`)).toEqual([]);
    },
    MINUTES,
  );

  it(
    'is sent by the sweeper when the relay missed it, and delivered once when the relay comes late',
    async () => {
      const before = await faults.whileCutOff('paytm-saga-relay-outbox', async () => {
        const missed = await pay(payer, { reference: 'missed', merchant, amount: 260 });
        expect((await ended(payer, missed.id)).status).toBe('completed');
        const rows = await table.outboxOf(missed.id);
        expect(rows).toHaveLength(4);
        for (const { row } of rows) {
          expect(row).toMatchObject({ state: 'unsent', unsentShard: row.pk });
          await table.age(row, ['createdAt'], MINUTES);
        }
        await queues.send('paytm-saga-sweep-outbox', { sweep: 'outbox' });
        return { id: missed.id, notices: await delivered(missed.id) };
      });
      // The late relay sends everything again, up to what is committed after it.
      const marker = await pay(payer, { reference: 'marker', merchant, amount: 1 });
      await delivered(marker.id);
      await queues.drained(NOTICES);
      expect(await noticesOf(before.id)).toEqual(before.notices);
    },
    MINUTES,
  );
});
