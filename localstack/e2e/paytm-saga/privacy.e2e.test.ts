import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../../functions/paytm-saga/contract.ts';
import { rupees } from '../../../shared/money/index.ts';
import { ended, type Person, pay } from '../../story/cast.ts';
import { openCity } from '../city.ts';
import { leaksAside, leaksIn, leaksInLogs, leaksInTraces } from '../leaks.ts';
import { tableOf } from '../table.ts';

const { aws, bank, cast, city, operator, run, stage } = openCity();
const secrets = new SecretsManagerClient(aws);

const NAME = 'Zebunissa Kaleidoscope';
const PHONE = '9876501234';
const VPA = 'zebunissa.k@okaxis';
/** What everybody of the other tests and of the stories has. */
const CAST_PHONE = '9812345678';
describe('after payments of a person', () => {
  const forbidden = new Map<string, string>();
  let paymentId: string;

  beforeAll(async () => {
    const account = await bank.openAccount({
      body: { reference: `${run}.zk`, kind: 'customer', openingBalance: rupees(10_000) },
    });
    if (account.body.kind !== 'customer') throw new Error('a customer’s account was asked for');
    const body = { reference: 'zk', name: NAME, phone: `+91${PHONE}`, kyc: 'full' } as const;
    const user = await operator.createUser({
      idempotencyKey: `${run}.zk`,
      body: { ...body, bankAccount: account.body.id },
    });
    const who = stage.subject(user.body.id, 'customer');
    const doors = stage.as(who, 'paytm-saga', routes);
    const payer: Person = { id: user.body.id, account: account.body.id, doors };
    const merchant = await cast.merchant('discreet');

    // Paid, refused by the wallet, refused at the door: each path has lines of its own.
    const paid = await doors.startPayment({
      idempotencyKey: 'paid',
      body: {
        reference: 'paid',
        merchantId: merchant,
        amount: rupees(100),
        description: `${NAME}, ${PHONE}`,
        metadata: { vpa: VPA, phone: PHONE },
      },
    });
    paymentId = paid.body.id;
    const refused = await pay(payer, { reference: 'poor', merchant, amount: 50, method: 'paytm_wallet' });
    expect((await ended(payer, paid.body.id)).status).toBe('completed');
    expect((await ended(payer, refused.id)).status).toBe('refused');
    await fetch(`${city.systems['paytm-saga']?.url}/users`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${await stage.operator('paytm-saga')}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': `${run}.bad`,
      },
      body: JSON.stringify({ ...body, phone: PHONE, vpa: VPA, [VPA]: NAME }),
    });

    forbidden.set('a name', NAME).set('a phone', PHONE).set('the cast’s phone', CAST_PHONE).set('a VPA', VPA);
    forbidden.set('the payer’s token', await who('paytm-saga'));
    for (const client of ['operator', 'paytm-saga']) {
      const { SecretString = '' } = await secrets.send(
        new GetSecretValueCommand({ SecretId: `dabbawala/${client}/client` }),
      );
      forbidden.set(`the secret of ${client}`, SecretString);
    }
    const { SecretString: key = '' } = await secrets.send(
      new GetSecretValueCommand({ SecretId: 'dabbawala/identity/signing-key' }),
    );
    const secretHalf = /"d":"([\w-]+)"/.exec(key)?.[1];
    if (!secretHalf) throw new Error('the signing key was not found');
    forbidden.set('the signing key', secretHalf);
  });

  it('no log line holds name, phone, address, token or secret', async () => {
    const { looked, leaks } = await leaksInLogs(city, forbidden);
    expect(looked).toBeGreaterThan(100);
    expect(leaks).toEqual([]);
  });

  it('no item of a trace does', async () => {
    const { looked, leaks } = await leaksInTraces(city, forbidden);
    expect(looked).toBeGreaterThan(100);
    expect(leaks).toEqual([]);
  });

  it('no event does', async () => {
    const rows = await tableOf(city, 'paytm-saga', 'PaymentsName').outboxOf(paymentId);
    expect(rows).toHaveLength(4);
    expect(leaksIn(JSON.stringify(rows), forbidden)).toEqual([]);
  });

  it('no parked message and no dead letter does', async () => {
    const { queues, leaks } = await leaksAside(city, forbidden);
    expect(queues).toContain('paytm-saga-parking');
    expect(leaks).toEqual([]);
  });
});
