import type { Change, Commit, Effect, Effects, Posting } from '../../../shared/effects/index.ts';
import type { TaskContext } from '../../../shared/lambda/index.ts';
import type { OutgoingEvent } from '../../../shared/messaging/events.ts';
import type { Now } from '../../../shared/time/index.ts';
import type { PaymentId, SagaInput, StepName } from '../contract.ts';
import { ForeignExecutionError } from '../domain/errors.ts';
import { COMPENSATIONS, type CompensatedStep, type Payment, type Undone } from '../domain/payment.ts';
import { happened } from './history.ts';
import { paymentKey } from './keys.ts';
import { type Payments, stepAsked, stepDone, stepOpen, stepUndone } from './payments.ts';
import { telling } from './telling.ts';

/** What every step of the saga works with. */
export interface SagaPorts {
  readonly payments: Payments;
  readonly effects: Effects;
  readonly now: Now;
}

/** Who acts: the execution, `<payment>.<n>`. */
export type Acting = Pick<TaskContext, 'executionId'>;

/** What a step found or did; all of it is written in the one transaction that marks the step done. */
export interface Progress {
  readonly facts?: { readonly [fact: string]: string | number | boolean };
  readonly changes?: readonly Change[];
  readonly postings?: readonly Posting[];
  readonly events?: readonly OutgoingEvent[];
}

/** The step was asked for and is open: it is asked again when the bank has told, or after a while. */
export const WAITS = 'waits';

/** A step at work: the payment as it was read, and a way to say that a remote effect is about to be asked for. */
export interface Work {
  readonly payment: Payment;
  /** Where the step's events come from. */
  readonly origin: { readonly correlationId: string; readonly traceparent: string };
  /**
   * Writes `asked` once, before the first remote call: from then on the effect may have happened.
   * @returns whether it was written before, so that an earlier call may have been heard
   */
  readonly ask: () => Promise<{ readonly again: boolean }>;
}

/** What the machine learns of a step. */
export interface StepAnswer {
  readonly step: StepName;
  readonly repeated: boolean;
  /** The machine waits for the bank before it asks again. */
  readonly waits?: true;
}

/**
 * `<payment>.<n>` → n, which the record compares with the number of the execution that may act.
 * @throws {ForeignExecutionError} the name is that of no execution of this payment: it must not act for it
 */
export const executionNumber = (payment: PaymentId, executionId: string): number => {
  const [, number] = /^\.([1-9]\d{0,8})$/.exec(executionId.slice(payment.length)) ?? [];
  if (number === undefined || !executionId.startsWith(payment)) {
    throw new ForeignExecutionError({ payment, execution: executionId });
  }
  return Number(number);
};

/**
 * A step before or at the pivot, or a best-effort one after it: done once, however often it is called, by the one
 * execution that may act, and only while the saga goes forward.
 */
export const forwardStep =
  <P extends SagaPorts>(
    step: StepName,
    does: (ports: P, work: Work) => Progress | Promise<Progress | typeof WAITS>,
  ) =>
  (ports: P) =>
  async (input: SagaInput, { executionId }: Acting): Promise<StepAnswer> => {
    const payment = await ports.payments.load(input.payment);
    if (payment.steps[step]?.state === 'done') return { step, repeated: true };
    const origin = { correlationId: input.correlationId, traceparent: input.traceparent };
    const at = () => ports.now().toISOString();
    const ask = async () => {
      const { repeated } = await ports.effects.commit({
        ...once(payment.id, `${step}.asked`, executionId),
        ...happened(payment.id, 'asked', { step }),
        changes: [stepAsked(payment.id, step, at())],
        answer: step,
      });
      return { again: repeated };
    };
    const progress = await does(ports, { payment, origin, ask });
    if (progress === WAITS) {
      if (!payment.steps[step]?.open) {
        await ports.effects.commit({
          ...once(payment.id, `${step}.open`, executionId),
          changes: [stepOpen(payment.id, step, at())],
          ...happened(payment.id, 'heard', { step, bank: 'open' }),
          answer: step,
        });
      }
      return { step, repeated: false, waits: true };
    }
    const { facts, changes = [], postings = [], events = [] } = progress;
    const { repeated } = await ports.effects.commit({
      ...once(payment.id, step, executionId),
      ...telling(payment, executionId, {
        changes: [stepDone(payment.id, step, at(), facts), ...changes],
        events,
      }),
      ...posted(payment.id, step, executionId, postings),
      ...happened(payment.id, 'done', { step }),
      answer: step,
    });
    return { step, repeated };
  };

/** What a compensation undid; a step that never happened had nothing to undo. */
export interface Reversal {
  readonly outcome: Undone['outcome'];
  readonly changes?: readonly Change[];
  readonly postings?: readonly Posting[];
}

/** The compensation of a step: done once, only while the saga goes back, and only if the step was at least asked for. */
export const compensation =
  <P extends SagaPorts>(
    step: CompensatedStep,
    undoes: (ports: P, payment: Payment) => Reversal | Promise<Reversal>,
  ) =>
  (ports: P) =>
  async (
    input: SagaInput,
    { executionId }: Acting,
  ): Promise<{ step: StepName; outcome: Undone['outcome'] }> => {
    const payment = await ports.payments.load(input.payment);
    const known = payment.undone[step];
    if (known || !payment.steps[step]) return { step, outcome: known?.outcome ?? 'nothing' };
    const { outcome, changes = [], postings = [] } = await undoes(ports, payment);
    const at = ports.now().toISOString();
    const effect = COMPENSATIONS.find((one) => one.step === step)?.effect ?? step;
    await ports.effects.commit({
      ...once(payment.id, effect, executionId),
      changes: [stepUndone(payment.id, step, { at, outcome }), ...changes],
      ...posted(payment.id, effect, executionId, postings),
      ...happened(payment.id, 'undone', { step, outcome }),
      answer: outcome,
    });
    return { step, outcome };
  };

/**
 * An effect of a payment, and who may have it: the execution whose number the record names.
 * @param keep for how long it is remembered. @default for ever
 */
export const once = (
  id: PaymentId,
  name: string,
  executionId: string,
  keep: Pick<Effect, 'keepDays'> = {},
): Pick<Commit<never>, 'effect' | 'expects'> => ({
  effect: { owner: id, name, ...keep },
  expects: { record: paymentKey(id), actor: executionNumber(id, executionId) },
});

const posted = (payment: PaymentId, step: string, execution: string, lines: readonly Posting[]) =>
  lines.length > 0 ? { postings: { facts: { payment, step, execution }, lines } } : {};
