import { styleText } from 'node:util';
import { CommanderError } from 'commander';
import { INTERRUPTED_EXIT, Interrupted } from '../cloud/interrupt.ts';
import { CloudProblem } from '../cloud/problem.ts';

/** Says what went wrong: a sentence and what to do for what the user can mend, a stack for a defect of ours. */
export const report = (thrown: unknown): void => {
  const say = (text: string) => process.stderr.write(`${text}\n`);
  if (thrown instanceof Interrupted) say('Stopped; nothing is left half done.');
  else if (thrown instanceof CloudProblem) {
    say(`\n${styleText('red', '✗', { stream: process.stderr })} ${thrown.message}`);
    for (const remedy of thrown.remedies) say(`  ${remedy}`);
  } else say(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
};

export const exitCodeOf = (thrown: unknown): number => {
  if (thrown instanceof CommanderError) return thrown.exitCode;
  return thrown instanceof Interrupted ? INTERRUPTED_EXIT : 1;
};

/** What a command says on standard output: one JSON document, or lines. */
export const print = (json: boolean | undefined, value: unknown, lines: readonly string[]): void => {
  process.stdout.write(`${json ? JSON.stringify(value, null, 2) : lines.join('\n')}\n`);
};
