import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PeerUnavailableError } from '../../../shared/errors/index.ts';
import { paise, rupees } from '../../../shared/money/index.ts';
import { DAY, MERCHANT } from '../city.fixture.ts';
import type { TopUpId, UserId } from '../contract.ts';
import { asha, cityWithDoors, customer, heardLog, operator, stranger } from '../doors.fixture.ts';
import { topUpSetAside } from '../store/top-ups.ts';
import { walletDebited } from '../store/wallets.ts';

let city: ReturnType<typeof cityWithDoors>;
let user: UserId;
let log: ReturnType<typeof heardLog>;
beforeEach(async () => {
  log = heardLog();
  city = cityWithDoors();
  user = (await city.createUser(operator, { body: asha })).body.id;
});
afterEach(() => {
  vi.restoreAllMocks();
});

const topUp = (amount = rupees(200), over: object = {}) => ({
  path: { userId: user },
  body: { amount },
  ...over,
});
const balance = async () => (await city.getWallet(customer(user), { path: { userId: user } })).body.balance;
const postings = async () => {
  const shards = [0, 1, 2, 3].map((shard) =>
    city.listPostings(operator, { path: { day: DAY }, query: { shard } }),
  );
  return (await Promise.all(shards)).flatMap(({ body }) => body.items);
};

const underWay = async () => {
  const ids: string[] = [];
  for (const walk of city.ports.topUps.walks()) for await (const { id } of walk) ids.push(id);
  return ids;
};

