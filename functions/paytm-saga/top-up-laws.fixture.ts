/** Test help: one top-up under the deterministic scheduler, and what must be true of it in the end. */
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { type EffectStore, memoryStore } from '../../shared/effects/index.ts';
import { HouseError } from '../../shared/errors/index.ts';
import { rupees } from '../../shared/money/index.ts';
import { fixedClock, type Gate, schedule, sequenceIds } from '../../shared/testing/index.ts';
import { memoryBank } from './bank.fixture.ts';
import { PAYER, START, settleIn } from './city.fixture.ts';
import { TopUpId } from './contract.ts';
import { BANK_CLEARING, walletOf } from './domain/accounts.ts';
import { WALLET_LIMITS } from './domain/rules.ts';
import { sweepOnce } from './operator.fixture.ts';
import { topUpKey, walletKey } from './store/keys.ts';
import { INDEXES, portsOn } from './store/ports.ts';
import { finishTopUp, topUpOpened } from './store/top-ups.ts';
import { moments, unsteady, type Weather } from './unsteady-ports.fixture.ts';

const TOP_UP = TopUpId.parse('topup_0198c0de-0000-7000-8000-000000000005');
const AMOUNT = rupees(200);

export interface TopUpTrial extends Weather {
  readonly choices: readonly number[];
  readonly faultIn: number;
  readonly declines: boolean;
  /** How many callers come with it at once, as one who asks again does. */
  readonly callers: number;
  /** When the sweeper comes, too. */
  readonly sweepsAfter: readonly number[];
  readonly defect?: (store: EffectStore) => EffectStore;
}

/** A top-up ends once, in the wallet and at the bank alike, whoever brings it to its end. */
export const topUpEndsOnce = async (trial: TopUpTrial): Promise<void> => {
  const store = memoryStore({ indexes: INDEXES });
  const { bank, behaviour, charges, moves, clearing } = memoryBank();
  behaviour.declines = trial.declines;
  await settleIn(store, { payments: [] });
  await store.transact(
    topUpOpened({ id: TOP_UP, user: PAYER, amount: AMOUNT, createdAt: START }, WALLET_LIMITS.full),
  );
  const { choices, faultIn, defect = (it) => it } = trial;
  const comesAgain = (error: unknown) => HouseError.from(error).retryable;
  const world = schedule<unknown>({ choices, faultIn, comesAgain });
  let calm = false;
  const through = unsteady(trial, { store, bank, world, isCalm: () => calm });
  const clock = fixedClock(new Date(Date.parse(START) + 60_000).toISOString());
  const ids = sequenceIds();
  const portsThrough = (gate: Gate) => {
    let paused = 0;
    const pause = async (ms: number) => {
      paused += ms;
    };
    const around = { now: clock.now, ids, chance: () => 0.9, deadline: () => 200 - paused, pause };
    const unused = async () => undefined as never;
    return {
      ...portsOn(defect(gate(through.store)), around),
      bank: gate(through.bank),
      executions: { start: unused, state: unused },
      parking: { park: unused, settle: unused },
    };
  };
  let lives = 0;
  for (let caller = 0; caller < trial.callers; caller += 1) {
    world.actor(`caller ${caller}`, async (gate) => {
      lives += 1;
      // An outage lasts longer than anybody's patience; the sweeper has to do it then.
      if (lives <= 8) await finishTopUp(portsThrough(gate))(TOP_UP);
    });
  }
  for (const after of trial.sweepsAfter) {
    let sweeps = 0;
    world.actor('sweeper', async (gate) => {
      sweeps += 1;
      await moments(gate, after);
      // It too would come again for ever while the outage lasts; the last sweep is after it.
      if (sweeps <= 8) await sweepOnce(portsThrough(gate));
    });
  }
  await world.run();
  calm = true;
  await sweepOnce(portsThrough((port) => port));

  world.verify(() => {
    const items = store.all();
    const topUp = items.find(({ pk }) => pk === topUpKey(TOP_UP).pk);
    const credited = trial.declines ? 0 : AMOUNT;
    strictEqual(topUp?.status, trial.declines ? 'declined' : 'completed', 'it ends as the bank decided');
    ok(topUp.openShard === undefined, 'what has ended is out of the sweeper’s sight');
    deepStrictEqual(
      moves.map(({ what }) => what),
      [trial.declines ? 'declined' : 'taken'],
      'the bank is asked for one thing once',
    );
    strictEqual(charges.size, 1);
    const lines = items.filter(({ pk }) => String(pk).startsWith('LEDGER#'));
    const at = (account: string) =>
      lines.filter((line) => line.account === account).reduce((sum, { amount }) => sum + Number(amount), 0);
    const wallet = items.find(({ pk, sk }) => pk === walletKey(PAYER).pk && sk === walletKey(PAYER).sk);
    strictEqual(wallet?.balance, credited, 'credited once');
    strictEqual(wallet?.claimed, credited, 'and no room is claimed for what has come, or does not');
    strictEqual(at(walletOf(PAYER)), credited, 'the stored wallet is the sum of its postings');
    strictEqual(at(BANK_CLEARING) + clearing(), 0, 'our clearing account is the bank’s');
    strictEqual(lines.length, trial.declines ? 0 : 2, 'it is posted once');
  });
};
