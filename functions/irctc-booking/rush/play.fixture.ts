/**
 * The rush simulator: the real use cases with ports in memory, and a seed that decides who comes, who goes on, and what goes
 * wrong. One seed is one rush, step by step.
 */
import { HouseError } from '../../../shared/errors/index.ts';
import { dice } from '../../../shared/testing/dice.ts';
import { fixedClock, sequenceIds } from '../../../shared/testing/memory-ports.ts';
import { allocateTogether } from '../consumers/allocate-berths.ts';
import { sweepOne as sweeping } from '../consumers/sweep.ts';
import { events } from '../contract.events.ts';
import type { Due } from '../domain/ports.ts';
import { actors, type End, type Gate } from './actors.fixture.ts';
import { consumerOf } from './consumers.fixture.ts';
import { crowd } from './crowd.fixture.ts';
import { lawsAtRest } from './laws-at-rest.fixture.ts';
import { outbox } from './outbox.fixture.ts';
import { type Defect, portsOn } from './ports.fixture.ts';
import { type Batch, queues, type Told } from './queues.fixture.ts';
import { DATE, OPENS, type Size, sceneOf, sceneText, stage, TRAIN } from './scene.fixture.ts';
import { storeOf } from './tapped.fixture.ts';
import { till } from './till.fixture.ts';
import { watch } from './watch.fixture.ts';
import type { Actor, Violation } from './watched.fixture.ts';

export interface Rush {
  readonly seed: number;
  /** @default 'small' */
  readonly size?: Size;
  /** Breaks a rule, to see that a law notices. @default nothing is broken */
  readonly defect?: Defect;
  /** Hears each step, as a person reads it. @default nobody hears */
  readonly tell?: (line: string) => void;
}

export interface Played {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly moves: number;
  readonly users: number;
  readonly bookings: number;
  readonly promotions: number;
  readonly paid: number;
}

/** Somebody makes the chart before it is time. */
const chartDue = { id: 'chart', type: events.chartDue.type, data: { train: TRAIN.number, date: DATE } };

/** The clock goes on so often, at most, until a rush is at rest. */
const ROUNDS = 24;
const MINUTE = 60_000;

