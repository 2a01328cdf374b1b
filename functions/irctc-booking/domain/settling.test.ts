import { describe, expect, it } from 'vitest';
import { openRail, rahul, smallPool } from '../rail.fixture.ts';
import { type Booking, changed, expired } from './booking.ts';
import { drawPnr, settling } from './settling.ts';

const AT = '2026-12-01T05:00:00.000Z';
const holding = async (): Promise<Booking> => (await openRail([smallPool([1])])).held([rahul]);
const completed = { status: 'completed', payment: 'payment_1' } as const;
const failed = { status: 'failed', payment: 'payment_1', reason: 'InsufficientFundsError' } as const;
const pays = { status: 'in_progress', payment: 'payment_1' } as const;
const approval = { link: 'upi://pay', expiresAt: AT };

describe('what the payment saga says', () => {
  it('makes a ticket of what holds places', async () => {
    expect(settling(await holding(), completed, AT)).toEqual({ does: 'ticket', payment: 'payment_1' });
  });

  it('gives all back where the places are gone', async () => {
    const found = settling(expired(await holding(), AT), completed, AT);
    expect(found).toMatchObject({ does: 'change', notice: 'paid_too_late', after: { state: 'EXPIRED' } });
  });

  it('is no news to whom it has said so', async () => {
    const paid = {
      ...(await holding()),
      payment: { method: 'wallet', state: 'paid', id: 'payment_1' },
    } as Booking;
    for (const said of [completed, failed, pays])
      expect(settling(paid, said, AT)).toEqual({ does: 'nothing' });
    const known = changed(await holding(), {
      payment: { method: 'wallet', state: 'pending', id: 'payment_1' },
    });
    expect(settling(known, pays, AT)).toEqual({ does: 'nothing' });
    expect(settling(expired(known, AT), failed, AT)).toEqual({ does: 'nothing' });
    expect(settling(expired(await holding(), AT), pays, AT)).toEqual({ does: 'nothing' });
  });

  it('frees the places of who cannot pay', async () => {
    const found = settling(await holding(), failed, AT);
    expect(found).toMatchObject({
      does: 'giveBack',
      after: {
        ...{ state: 'FAILED', reason: 'InsufficientFundsError' },
        payment: { id: 'payment_1', state: 'failed', reason: 'InsufficientFundsError' },
      },
    });
    const refused = settling(await holding(), { status: 'failed', reason: 'NotFoundError' }, AT);
    expect(refused).toMatchObject({ does: 'giveBack', after: { payment: { state: 'failed' } } });
  });

  it('is known by its id, and with what the payer is to scan', async () => {
    const known = settling(await holding(), pays, AT);
    expect(known).toMatchObject({
      does: 'change',
      after: { payment: { id: 'payment_1', state: 'pending' } },
    });
    const after = (known as { after: Booking }).after;
    const scanned = settling(after, { ...pays, approval }, AT);
    expect(scanned).toMatchObject({ does: 'change', after: { payment: { approval } } });
    expect(settling((scanned as { after: Booking }).after, { ...pays, approval }, AT)).toEqual({
      does: 'nothing',
    });
  });
});

it('draws a PNR of ten digits, the first of them not 0', () => {
  expect(drawPnr(() => 0)).toBe('1000000000');
  expect(drawPnr(() => 0.999)).toBe('9999999999');
});
