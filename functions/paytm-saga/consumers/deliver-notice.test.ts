import { expect, it } from 'vitest';
import { memoryStore } from '../../../shared/effects/index.ts';
import { fixedClock, sequenceIds } from '../../../shared/testing/index.ts';
import { MERCHANT, PAYER, paymentId, START } from '../city.fixture.ts';
import { events, RefundId } from '../contract.ts';
import { INDEXES, portsOn } from '../store/ports.ts';
import { deliverNotice } from './deliver-notice.ts';

it('a notice is delivered once for its event, in both languages', async () => {
  const store = memoryStore({ indexes: INDEXES });
  const clock = fixedClock(START);
  const calm = { chance: () => 0, deadline: () => 5_000, pause: async () => undefined };
  const ports = portsOn(store, { now: clock.now, ids: sequenceIds(), ...calm });
  const event = (id: string, kind: 'merchant_notice' | 'receipt' | 'refund_notice', refund?: RefundId) =>
    events.noticeRequested.schema.parse({
      ...events.noticeRequested.of({
        subject: paymentId(0),
        correlationId: 'correlation',
        data: {
          payment: paymentId(0),
          kind,
          refund,
          recipient: kind === 'merchant_notice' ? MERCHANT : PAYER,
          amount: 150_000 as never,
        },
      }),
      id,
      time: START,
    });
  await deliverNotice(ports)(event('event-1', 'receipt'));
  clock.advance(60_000);
  await deliverNotice(ports)(event('event-1', 'receipt'));
  await deliverNotice(ports)(event('event-2', 'merchant_notice'));
  const [first, second] = [5, 6].map((n) => RefundId.parse(`refund_0198c0de-0000-7000-8000-00000000000${n}`));
  await deliverNotice(ports)(event('event-3', 'refund_notice', first));
  await deliverNotice(ports)(event('event-4', 'refund_notice', second));
  const notices = store.all().filter(({ sk }) => String(sk).startsWith('NOTICE#'));
  expect(notices).toMatchObject([
    { sk: 'NOTICE#merchant_notice', recipient: MERCHANT, en: expect.stringContaining('received') },
    {
      sk: 'NOTICE#receipt',
      recipient: PAYER,
      en: 'You paid ₹1,500.00. Thank you.',
      hi: 'आपने ₹1,500.00 का भुगतान किया। धन्यवाद।',
      deliveredAt: START,
    },
    { sk: `NOTICE#refund_notice#${first}`, recipient: PAYER, hi: expect.stringContaining('लौटा दिए') },
    { sk: `NOTICE#refund_notice#${second}`, en: '₹1,500.00 of your payment was given back to you.' },
  ]);
});
