import { describe, expect, it } from 'vitest';
import { newPayment, PAYER, START } from '../city.fixture.ts';
import { CALLABLE, Callback, CallbackUrl, UserId } from '../contract.ts';
import { CallbackForbiddenError, callbackOf, keyOf, mayBeCalled, signed, taken } from './callback.ts';

describe('the signature of a callback', () => {
  it('is that of Standard Webhooks: the vector of its own libraries', () => {
    const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
    const at = new Date(1_614_265_330_999);
    const signature = signed(key, {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      at,
      body: '{"test": 2432232314}',
    });
    expect(signature).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('has a key of its own for each payer, which openssl makes of the secret as README says', () => {
    // printf %s user_…01 | openssl dgst -sha256 -hmac s3cret -binary | base64
    expect(keyOf('s3cret', PAYER).toString('base64')).toBe('M++8q6sFy0SZvTlQclFKsGSfaEUw8FqTqD+x1X7Pvfc=');
    const other = UserId.parse('user_0198c0de-0000-7000-8000-00000000dead');
    expect(keyOf('s3cret', other)).not.toEqual(keyOf('s3cret', PAYER));
    expect(keyOf('another', PAYER)).not.toEqual(keyOf('s3cret', PAYER));
  });
});

it('a callback tells ids, amount and ending, and nothing of a person', () => {
  const payment = newPayment({ description: 'for Asha', metadata: { phone: '+919812345678' } });
  const callback = callbackOf(payment, { event: 'event-1', at: START, status: 'compensated' });
  expect(Callback.parse(callback)).toEqual(callback);
  expect(callback).toEqual({
    type: 'payment.compensated',
    timestamp: START,
    data: {
      event: 'event-1',
      payment: payment.id,
      reference: 'PAY',
      status: 'compensated',
      amount: 150_000,
      currency: 'INR',
    },
  });
});

/** The address, whether the door takes it, and what is wrong with it where only the internet may be called. */
const ADDRESSES = [
  ['https://shop.example/paid?order=1', 'taken', undefined],
  ['https://shop.example:8443/paid', 'taken', undefined],
  ['https://shop.example:443/paid', 'taken', undefined],
  ['http://127.0.0.1:3000/paid', 'taken', 'scheme'],
  ['http://localhost:3000/paid', 'taken', 'scheme'],
  ['http://[::1]:3000/paid', 'taken', 'scheme'],
  ['http://127.0.0.1/', 'refused', 'scheme'],
  ['http://shop.example:8080/paid', 'refused', 'scheme'],
  ['http://127.0.0.1.shop.example:8080/paid', 'refused', 'scheme'],
  ['ftp://shop.example/paid', 'refused', 'scheme'],
  ['file:///etc/passwd', 'refused', 'scheme'],
  ['gopher://shop.example:6379/_', 'refused', 'scheme'],
  ['https://asha:secret@shop.example/', 'refused', 'credentials'],
  ['https://asha@shop.example/', 'refused', 'credentials'],
  ['https://shop.example:22/', 'refused', 'port'],
  ['https://shop.example:25/', 'refused', 'port'],
] as const;

describe('the address of a callback', () => {
  it.each(ADDRESSES)('%s is %s at the door', (address, fate) => {
    const said = CallbackUrl.safeParse(address).error?.issues.map(({ message }) => message);
    expect(said).toEqual(fate === 'taken' ? undefined : [CALLABLE.en]);
  });

  it('that is none, or too long, is refused at the door', () => {
    const said = CallbackUrl.safeParse('shop').error?.issues.map(({ message }) => message);
    expect(said).toEqual([CALLABLE.en]);
    expect(CallbackUrl.safeParse(`https://shop.example/${'x'.repeat(512)}`).success).toBe(false);
  });

  it.each(ADDRESSES)('%s is called on the internet unless wrong: %s', (address, _, because) => {
    const called = () => mayBeCalled(new URL(address), { loopback: false });
    if (because === undefined) expect(called).not.toThrow();
    else
      expect(called).toThrow(`CallbackForbiddenError: host=${new URL(address).hostname} because=${because}`);
  });

  it('by plain http is this machine alone, where that is allowed', () => {
    expect(() => mayBeCalled(new URL('http://127.0.0.1:3000/'), { loopback: true })).not.toThrow();
    const other = () => mayBeCalled(new URL('http://shop.example:3000/'), { loopback: true });
    expect(other).toThrow(CallbackForbiddenError);
  });
});

describe('what a receiver answers', () => {
  it.each([200, 201, 204, 299])('%i: it has it', (status) => {
    expect(() => taken('shop.example', status)).not.toThrow();
  });

  it.each([400, 401, 403, 404, 410, 422, 499])('%i: no, for good', (status) => {
    expect(() => taken('shop.example', status)).toThrow(
      expect.objectContaining({
        name: 'CallbackRefusedError',
        retryable: false,
        facts: { host: 'shop.example', status },
      }),
    );
  });

  it.each([0, 101, 301, 302, 307, 308, 408, 425, 429, 500, 503, 599])('%i: not now', (status) => {
    expect(() => taken('shop.example', status)).toThrow(
      expect.objectContaining({
        name: 'CallbackUnansweredError',
        retryable: true,
        facts: { host: 'shop.example', status },
      }),
    );
  });
});
