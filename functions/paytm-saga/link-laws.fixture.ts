/** Test help: charges by one link, and its end, under the deterministic scheduler, and what must be true of them. */
import { ok, strictEqual } from 'node:assert/strict';
import { type EffectStore, memoryStore } from '../../shared/effects/index.ts';
import { HouseError } from '../../shared/errors/index.ts';
import type { RequestOf } from '../../shared/lambda/index.ts';
import { rupees } from '../../shared/money/index.ts';
import { fixedClock, type Gate, schedule, sequenceIds } from '../../shared/testing/index.ts';
import { memoryBank } from './bank.fixture.ts';
import { MERCHANT, PAYER, START, settleIn } from './city.fixture.ts';
import { LinkId, routes } from './contract.ts';
import type { Payment } from './domain/payment.ts';
import { endLink } from './doors/end-link.ts';
import { startPayment } from './doors/start-payment.ts';
import { customer, system } from './doors.fixture.ts';
import { linkKey } from './store/keys.ts';
import { linkMade } from './store/links.ts';
import { INDEXES, portsOn } from './store/ports.ts';
import { unsteady, type Weather } from './unsteady-ports.fixture.ts';

const LINK = LinkId.parse('link_0198c0de-0000-7000-8000-000000000006');
const CUSTOMER = 'customer_1';
export const UP_TO = rupees(500);
const zomato = system('zomato-ordering');
type Request = RequestOf<typeof routes.startPayment>;

export interface LinkTrial extends Pick<Weather, 'late'> {
  readonly choices: readonly number[];
  readonly faultIn: number;
  /** In paise; each is charged under a key of its own, by so many callers at once. */
  readonly charges: readonly { readonly amount: number; readonly callers: number }[];
  /** How many at once end the link. */
  readonly endings: number;
  readonly defect?: (store: EffectStore) => EffectStore;
}

/**
 * Whoever charges by a link, at once, late and again: each key is one payment or none, none takes more than the link
 * allows, and none is accepted once the link has ended, whichever of the two writes was on its way first.
 */
export const linkIsKept = async (trial: LinkTrial): Promise<void> => {
  const store = memoryStore({ indexes: INDEXES });
  await settleIn(store, { payments: [] });
  const made = {
    ...{ id: LINK, user: PAYER, system: 'zomato-ordering', customer: CUSTOMER, upTo: UP_TO },
    createdAt: START,
  };
  await store.transact([linkMade(made)]);
  const { choices, faultIn, charges, endings, defect = (it) => it } = trial;
  const comesAgain = (error: unknown) => HouseError.from(error).retryable;
  const world = schedule<{ id: string; key: string } | undefined>({ choices, faultIn, comesAgain });
  const { noting, written } = noted(store);
  const bank = memoryBank().bank;
  const through = unsteady({ ...trial, outage: null }, { store: noting, bank, world, isCalm: () => false });
  const clock = fixedClock(START);
  const ids = sequenceIds();
  const portsThrough = (gate: Gate) => {
    let paused = 0;
    const pause = async (ms: number) => {
      paused += ms;
    };
    const around = { now: clock.now, ids, chance: () => 0.9, deadline: () => 200 - paused, pause };
    const executions = { start: async () => undefined, state: async () => 'running' as const };
    return { ...portsOn(defect(gate(through.store)), around), executions };
  };
  const rest = { query: undefined, headers: undefined, language: 'en', say: String, client: '' } as const;
  const context = { correlationId: 'correlation', traceparent: 'trace', remainingMs: () => 5_000 };
  for (const [n, { amount, callers }] of charges.entries()) {
    const key = `key-${n}`;
    const order = { reference: key, merchantId: MERCHANT, amount, link: LINK, customer: CUSTOMER };
    const body = routes.startPayment.request.body.parse(order) as Request['body'];
    for (let caller = 0; caller < callers; caller += 1) {
      world.actor(`caller ${caller} with ${key}`, async (gate) => {
        const charge = startPayment(portsThrough(gate));
        const asked = { ...rest, path: undefined, body, caller: zomato, idempotencyKey: key };
        return { id: (await charge(asked, context)).body.id, key };
      });
    }
  }
  for (let ending = 0; ending < endings; ending += 1) {
    world.actor(`payer ${ending}`, async (gate) => {
      const asked = { ...rest, path: { linkId: LINK }, body: undefined, idempotencyKey: undefined };
      await endLink(portsThrough(gate))({ ...asked, caller: customer() });
      return undefined;
    });
  }
  const outcomes = await world.run();

  world.verify(() => {
    const payments = store.all().filter(({ sk }) => sk === 'PAYMENT') as unknown as Payment[];
    for (const { amount, payer, startedBy } of payments) {
      ok(amount <= UP_TO, 'no payment takes more than its link allows');
      strictEqual(`${payer} ${startedBy}`, `${PAYER} ${zomato.subject}`);
    }
    strictEqual(written.filter((what) => what === 'ended').length, Math.min(endings, 1), 'it ends once');
    const end = written.indexOf('ended');
    ok(end === -1 || !written.includes('accepted', end), 'a link that has ended pays nothing');

    const accepted = outcomes.flatMap((one) => ('value' in one && one.value ? [one.value] : []));
    const pairs = new Set(accepted.map(({ id, key }) => `${key} ${id}`));
    strictEqual(pairs.size, payments.length, 'a key is one payment, and each payment is known to its caller');
    for (const { actor, error } of outcomes.flatMap((one) =>
      'error' in one && !comesAgain(one.error) ? [one] : [],
    )) {
      strictEqual(error instanceof Error && error.name, 'LinkNotUsableError');
      ok(!accepted.some(({ key }) => actor.endsWith(` ${key}`)), 'nobody is refused under an accepted key');
    }
    const allowed = charges.every(({ amount }) => amount <= UP_TO);
    if (endings === 0 && allowed) strictEqual(payments.length, charges.length, 'what is allowed is accepted');
  });
};

/** A store that says in which order links ended and payments were accepted. */
const noted = (store: EffectStore) => {
  const written: ('ended' | 'accepted')[] = [];
  const noting: EffectStore = {
    ...store,
    async transact(changes) {
      await store.transact(changes);
      for (const { does, key } of changes) {
        if (key.sk === 'PAYMENT' && does === 'put') written.push('accepted');
        if (key.pk === linkKey(LINK).pk && does === 'update') written.push('ended');
      }
    },
  };
  return { noting, written };
};

/** Amounts around what the link allows. */
export const AROUND = [1, UP_TO - 1, UP_TO, UP_TO + 1, 2 * UP_TO];
