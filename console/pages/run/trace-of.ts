/** Under which trace a run is found: the one that its input carries. */
import type { RunDetail } from '../../../functions/console/contract.ts';

/** By W3C Trace Context: version, trace id, parent id, flags. */
const TRACEPARENT = /"traceparent"\s*:\s*"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}"/;

export const traceOf = ({ input }: Pick<RunDetail, 'input'>): string | undefined =>
  TRACEPARENT.exec(input?.text ?? '')?.[1];
