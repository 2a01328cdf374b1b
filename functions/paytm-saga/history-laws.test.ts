import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect, vi } from 'vitest';
import { rupees } from '../../shared/money/index.ts';
import { resumeAll } from './operator.fixture.ts';
import type { Trial } from './saga-trial.fixture.ts';
import { play, settleDown } from './saga-world.fixture.ts';

beforeAll(() => {
  vi.stubEnv('LOG_LEVEL', 'SILENT');
  // Under the scheduler everything but a gate has to be ready at once; keys alone tell commands apart here.
  vi.spyOn(crypto.subtle, 'digest').mockResolvedValue(new ArrayBuffer(32));
});

/** One payment that may be frozen, late and killed at any call. */
const anySequence: fc.Arbitrary<Omit<Trial, 'defect'>> = fc.record({
  choices: fc.array(fc.nat(255), { maxLength: 400, size: 'max' }),
  faultIn: fc.constantFrom(200, 60, 20),
  late: fc.constant([]),
  method: fc.constantFrom('upi' as const, 'paytm_wallet' as const),
  payments: fc.constant(1 as const),
  wallet: fc.constant(rupees(1_500)),
  declines: fc.nat(7).map((n) => n === 7),
  payer: fc.constantFrom('at once' as const, 'approves' as const, 'silent' as const),
  answersAfter: fc.nat(40),
  settlesLate: fc.boolean(),
  outage: fc.constant(null),
  unsent: fc.constant(0),
  mute: fc.constantFrom(null, 'RefundCharge' as const, 'Close' as const),
  freezeAfter: fc.option(fc.nat(40)),
  lateAfter: fc.option(fc.nat(40), { freq: 1 }),
  sweepsAfter: fc.array(fc.nat(40), { maxLength: 2 }),
  impatient: fc.boolean(),
  resumesAfter: fc.array(fc.nat(120), { maxLength: 2 }),
});

test.prop([anySequence], { numRuns: 300 })(
  'whatever goes wrong, each effect of a payment is one line of its history, and it ends once at most',
  async (trial) => {
    const seen = await play(trial);
    if ((await resumeAll(seen)) > 0) await settleDown(seen);
    const [id] = seen.payments;
    let ends = 0;
    for (const changes of seen.journal) {
      const puts = changes.flatMap((change) => (change.does === 'put' ? [change.item] : []));
      // That an execution waits changes nothing of the payment but whom to wake.
      const effects = puts.filter(
        ({ pk, sk }) =>
          (pk === `EFFECT#${id}` && !String(sk).startsWith('waits-')) ||
          pk === `EFFECT#hear-bank ${id}` ||
          String(pk).includes(' resume-payment '),
      );
      const lines = puts.filter(({ pk }) => pk === `HISTORY#${id}`);
      expect(lines.map(({ sk }) => sk)).toEqual(effects.map(({ at, by }) => `${at}#${by}`));
      ends += lines.filter(({ what }) => what === 'ended').length;
    }
    expect(ends).toBeLessThanOrEqual(1);
  },
  120_000,
);
