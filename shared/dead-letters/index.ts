export type { DeadLetter } from './letter.ts';
export { type MoveTask, type MoveTasks, moveTasks } from './move.ts';
export { type DeadLetters, deadLetters, type Outcome } from './queue.ts';
export { type Redriven, redriveWhole } from './whole.ts';
