export { type FixedClock, fixedClock, sequenceIds } from './memory-ports.ts';
export {
  ConnectionLost,
  type Gate,
  type Outcome,
  type Schedule,
  type ScheduleOptions,
  schedule,
} from './scheduler.ts';
export { type WaitForOptions, waitFor } from './wait-for.ts';
