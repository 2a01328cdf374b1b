import { describe, expect, it } from 'vitest';
import type { HouseError } from '../../../shared/errors/index.ts';
import { houseMessages, say } from '../../../shared/messages/index.ts';
import { MERCHANT, PAYER } from '../city.fixture.ts';
import { PaymentId } from '../contract.ts';
import { cityWithDoors, customer } from '../doors.fixture.ts';
import { startPayment } from './start-payment.ts';

const order = (callbackUrl: string) => ({
  reference: 'chai',
  merchantId: MERCHANT,
  amount: 2_000,
  callbackUrl,
});

describe('the callback of a payment that is started', () => {
  it('is kept with it', async () => {
    const city = cityWithDoors();
    const { body } = await city.startPayment(customer(), { body: order('https://shop.example/paid') });
    const kept = await city.ports.payments.load(PaymentId.parse(body.id));
    expect(kept).toMatchObject({ payer: PAYER, callbackUrl: 'https://shop.example/paid' });
  });

  it.each(['http://127.0.0.1:3000/paid', 'HTTP://localhost:3000/paid', 'http://[::1]:3000/paid'])(
    'by plain http to this very machine is refused, in both languages, unless the stack allows it: %s',
    async (callbackUrl) => {
      const city = cityWithDoors();
      const refused = await city
        .startPayment(customer(), { body: order(callbackUrl) })
        .catch((error: HouseError) => error);
      expect(refused).toMatchObject({ name: 'InvalidInputError', status: 400 });
      const { facts } = refused as HouseError;
      expect(say(houseMessages, 'InvalidInputError', facts, 'en')).toContain(
        'body.callbackUrl: a web address that begins with https://',
      );
      expect(say(houseMessages, 'InvalidInputError', facts, 'hi')).toContain('शुरू होने वाला वेब पता');
      expect(city.store.all()).toEqual([]);

      const local = startPayment({ ...city.ports, loopback: true });
      const request = { body: order(callbackUrl), caller: customer(), idempotencyKey: 'key', say: String };
      const context = { correlationId: 'correlation', traceparent: 'trace' };
      expect(await local(request as never, context as never)).toMatchObject({ status: 202 });
    },
  );
});
