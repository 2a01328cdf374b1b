/** Test help: one order that is started by several callers at once, under the deterministic scheduler. */
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { type EffectStore, memoryStore } from '../../shared/effects/index.ts';
import { HouseError } from '../../shared/errors/index.ts';
import type { RequestOf } from '../../shared/lambda/index.ts';
import { fixedClock, type Gate, schedule, sequenceIds } from '../../shared/testing/index.ts';
import { memoryBank } from './bank.fixture.ts';
import { MERCHANT, PAYER, START, settleIn } from './city.fixture.ts';
import { routes } from './contract.ts';
import { startPayment } from './doors/start-payment.ts';
import { sweepOnce } from './operator.fixture.ts';
import { INDEXES, portsOn } from './store/ports.ts';
import { unsteady, type Weather } from './unsteady-ports.fixture.ts';

type Request = RequestOf<typeof routes.startPayment>;

export interface StartTrial extends Pick<Weather, 'late'> {
  readonly choices: readonly number[];
  readonly faultIn: number;
  /** The key of each caller; who has the same key asks for the same. */
  readonly keys: readonly string[];
  readonly defect?: (store: EffectStore) => EffectStore;
}

/**
 * However many callers start an order of one reference: there is one payment, everybody with the key of the first
 * gets it, everybody else is told that the reference is taken, and its first execution is started.
 */
export const startsOnce = async (trial: StartTrial): Promise<void> => {
  const store = memoryStore({ indexes: INDEXES });
  await settleIn(store, { payments: [] });
  const { choices, faultIn, keys, defect = (it) => it } = trial;
  const comesAgain = (error: unknown) => HouseError.from(error).retryable;
  const world = schedule<{ id: string; key: string } | undefined>({ choices, faultIn, comesAgain });
  const clock = fixedClock(START);
  const ids = sequenceIds();
  const started = new Set<string>();
  const executions = {
    start: async ({ id, actor }: { id: string; actor: number }) => void started.add(`${id}.${actor}`),
    state: async (id: string, actor: number) =>
      started.has(`${id}.${actor}`) ? ('running' as const) : ('absent' as const),
  };
  const bank = memoryBank().bank;
  let calm = false;
  const through = unsteady({ ...trial, outage: null }, { store, bank, world, isCalm: () => calm });
  const portsThrough = (gate: Gate) => {
    let paused = 0;
    const pause = async (ms: number) => {
      paused += ms;
    };
    const around = { now: clock.now, ids, chance: () => 0.9, deadline: () => 200 - paused, pause };
    const parking = { park: async () => undefined, settle: async () => 0 };
    return {
      ...portsOn(defect(gate(through.store)), around),
      ...{ bank, parking, executions: gate(executions) },
    };
  };
  const order = { reference: 'PAY', merchantId: MERCHANT, amount: 100 };
  const body = routes.startPayment.request.body.parse(order) as Request['body'];
  const caller = { subject: PAYER, roles: ['customer'] as const };
  const rest = {
    path: undefined,
    query: undefined,
    headers: undefined,
    language: 'en',
    say: String,
    client: '',
  } as const;
  const context = { correlationId: 'correlation', traceparent: 'trace', remainingMs: () => 5_000 };
  for (const [n, key] of keys.entries()) {
    world.actor(`caller ${n} with ${key}`, async (gate) => {
      const door = startPayment(portsThrough(gate));
      const answer = await door({ ...rest, body, caller, idempotencyKey: key }, context);
      return { id: answer.body.id, key };
    });
  }
  const outcomes = await world.run();
  calm = true;
  clock.advance(60_000);
  await sweepOnce(portsThrough((port) => port));

  world.verify(() => {
    const payments = store.all().filter(({ sk }) => sk === 'PAYMENT');
    strictEqual(payments.length, 1, 'there is one payment');
    const accepted = outcomes.flatMap((outcome) =>
      'value' in outcome && outcome.value ? [outcome.value] : [],
    );
    const refused = outcomes.flatMap((outcome) =>
      'error' in outcome && !comesAgain(outcome.error) ? [outcome] : [],
    );
    ok(
      accepted.every(({ id }) => id === payments[0]?.id),
      'who is accepted gets the payment',
    );
    ok(new Set(accepted.map(({ key }) => key)).size <= 1, 'one key is accepted');
    for (const { actor, error } of refused) {
      strictEqual(error instanceof Error && error.name, 'ReferenceTakenError');
      ok(!accepted.some(({ key }) => actor.endsWith(` ${key}`)), 'nobody is refused under the accepted key');
    }
    strictEqual(accepted.length + refused.length, keys.length, 'everybody is answered');
    deepStrictEqual([...started], [`${payments[0]?.id}.1`], 'its first execution is started');
  });
};
