export { currentScope, inScope, remainingMs, type Scope } from './scope.ts';
export {
  currentSpan,
  currentSpanId,
  currentTraceId,
  currentTraceparent,
  inSpan,
  inSpanOf,
  type RunningSpan,
  type SpanOptions,
  startTracing,
} from './tracing.ts';