export const play = async ({ seed, size = 'small', defect = {}, tell }: Rush): Promise<Played> => {
  const luck = dice(seed);
  const scene = sceneOf(luck, size);
  const clock = fixedClock(OPENS);
  const note = (line: () => string) => tell?.(`${clock.now().toISOString().slice(11, 19)} ${line()}`);
  note(() => sceneText(scene));
  const lines = queues(luck, scene.again);
  const watched = watch(scene.pools, size === 'large');
  let actor: Actor = { name: 'nobody' };
  const byName = new Map<string, Actor>();
  const crew = actors(luck, scene, note, (name) => {
    actor = byName.get(name) ?? { name };
  });
  const cash = till(luck, (fact) => {
    note(() => `the payment saga tells ${fact.type} of ${JSON.stringify(fact.data)}`);
    lines.put({ ...fact });
  });
  const hasLeftItsLine = ({ partitionkey, data }: Told) => {
    if (partitionkey !== undefined) watched.lines.left.add((data as { booking: never }).booking);
  };
  const relayed = outbox(luck, scene.relayDiesIn, {
    told: lines.put,
    late: (event) => {
      note(() => `  the relay dies with ${event.type}`);
      hasLeftItsLine(event);
    },
  });
  const store = storeOf({
    start: stage(scene),
    told: (event) => {
      note(() => `  ${event.type} ${JSON.stringify(event.data)}`);
      watched.heard(event);
      if (consumerOf(event.type))
        relayed.commit(defect.unordered ? { ...event, partitionkey: event.id } : event);
    },
    committed: (changed) => watched.committed(changed, actor),
  });
  const ids = sequenceIds();
  const around = {
    now: clock.now,
    ids,
    chance: luck.chance,
    deadline: () => 5_000,
    pause: async () => undefined,
  };
  const portsOf = (gate: Gate) => portsOn(gate, { store, around, cashier: cash.cashier, defect });
  const failure = (name: string, how: End) => {
    if (typeof how === 'string') return;
    const { error } = how;
    if (!(error instanceof HouseError) && !HouseError.from(error).retryable)
      watched.violations.push({
        law: 'nothing breaks',
        what: `${name}: ${String((error as Error).stack ?? error)}`,
      });
  };
  const people = crowd({
    luck,
    scene,
    portsOf,
    crew,
    note,
    watched,
    failed: failure,
    isOver: () => lines.ready() + crew.standing() + cash.open() === 0,
  });

  let works = 0;
  const work = (batch: Batch): Promise<void> => {
    works += 1;
    const [{ event, attempt }, ...others] = batch;
    const name = `${event.type.split('.')[1]} ${event.id.slice(-6)} (${works})`;
    byName.set(name, { name, message: { id: event.id, isPromotion: event.type.endsWith('PromotionDue') } });
    note(() => `${name} comes for the ${attempt}. time: ${JSON.stringify(event.data)}`);
    for (const { event: other } of others) note(() => `  and with it ${JSON.stringify(other.data)}`);
    const consume = consumerOf(event.type);
    return crew.start(
      name,
      async (gate) =>
        others.length > 0
          ? allocateTogether(portsOf(gate))(batch.map((one) => one.event as never))
          : consume?.(portsOf(gate), event, attempt),
      (how) => {
        byName.delete(name);
        failure(name, how);
        if (how === 'done') lines.did(batch);
        else {
          lines.failed(batch);
          if (lines.wasParked(event)) hasLeftItsLine(event);
        }
      },
    );
  };

  const sweep = async (): Promise<void> => {
    relayed.sweep();
    for (const due of store.due(clock.now())) await sweepOne(due);
  };
  let sweeps = 0;
  const sweepOne = (due: Due): Promise<void> => {
    sweeps += 1;
    const name = `sweep ${sweeps}`;
    note(() => `${name} finds ${JSON.stringify(due)}`);
    return crew.start(
      name,
      (gate) => sweeping(portsOf(gate))(due),
      (how) => failure(name, how),
    );
  };

  let moves = 0;
  let isCharted = false;
  const drain = async (isAmid: boolean): Promise<void> => {
    while (watched.violations.length === 0) {
      const weights = [
        crew.standing() * scene.pace.stands,
        lines.ready() * scene.pace.messages,
        people.wanting() * scene.pace.people,
        cash.open() * scene.pace.till,
      ] as const;
      const total = weights[0] + weights[1] + weights[2] + weights[3];
      if (total === 0) return;
      moves += 1;
      if (isAmid && !isCharted && people.wanting() <= scene.chartsAt) {
        isCharted = true;
        lines.put(chartDue);
      }
      if (isAmid && luck.onceIn(scene.timeIn)) {
        if (luck.onceIn(2)) await sweep();
        else clock.advance(luck.onceIn(8) ? 6 * MINUTE : luck.between(1, 90) * 1_000);
        continue;
      }
      const pick = luck.below(total);
      if (pick < weights[0]) await crew.goOn();
      else if (pick < weights[0] + weights[1]) await work(lines.take());
      else if (pick < total - weights[3]) await people.act();
      else cash.decide();
    }
  };

  await drain(true);
  crew.calmDown();
  relayed.calmDown();
  let isDone = false;
  for (let round = 0; round < ROUNDS && watched.violations.length === 0 && !isDone; round += 1) {
    lines.redrive();
    relayed.sweep();
    await drain(false);
    clock.advance(round === 6 && scene.charts === 'late' ? 24 * 60 * MINUTE : 11 * MINUTE);
    if (round === 4) cash.payLate();
    const due = store.due(clock.now());
    for (const one of due) await sweepOne(one);
    await drain(false);
    isDone = round > 7 && due.length === 0 && lines.ready() + lines.parked.length === 0;
  }
  if (watched.violations.length === 0)
    lawsAtRest(
      { watched, till: cash, queues: lines, store, customers: people.names, made: people.made },
      (law, what) => watched.violations.push({ law, what }),
    );
  const all = [...watched.bookings.values()];
  return {
    ...{ seed, moves, users: scene.users, bookings: all.length, violations: watched.violations },
    promotions: all.reduce((sum, { moves: of }) => sum + of.filter(({ by }) => by === 'promotion').length, 0),
    paid: all.filter(({ pnr }) => pnr !== undefined).length,
  };
};
