/** Test help: the sweeper, and an operator who lets payments go on that needed attention, under the scheduler and after it. */
import type { RequestOf } from '../../shared/lambda/index.ts';
import { type SweepPorts, sweep } from './consumers/sweep.ts';
import type { PaymentId, routes } from './contract.ts';
import { type ResumePorts, resumePayment } from './doors/resume-payment.ts';
import type { City } from './saga-trial.fixture.ts';

type Request = RequestOf<typeof routes.resumePayment>;

/** Asks the operator's door as its handler does; answers the number of the execution that goes on. */
export const resumeOf = async (
  ports: ResumePorts,
  { id, key }: { id: PaymentId; key: string },
): Promise<number> => {
  const request: Request = {
    ...{
      path: { paymentId: id },
      query: undefined,
      headers: undefined,
      body: { reason: 'the bank is back' },
    },
    ...{ idempotencyKey: key, language: 'en', say: String, client: '' },
    caller: { subject: 'operator', roles: ['operator'] },
  };
  const context = { correlationId: 'operator', traceparent: 'trace', remainingMs: () => 5_000 };
  const { body } = await resumePayment(ports)(request, context);
  return body.resumptions?.at(-1)?.execution ?? 0;
};

/** One run of the sweeper, with time enough. */
export const sweepOnce = (
  ports: SweepPorts,
  run: typeof sweep = sweep,
  remainingMs = () => 30_000,
): Promise<void> =>
  run(ports)({ sweep: 'payments' }, { correlationId: 'sweep', traceparent: 'trace', remainingMs });

/**
 * After a sequence: two operators let everything go on that needs attention, at the same moment, and one of them asks
 * twice. Answers how many payments there were.
 */
export const resumeAll = async (city: City): Promise<number> => {
  const ports = city.portsThrough((port) => port, 'operator');
  const records = await Promise.all(city.payments.map((id) => ports.payments.load(id)));
  const waiting = records.filter(({ status }) => status === 'needs_attention');
  for (const { id } of waiting) {
    const asked = ['first', 'first', 'second'].map((key) => resumeOf(ports, { id, key: `${key} ${id}` }));
    const outcomes = await Promise.allSettled(asked);
    const executions = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const refused = outcomes.length - executions.length;
    city.resumes.push({ id, executions: new Set(executions).size, refused });
  }
  return waiting.length;
};
