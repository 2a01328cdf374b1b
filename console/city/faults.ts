/** Faults on command, in a local city: armed at the platform, and remembered for the runs that they were meant for. */
import { routes } from '../../functions/platform/contract.ts';
import type { ArmedAt as Fault } from '../model/case-faults.ts';
import { ask } from './ask.ts';

export type { Fault };

/**
 * Arms a fault for calls that have this text in them, and waits until every worker knows of it.
 * @throws {AskProblem} it was not armed
 */
export const armFault = async (fault: Fault, about: string): Promise<void> => {
  const { activeFrom } = await ask('platform', routes.armFault, { body: { ...fault, about } });
  const left = Date.parse(activeFrom) - Date.now();
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
};

/** What was armed for a saga from this tab: a case that is saved of it needs to know. */
export const rememberFaults = (saga: string, faults: readonly Fault[]): void =>
  sessionStorage.setItem(keyOf(saga), JSON.stringify(faults));

export const rememberedFaults = (saga: string): readonly Fault[] =>
  JSON.parse(sessionStorage.getItem(keyOf(saga)) ?? '[]') as readonly Fault[];

const keyOf = (saga: string): string => `dabbawala-faults-${saga}`;

export type FaultKind = Fault['kind'];
