/**
 * Which functions need not look for faults, known without a question. All workers of our local cloud are processes of one
 * machine; arming leaves a file of the function's name there, and a worker that finds none asks no table: a sixth
 * of all questions that a city under test asked. Where FAULT_MARKS names no folder, as in LocalStack, whose
 * functions have disks of their own, everybody asks.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folderOfEnvironment = (): string | undefined => process.env.FAULT_MARKS;

/** Whether a fault may be armed for a function; true where nobody can know. */
export const mayBeArmed = (functionName: string, folder = folderOfEnvironment()): boolean =>
  !folder || existsSync(join(folder, functionName));

/** From now on a function looks. After the fault is in the table; disarming goes the other way, so that none is left without. */
export const mark = (functionName: string, folder = folderOfEnvironment()): void => {
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, functionName), '');
};

/** No function has to look any more. */
export const unmarkAll = (folder = folderOfEnvironment()): void => {
  if (folder) rmSync(folder, { recursive: true, force: true });
};