describe('a top-up', () => {
  it('takes from the bank and brings into the wallet, once under its key', async () => {
    for (const _ of [1, 2]) {
      const { status, body } = await city.topUpWallet(customer(user), topUp());
      expect([status, body]).toMatchObject([201, { user, amount: rupees(200), status: 'completed' }]);
    }
    expect([await balance(), city.bank.clearing()]).toEqual([20_000, 20_000]);
    expect(await postings()).toHaveLength(2);
  });

  it('of another amount under the key is refused', async () => {
    await city.topUpWallet(customer(user), topUp());
    const other = city.topUpWallet(customer(user), topUp(rupees(300)));
    await expect(other).rejects.toMatchObject({ name: 'IdempotencyKeyReusedError' });
  });

  it('into somebody else’s wallet is forbidden, and so is a look at it', async () => {
    await expect(city.topUpWallet(customer(stranger), topUp())).rejects.toMatchObject({
      name: 'ForbiddenError',
    });
    const look = city.getWallet(customer(stranger), { path: { userId: user } });
    await expect(look).rejects.toMatchObject({ name: 'ForbiddenError' });
    expect((await city.getWallet(operator, { path: { userId: user } })).body).toMatchObject({ balance: 0 });
  });

  it.each([
    ['full', 200_000],
    ['basic', 10_000],
    ['minimal', 10_000],
  ] as const)('of %s KYC fills a wallet up to Rs %d, and no paisa more', async (kyc, most) => {
    const other = (
      await city.createUser(operator, { body: { ...asha, reference: kyc, kyc }, idempotencyKey: kyc })
    ).body.id;
    const load = (amount: number) =>
      city.topUpWallet(
        customer(other),
        topUp(paise(amount), { path: { userId: other }, idempotencyKey: crypto.randomUUID() }),
      );
    await load(rupees(most) - 1);
    await load(1);
    await expect(load(1)).rejects.toMatchObject({
      name: 'WalletLimitError',
      facts: { limit: rupees(most), held: rupees(most), amount: 1 },
    });
    expect(await underWay()).toEqual([]);
  });

  it('takes no more than Rs 10,000 a month without full KYC, however much was spent since', async () => {
    const other = (
      await city.createUser(operator, {
        body: { ...asha, reference: 'small', kyc: 'basic' },
        idempotencyKey: 'small',
      })
    ).body.id;
    const load = (amount: number) =>
      city.topUpWallet(
        customer(other),
        topUp(rupees(amount), { path: { userId: other }, idempotencyKey: crypto.randomUUID() }),
      );
    await load(9_000);
    await city.ports.effects.commit({
      effect: { owner: 'test', name: 'spent' },
      changes: [walletDebited(other, rupees(9_000))],
      answer: null,
    });
    await expect(load(1_001)).rejects.toMatchObject({
      name: 'WalletLoadLimitError',
      facts: { limit: rupees(10_000), loaded: rupees(9_000) },
    });
    await load(1_000);
  });

  it('that the bank declines gives back the room and the month', async () => {
    const other = (
      await city.createUser(operator, {
        body: { ...asha, reference: 'small', kyc: 'basic' },
        idempotencyKey: 'small',
      })
    ).body.id;
    const load = () =>
      city.topUpWallet(
        customer(other),
        topUp(rupees(10_000), { path: { userId: other }, idempotencyKey: crypto.randomUUID() }),
      );
    city.bank.behaviour.declines = true;
    await expect(load()).rejects.toMatchObject({ name: 'PaymentDeclinedError' });
    city.bank.behaviour.declines = false;
    await expect(load()).resolves.toMatchObject({ status: 201 });
  });

  it('into a wallet that is not there is not found, and leaves nothing under way', async () => {
    const path = { userId: stranger };
    const asked = city.topUpWallet(customer(stranger), topUp(rupees(1), { path }));
    await expect(asked).rejects.toMatchObject({ name: 'NotFoundError', facts: { id: stranger } });
    expect(await underWay()).toEqual([]);
    await expect(city.getWallet(operator, { path })).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('that the bank declines is declined again under its key, and nothing has moved', async () => {
    city.bank.behaviour.declines = true;
    for (const _ of [1, 2]) {
      await expect(city.topUpWallet(customer(user), topUp())).rejects.toMatchObject({
        name: 'PaymentDeclinedError',
        status: 402,
        facts: { code: 'Z9' },
      });
    }
    expect([await balance(), city.bank.clearing(), await postings()]).toEqual([0, 0, []]);
    expect(await underWay()).toEqual([]);
  });

  it('whose answer was lost is finished by the sweeper, and the same key then answers it', async () => {
    city.faults.debit = new PeerUnavailableError({ peer: 'sandbox-bank', status: 503 });
    const lost = city.topUpWallet(customer(user), topUp());
    await expect(lost).rejects.toMatchObject({ name: 'PeerUnavailableError', retryable: true });
    expect([await balance(), city.bank.clearing()]).toEqual([0, 20_000]);
    delete city.faults.debit;
    city.clock.advance(60_000);
    // What became of it is asked for, and the money not once more.
    const debits = vi.spyOn(city.ports.bank, 'debit');
    await city.sweep();
    expect(debits).not.toHaveBeenCalled();
    expect([await balance(), city.bank.clearing()]).toEqual([20_000, 20_000]);
    expect((await city.topUpWallet(customer(user), topUp())).body.status).toBe('completed');
    expect(await balance()).toBe(20_000);
  });

  it('that nobody finishes does not keep the sweeper from the others', async () => {
    city.faults.debit = new PeerUnavailableError({ peer: 'sandbox-bank', status: 503 });
    await expect(city.topUpWallet(customer(user), topUp())).rejects.toThrow();
    city.faults.start = city.faults.debit;
    const { body } = await city.startPayment(customer(user), {
      body: { reference: 'PAY_001', merchantId: MERCHANT, amount: 100 },
    });
    delete city.faults.start;
    city.clock.advance(60_000);
    await city.sweep();
    expect(city.started).toEqual([`${body.id}.1`]);
    const [id = ''] = await underWay();
    expect(log.at(-1)).toMatchObject({ level: 'ERROR', message: 'it could not go on', id });
  });

  it('that never succeeds is parked after fifteen sweeps, and goes on when an operator says so', async () => {
    city.faults.debit = new PeerUnavailableError({ peer: 'sandbox-bank', status: 503 });
    await expect(city.topUpWallet(customer(user), topUp())).rejects.toThrow();
    const [id] = (await underWay()) as [TopUpId];
    const sweepOften = async (times: number) => {
      for (let n = 0; n < times; n += 1) {
        city.clock.advance(60_000);
        await city.sweep();
      }
    };
    await sweepOften(14);
    expect([await underWay(), city.parked()]).toEqual([[id], []]);
    await sweepOften(3);
    expect([await underWay(), city.letters()]).toEqual([[], [id]]);
    expect(log.find(({ message }) => message.startsWith('parked'))).toMatchObject({ level: 'ERROR' });
    const { body } = await city.listTopUps(operator);
    const attention = { status: 'needs_attention', attention: 'PeerUnavailableError' };
    const pages = body.items.length > 0 ? body.items : (await everyPage(body.next)).flat();
    expect(pages).toEqual([{ id, user, amount: 20_000, ...attention }]);

    delete city.faults.debit;
    city.clock.advance(1);
    const asked = { path: { topUpId: id }, body: { reason: 'the bank is back' } };
    for (const _ of [1, 2]) {
      expect(await city.resumeTopUp(operator, asked)).toMatchObject({
        status: 202,
        body: { id, status: 'in_progress' },
      });
    }
    expect([city.parked(), city.letters()]).toEqual([[id], []]);
    expect(log).toContainEqual(expect.objectContaining({ level: 'INFO', topUp: id, letters: 1 }));
    await sweepOften(1);
    expect([await balance(), city.bank.clearing()]).toEqual([20_000, 20_000]);
    const late = city.resumeTopUp(operator, { ...asked, idempotencyKey: 'key-2' });
    await expect(late).rejects.toMatchObject({
      name: 'NothingToResumeError',
      facts: { status: 'completed' },
    });
  });

  it('that is parked is still its owner’s to finish', async () => {
    city.faults.debit = new PeerUnavailableError({ peer: 'sandbox-bank', status: 503 });
    await expect(city.topUpWallet(customer(user), topUp())).rejects.toThrow();
    const [id] = (await underWay()) as [TopUpId];
    await city.store.transact([topUpSetAside(id, 'PeerUnavailableError', city.clock.now().toISOString())]);
    delete city.faults.debit;
    expect((await city.topUpWallet(customer(user), topUp())).body.status).toBe('completed');
    expect(await balance()).toBe(20_000);
  });
});

const everyPage = async (cursor: string | undefined) => {
  const pages: { readonly id: TopUpId }[][] = [];
  for (let next = cursor; next !== undefined; ) {
    const { body } = await city.listTopUps(operator, { query: { cursor: next } });
    pages.push(body.items);
    next = body.next;
  }
  return pages;
};
