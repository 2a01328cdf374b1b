export { type DeadLetter, type LetterKind, REDRIVES, TRAIL } from './letter.ts';
export { type DryRun, deadLetters, type Meant, type Outcome } from './queue.ts';
