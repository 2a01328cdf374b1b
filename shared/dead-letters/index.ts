export { type DeadLetter, REDRIVES, TRAIL } from './letter.ts';
export { deadLetters, type Outcome } from './queue.ts';
