export { type FixedClock, fixedClock, seededChance, sequenceIds } from './memory-ports.ts';
export {
  ConnectionLost,
  everyFault,
  type Fault,
  type Gate,
  type Outcome,
  type Schedule,
  type ScheduleOptions,
  schedule,
} from './scheduler.ts';
export { type WaitForOptions, waitFor } from './wait-for.ts';
