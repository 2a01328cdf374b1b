import { expect, it } from 'vitest';
import { calledIn, groupsOf, readLog, statesOf, stateTimes } from './profile.ts';

const span = (name: string, kind: string, ms: number, ids: { spanId: string; parentId?: string }) =>
  JSON.stringify({ _span: { name, kind, startMs: 1_000, endMs: 1_000 + ms, ...ids } });
const report = (ms: number) =>
  `REPORT RequestId: 1\tDuration: ${ms} ms\tBilled Duration: ${ms} ms\tMemory Size: 256 MB`;
const at = (ms: number) => new Date(1_000 + ms);

it('tells the calls of a function and their time from its log', () => {
  const log = readLog('one', ['START RequestId: 1', report(12), '{"level":"INFO"}', report(30)]);
  expect(log).toMatchObject({ name: 'one', calls: 2, ms: 42, spans: [] });
  expect(calledIn([log, log], 4)).toEqual({ calls: 1, ms: 21 });
});

it('tells how long each task took, both times of one that was entered twice', () => {
  const entered = (ms: number, name: string) =>
    ({ id: 1, type: 'TaskStateEntered', timestamp: at(ms), stateEnteredEventDetails: { name } }) as const;
  const exited = (ms: number) => ({ id: 1, type: 'TaskStateExited', timestamp: at(ms) }) as const;
  const choice = { id: 1, type: 'ChoiceStateEntered', timestamp: at(50) } as const;
  const times = stateTimes([
    entered(0, 'A'),
    exited(40),
    choice,
    entered(50, 'B'),
    exited(55),
    entered(60, 'A'),
    exited(70),
  ]);
  expect([...times]).toEqual([
    ['A', 50],
    ['B', 5],
  ]);
});

it('tells what a handler asks from what was asked before it', () => {
  const log = readLog('step', [
    span('DynamoDB Query', 'client', 7, { spanId: 'q' }),
    span('DynamoDB GetItem', 'client', 10, { spanId: 'g', parentId: 'h' }),
    span('sandbox-bank place-hold', 'client', 20, { spanId: 'b', parentId: 'h' }),
    span('identity token', 'client', 5, { spanId: 't', parentId: 'b' }),
    span('A', 'consumer', 50, { spanId: 'h' }),
    span('DynamoDB GetItem', 'client', 30, { spanId: 'g2', parentId: 'h2' }),
    span('A', 'consumer', 70, { spanId: 'h2' }),
  ]);
  const times = [new Map([['A', 90]]), new Map([['A', 110]])];
  expect(statesOf(times, [log])).toEqual([
    { state: 'A', ms: 100, handlerMs: 60, dynamoMs: 20, dynamoCalls: 1, bankMs: 10, faultsMs: 3.5 },
  ]);
});

it('groups functions, the largest share first, and leaves out who was not called', () => {
  const [small, large, idle] = [readLog('a-1', [report(5)]), readLog('b-1', [report(9)]), readLog('c-1', [])];
  expect(groupsOf([small, large, idle], 1, (name) => name.slice(0, 1))).toEqual([
    { group: 'b', calls: 1, ms: 9 },
    { group: 'a', calls: 1, ms: 5 },
  ]);
});
