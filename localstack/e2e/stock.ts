import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emulatorStatus } from '../cloud/emulator.ts';
import { cloudPaths } from '../cloud/paths.ts';
import type { Results } from '../parity/harness/results.ts';

/** Whether the city under test is on the emulator as it is published, without our corrections. */
export const onStock = (): boolean => {
  const status = emulatorStatus(cloudPaths());
  return status.kind === 'running' && status.run.corrections === 'none';
};

/** What was seen of every behaviour of AWS, at every target. */
export const parityResults = (): Results =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../parity/results.json'), 'utf8')) as Results;

/** What stock lacks and an assertion asks for, each with its sentence in the parity table. */
export const LACKING = {
  'an alarm rings':
    'An alarm rings when its metric crosses the threshold, is OK again when it no longer does, and tells a topic both times',
  'an execution is redriven':
    'A redriven execution goes on from the state that failed, and does not repeat what succeeded',
  'a machine is refused what its role does not allow':
    'A task that the role of the machine does not allow is refused, and so the execution fails',
} as const;

/**
 * Holds a guard to the parity table: its behaviour must be one that the local cloud has and the stock emulator has
 * not. When stock has it too, the guard has to go.
 * @throws {Error} it is no such row
 */
export const rowOnStock = (sentence: string, results: Results): void => {
  const rows = results.filter((row) => row.sentence === sentence);
  if (rows.length === 0) throw new Error(`The parity table has no row "${sentence}"`);
  if (rows.some(({ outcomes: { stock } }) => stock?.passes !== false)) {
    throw new Error(`"${sentence}" does not differ in stock: its guards have to go`);
  }
  if (rows.some(({ outcomes: { local } }) => !local?.passes)) {
    throw new Error(`"${sentence}" differs in the local cloud too: what it guards passes nowhere`);
  }
};

/**
 * One assertion, left out where the emulator cannot show what it asks for. Everything else of its test is asserted in
 * both modes, so guard no more than that.
 * @throws {Error} in both modes, when the parity table does not have it so (any more)
 */
export const unlessStock = async (lacking: keyof typeof LACKING, assertion: () => unknown): Promise<void> => {
  rowOnStock(LACKING[lacking], parityResults());
  if (!onStock()) await assertion();
};
