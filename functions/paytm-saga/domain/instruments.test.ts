import { fc } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { approvalOf, COLLECT, checkCollect, upiLink } from './instruments.ts';

const now = new Date('2026-11-24T10:00:00.000Z');
const deadline = new Date('2026-11-24T10:05:00.000Z');

describe('who approves a payment', () => {
  it.each(['paytm_wallet', 'credit_card', 'debit_card', 'emi'] as const)(
    'nobody more, when it is by %s',
    (method) => {
      expect(approvalOf(method, undefined, { now, deadline })).toBeUndefined();
    },
  );

  it('the payer, by a link that lives as long as the payment may take', () => {
    const expiresAt = deadline.toISOString();
    expect(approvalOf('upi', undefined, { now, deadline })).toEqual({ flow: 'intent', expiresAt });
    expect(approvalOf('net_banking', undefined, { now, deadline })).toEqual({ flow: 'page', expiresAt });
  });

  it('for as long as the order says, and never longer than the payment may take', () => {
    const qr = (expiresInSeconds: number) =>
      approvalOf('upi', { flow: 'qr', expiresInSeconds }, { now, deadline });
    expect(qr(20)).toEqual({ flow: 'qr', expiresAt: '2026-11-24T10:00:20.000Z' });
    expect(qr(400)?.expiresAt).toBe(deadline.toISOString());
  });
});

describe('UPI collect', () => {
  const today = now;
  const collect = { flow: 'collect' } as const;

  it('was for everybody until the end of 28 Feb 2026 in Asia/Kolkata', () => {
    checkCollect(collect, undefined, new Date('2026-02-28T18:29:59.999Z'));
    expect(() => checkCollect(collect, undefined, new Date('2026-02-28T18:30:00.000Z'))).toThrow(
      expect.objectContaining({ name: 'UpiCollectEndedError', facts: { lastDay: '2026-02-28' } }),
    );
  });

  it('goes on for the exempt categories, channels and purposes, and for nobody else', () => {
    for (const category of COLLECT.categories) checkCollect(collect, category, today);
    for (const channel of COLLECT.channels) checkCollect({ ...collect, channel }, '5812', today);
    for (const purpose of COLLECT.purposes) checkCollect({ ...collect, purpose }, undefined, today);
    for (const channel of ['android_app', 'desktop_web'] as const)
      expect(() => checkCollect({ ...collect, channel }, '5812', today)).toThrow('UpiCollectEndedError');
  });

  it('is nothing that a link or QR has to ask for', () => {
    for (const flow of ['intent', 'qr'] as const) checkCollect({ flow }, undefined, today);
    checkCollect({}, undefined, today);
  });
});

describe('a UPI link', () => {
  it('says the amount in rupees, exactly, and every name as it is', () => {
    const anyPayee = fc.record({
      merchant: fc.constant('merchant_0198'),
      name: fc.string({ minLength: 1 }),
      amount: fc.integer({ min: 1, max: 10_000_000_00 }),
      reference: fc.stringMatching(/^[0-9a-z]{1,32}$/),
    });
    fc.assert(
      fc.property(anyPayee, (payee) => {
        const link = new URL(upiLink(payee));
        const { pa, pn, am, cu, tr } = Object.fromEntries(link.searchParams);
        expect([link.protocol, pa, cu, tr]).toEqual([
          'upi:',
          'merchant_0198@dabbawala',
          'INR',
          payee.reference,
        ]);
        expect(pn?.toWellFormed()).toBe(payee.name.toWellFormed());
        expect(Math.round(Number(am) * 100)).toBe(payee.amount);
        expect(am).toMatch(/^\d+\.\d{2}$/);
        // A UPI app takes a plus sign for one, where a form would take it for a space.
        expect(link.search).not.toContain('+');
      }),
    );
  });
});
