import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import payment from '../../statemachines/paytm-saga/payment.asl.json' with { type: 'json' };
import { graphOf } from './graph.ts';
import type { Part, State } from './waiting.ts';

/** A machine of any shape: ways in every direction, errors, switchboards, and branches that are machines again. */
const anyMachine = fc
  .array(
    fc.record({
      type: fc.constantFrom('Task', 'Choice', 'Parallel', 'Map', 'Succeed'),
      to: fc.array(fc.nat(30), { minLength: 7, maxLength: 7 }),
      ways: fc.nat(6),
      /** How many of the states behind it run inside. */
      inside: fc.nat(3),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((shapes): Part => {
    let taken = 0;
    /** Takes so many of the shapes as one machine, and gives the names of all that stand at its first level. */
    const part = (count: number): Part => {
      const own: { name: string; shape: (typeof shapes)[number]; inner: Part[] }[] = [];
      for (let nth = 0; nth < count && taken < shapes.length; nth++) {
        const shape = shapes[taken++];
        if (shape === undefined) break;
        const isBranched = shape.type === 'Parallel' || shape.type === 'Map';
        const name = `S${taken}`;
        const fits = isBranched && shape.inside > 0 && taken < shapes.length;
        own.push({ name, shape, inner: fits ? [part(shape.inside)] : [] });
      }
      const names = own.map(({ name }) => name);
      return {
        StartAt: names[0] ?? '',
        States: Object.fromEntries(own.map(({ name, shape, inner }) => [name, state(shape, names, inner)])),
      };
    };
    return part(shapes.length);
  });

const state = (
  { type, to, ways }: { type: string; to: readonly number[]; ways: number },
  names: readonly string[],
  inner: readonly Part[],
): State => {
  const name = (at: number) => names[(to[at] ?? 0) % names.length] ?? '';
  if (type === 'Succeed') return { Type: type };
  if (type === 'Choice') {
    const Choices = Array.from({ length: ways }, (_, at) => ({ Next: name(at), Condition: `{% ${at} %}` }));
    return { Type: type, Choices, Default: name(6) };
  }
  return {
    ...{ Type: type, Next: name(0) },
    ...(ways > 3 ? { Catch: [{ ErrorEquals: ['A', 'B'], Next: name(1) }] } : {}),
    ...(inner[0] === undefined ? {} : type === 'Map' ? { ItemProcessor: inner[0] } : { Branches: inner }),
  };
};

const namesIn = ({ States }: Part): string[] =>
  Object.entries(States).flatMap(([name, { Branches = [], ItemProcessor }]) => [
    name,
    ...[...Branches, ...(ItemProcessor ? [ItemProcessor] : [])].flatMap(namesIn),
  ]);

describe('the drawing of a machine', () => {
  test.prop([anyMachine])('has every state once, and no way that leads nowhere', (machine) => {
    const { nodes, edges } = graphOf(JSON.stringify(machine));
    const names = nodes.map(({ name }) => name);
    expect(names.toSorted()).toEqual(namesIn(machine).toSorted());
    expect(new Set(names).size).toBe(names.length);
    for (const { from, to } of edges) expect(names).toEqual(expect.arrayContaining([from, to]));
    for (const { within } of nodes) if (within !== undefined) expect(names).toContain(within);
  });

  test.prop([anyMachine])('puts each state at one place, and none behind itself', (machine) => {
    const { nodes, edges } = graphOf(JSON.stringify(machine));
    const placing = edges.filter(({ places }) => places);
    expect(new Set(placing.map(({ to }) => to)).size).toBe(placing.length);
    const before = new Map(placing.map(({ from, to }) => [to, from]));
    for (const { name } of nodes) {
      const seen = new Set<string>();
      for (let at: string | undefined = name; at !== undefined; at = before.get(at)) {
        expect(seen).not.toContain(at);
        seen.add(at);
      }
    }
    // What only ways back lead to, or nothing, stands where nobody puts it; the others have a place.
    const order = new Map(nodes.map(({ name }, at) => [name, at]));
    const led = edges.filter(({ from, to }) => (order.get(from) ?? 0) < (order.get(to) ?? 0));
    expect(before.size).toBe(new Set(led.map(({ to }) => to)).size);
  });

  it('says which way is which, and draws a switchboard’s ways as jumps', () => {
    const wide = Array.from({ length: 4 }, (_, at) => ({ Next: 'B', Condition: `{% ${at} %}` }));
    const Choices = wide.slice(0, 3);
    const machine: Part = {
      StartAt: 'A',
      States: {
        A: { Type: 'Task', Next: 'B', Catch: [{ ErrorEquals: ['One', 'Two'], Next: 'D' }] },
        B: { Type: 'Choice', Choices, Default: 'C' },
        C: { Type: 'Choice', Choices: wide, Default: 'D' },
        D: { Type: 'Map', ItemProcessor: { StartAt: 'E', States: { E: { Type: 'Pass' } } } },
      },
    };
    const { nodes, edges } = graphOf(JSON.stringify(machine));
    expect(nodes.at(-1)).toEqual({ name: 'E', type: 'Pass', within: 'D' });
    expect(edges).toEqual([
      { from: 'A', to: 'B', kind: 'next', jump: false, places: true },
      { from: 'A', to: 'D', kind: 'catch', says: 'One, Two', jump: false, places: true },
      ...Choices.map(({ Condition: says }) => ({
        ...{ from: 'B', to: 'B', kind: 'choice', says, jump: false, places: false },
      })),
      { from: 'B', to: 'C', kind: 'choice', jump: false, places: true },
      ...wide.map(({ Condition: says }) => ({
        ...{ from: 'C', to: 'B', kind: 'choice', says, jump: true, places: false },
      })),
      { from: 'C', to: 'D', kind: 'choice', jump: true, places: false },
      { from: 'D', to: 'E', kind: 'next', jump: false, places: true },
    ]);
  });

  it('of a payment is a line from Resume to its end, with what undoes it behind TurnBack', () => {
    const { edges } = graphOf(JSON.stringify(payment));
    const before = new Map(edges.filter(({ places }) => places).map(({ from, to }) => [to, from]));
    expect(before.get('SettleMerchant')).toBe('InTime');
    expect(before.get('ReleaseHold')).toBe('RefundCharge');
    expect(before.get('Route')).toBe('Resume');
    expect(before.has('Resume')).toBe(false);
  });
});
