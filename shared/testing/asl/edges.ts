/** The ways of a machine, by name: what an execution reports of them is what {@link edgesOf} counts. */
import type { State, States } from './states.ts';

/** Numbers of rules, catchers and retriers are counted from 1. */
export const edge = {
  next: (from: string, to: string): string => `${from} → ${to}`,
  rule: (from: string, number: number, to: string): string => `${from} rule ${number} → ${to}`,
  otherwise: (from: string, to: string): string => `${from} default → ${to}`,
  caught: (from: string, number: number, to: string): string => `${from} catch ${number} → ${to}`,
  retried: (from: string, number: number): string => `${from} retry ${number}`,
} as const;

/** Every way that a machine has, branches and items included. */
export const edgesOf = (machine: States): string[] =>
  Object.entries(machine.States).flatMap(([name, state]) => [
    ...waysOut(name, state),
    ...partsOf(state).flatMap(edgesOf),
  ]);

const waysOut = (name: string, state: State): string[] => {
  if (state.Type === 'Succeed' || state.Type === 'Fail') return [];
  if (state.Type === 'Choice') {
    const rules = state.Choices.map(({ Next }, n) => edge.rule(name, n + 1, Next));
    return [...rules, edge.otherwise(name, state.Default)];
  }
  const on = edge.next(name, state.Next);
  if (state.Type === 'Pass' || state.Type === 'Wait') return [on];
  const retried = (state.Retry ?? []).map((_, n) => edge.retried(name, n + 1));
  const caught = (state.Catch ?? []).map(({ Next }, n) => edge.caught(name, n + 1, Next));
  return [on, ...retried, ...caught];
};

const partsOf = (state: State): readonly States[] => {
  if (state.Type === 'Parallel') return state.Branches;
  return state.Type === 'Map' ? [state.ItemProcessor] : [];
};
