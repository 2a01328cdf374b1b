export type { DeadLetter } from './letter.ts';
export { type DeadLetters, deadLetters, type Outcome } from './queue.ts';
