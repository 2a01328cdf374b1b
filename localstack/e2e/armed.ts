import { randomBytes } from 'node:crypto';
import { context, trace } from '@opentelemetry/api';
import { routes as platformRoutes } from '../../functions/platform/contract.ts';
import type { ArmedFault, FaultToArm } from '../../shared/faults/index.ts';
import { waitFor } from '../../shared/testing/index.ts';
import { startTracing } from '../../shared/tracing/index.ts';
import type { Stage } from '../story/stage.ts';

/** What an operator says of a fault; the rest has defaults. */
export type Fault = Pick<FaultToArm, 'function' | 'kind'> & Partial<FaultToArm>;

/** The city's switch for faults, and calls that faults can be about. */
export const armouryOf = (stage: Stage) => {
  const doors = stage.as(stage.operator, 'platform', platformRoutes);
  return {
    /** Arms faults, which happen in this order; when it resolves every worker knows of them. */
    async arm(...faults: readonly Fault[]): Promise<readonly ArmedFault[]> {
      const armed: ArmedFault[] = [];
      for (const body of faults) armed.push((await doors.armFault({ body })).body);
      const from = Math.max(...armed.map(({ activeFrom }) => Date.parse(activeFrom)));
      await waitFor(() => Date.now() >= from, { what: 'every worker to know of the faults', everyMs: 20 });
      return armed;
    },
    /** Those that have calls left. */
    left: async (): Promise<readonly ArmedFault[]> => (await doors.listFaults({})).body.items,
    disarm: () => doors.disarmFaults({}),
    /**
     * A trace id, and a way to call under it: it goes from the door through every state, so a fault can be about a
     * payment that has no id yet.
     */
    traced() {
      startTracing();
      const traceId = randomBytes(16).toString('hex');
      const span = { traceId, spanId: randomBytes(8).toString('hex'), traceFlags: 1 };
      const under = trace.setSpanContext(context.active(), span);
      return { traceId, call: <T>(work: () => Promise<T>): Promise<T> => context.with(under, work) };
    },
  };
};
