import { expect, it } from 'vitest';
import { memoryStore } from '../../../shared/effects/index.ts';
import { fixedClock, sequenceIds } from '../../../shared/testing/index.ts';
import { MERCHANT, PAYER, paymentId, START } from '../city.fixture.ts';
import { events } from '../contract.ts';
import { INDEXES, portsOn } from '../store/ports.ts';
import { deliverNotice } from './deliver-notice.ts';

it('a notice is delivered once for its event, in both languages', async () => {
  const store = memoryStore({ indexes: INDEXES });
  const clock = fixedClock(START);
  const calm = { chance: () => 0, deadline: () => 5_000, pause: async () => undefined };
  const ports = portsOn(store, { now: clock.now, ids: sequenceIds(), ...calm });
  const event = (id: string, kind: 'merchant_notice' | 'receipt') =>
    events.noticeRequested.schema.parse({
      ...events.noticeRequested.of({
        subject: paymentId(0),
        correlationId: 'correlation',
        data: {
          payment: paymentId(0),
          kind,
          recipient: kind === 'receipt' ? PAYER : MERCHANT,
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
  ]);
});
