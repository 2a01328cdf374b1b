import { describe, expect, it } from 'vitest';
import {
  ageOfQueue,
  functionState,
  lastHour,
  metricsOfFunction,
  type Point,
  queueState,
  queuesOf,
} from './state.ts';

const now = new Date('2026-11-29T10:07:30Z');
const points = (...values: number[]): Point[] => values.map((value) => ({ at: now, value }));
const agoBy = (seconds: number, value: number): Point => ({
  at: new Date(now.getTime() - seconds * 1_000),
  value,
});

it('the last hour begins on five full minutes', () => {
  expect(lastHour(now)).toEqual({ from: new Date('2026-11-29T09:05:00Z'), to: now });
});

it('queues are those of a system and of their dead letters, each once', () => {
  const queues = [{ name: 'a', deadLetters: 'a-dead' }, { name: 'b' }, { name: 'a-dead' }];
  expect(queuesOf({ queues })).toEqual(['a', 'a-dead', 'b']);
});

it('metrics are asked for by the name of the thing', () => {
  expect(metricsOfFunction('f')).toHaveLength(6);
  for (const { dimension } of metricsOfFunction('f'))
    expect(dimension).toEqual({ name: 'FunctionName', value: 'f' });
  expect(ageOfQueue('q')).toMatchObject({
    namespace: 'AWS/SQS',
    dimension: { name: 'QueueName', value: 'q' },
  });
});

describe('a function', () => {
  it('has what it did in the hour, its mean over all invocations', () => {
    // Two pieces of five minutes, with nine invocations and one.
    const found = [points(9, 1), points(0, 1), points(0, 0), points(90, 910), points(9, 1), points(20, 910)];
    expect(functionState('f', found)).toEqual({
      ...{ name: 'f', invocations: 10, errors: 1, throttles: 0, meanMs: 100, maxMs: 910 },
    });
  });

  it('of which nothing is known has nothing, and no zero', () => {
    expect(functionState('f', [[], [], [], [], [], []])).toEqual({ name: 'f' });
    expect(functionState('f', [points(2), [], [], points(0.25), [], []])).toEqual({
      name: 'f',
      invocations: 2,
    });
    expect(functionState('f', [[], [], [], points(0), points(0), []])).toEqual({ name: 'f' });
  });
});

describe('a queue', () => {
  const counts = { visible: 2, inFlight: 0, delayed: 0 };

  it('has the newest age that was told', () => {
    const ages = [agoBy(120, 1), agoBy(60, 61.04), agoBy(180, 7)];
    expect(queueState('q', counts, ages, now)).toEqual({ name: 'q', ...counts, oldestSeconds: 61 });
  });

  it.each([
    ['was told', counts, []],
    ['was told lately', counts, [agoBy(301, 9)]],
    ['can be, since nothing waits', { ...counts, visible: 0 }, [agoBy(10, 9)]],
  ])('has no age where none %s', (_, known, ages) => {
    expect(queueState('q', known, ages, now)).toEqual({ name: 'q', ...known });
  });

  it('that is not there has no counts', () => {
    expect(queueState('q', {}, [], now)).toEqual({ name: 'q' });
  });
});
