import { describe, expect, it } from 'vitest';
import type { DeadLetter, MoveTask } from '../../../shared/dead-letters/index.ts';
import { routes } from '../contract.ts';
import { letterOf, lettersIn } from '../dead-letters.fixture.ts';
import { redriveDeadQueue } from './redrive-dead-queue.ts';
import { stopDeadQueue } from './stop-dead-queue.ts';

const DEAD = 'paytm-saga-call-back-dead';
const dead = (trail: string, over: Partial<DeadLetter> = {}) =>
  letterOf({ trail, queue: DEAD, kind: 'moved', error: 'TooManyReceives', ...over });
const task = (state: MoveTask['state'], moved: number): MoveTask => ({ state, moved, toMove: 2 });
const caller = { subject: 'operator', roles: ['operator'] };

const desk = (kept: readonly DeadLetter[], given: Parameters<typeof lettersIn>[1] = {}, leftMs = 25_000) => {
  let now = 0;
  const { ports, begun, sent } = lettersIn(() => kept, given);
  const pause = async (ms: number) => {
    now += ms;
  };
  const door = redriveDeadQueue({ ...ports, nowMs: () => now, pause });
  return {
    ...{ begun, sent },
    redrive: async (given: object = {}, queue = DEAD) => {
      const body = routes.redriveDeadQueue.request.body.parse(given);
      return (await door({ path: { queue }, body, caller } as never, { remainingMs: () => leftMs - now }))
        .body;
    },
    stop: async (queue = DEAD) => (await stopDeadQueue(ports)({ path: { queue }, caller } as never)).body,
  };
};

describe('a redrive of a whole queue', () => {
  it('goes by the task of SQS, at the rate, and says how many it moved', async () => {
    const { redrive, begun, sent } = desk([dead('t1'), dead('t2')], {
      task: [task('running', 1), task('completed', 2)],
    });
    expect(await redrive({ ratePerSecond: 5 })).toEqual({
      ...{ dryRun: false, queue: DEAD, way: 'move task', moved: 2, task: task('completed', 2), items: [] },
    });
    expect(begun).toEqual([`${DEAD} at 5`]);
    expect(sent).toEqual([]);
  });

  it('says after its time how far the task is, and asked again follows it, and stops it', async () => {
    const { redrive, begun, stop } = desk([dead('t1'), dead('t2')], { task: [task('running', 1)] }, 4_000);
    expect(await redrive()).toMatchObject({ way: 'move task', moved: 1, task: { state: 'running' } });
    expect(await redrive()).toMatchObject({ task: { state: 'running' } });
    expect(begun).toHaveLength(1);
    expect(await redrive({ follow: true })).toMatchObject({ task: { state: 'running' } });
    expect(await stop()).toEqual(task('stopped', 1));
  });

  it.each([
    ['SQS has no such task', [dead('t1'), dead('t2')], {}, 'SQS refused'],
    ['one was parked', [dead('t1'), dead('t2', { kind: 'parked' })], {}, 'not only moved letters'],
    ['trails are to be kept', [dead('t1'), dead('t2')], { keepTrails: true }, 'trails are kept'],
  ])('goes letter by letter when %s, and says what became of each', async (_, kept, body, because) => {
    const given = because === 'SQS refused' ? {} : { task: [task('completed', 2)] };
    const { redrive, begun, sent } = desk(kept, { ...given, records: ['payments call-back p1 e1'] });
    expect(await redrive(body)).toMatchObject({
      ...{ way: 'letter by letter', because, moved: 0 },
      items: [
        { trail: 't1', outcome: 'already processed' },
        { trail: 't2', outcome: 'already processed' },
      ],
    });
    expect([...begun, ...sent]).toEqual([]);
  });

  it('that is dry starts nothing', async () => {
    const { redrive, begun } = desk([dead('t1')], { task: [task('completed', 1)] });
    expect(await redrive({ dryRun: true })).toMatchObject({ dryRun: true, way: 'move task', moved: 1 });
    expect(begun).toEqual([]);
  });

  it('is of a queue of the city, and there is nothing to stop where nothing runs', async () => {
    const { redrive, stop } = desk([dead('t1')]);
    const missing = { name: 'NotFoundError' };
    await expect(redrive({}, 'paytm-saga-call-back')).rejects.toMatchObject(missing);
    await expect(stop('nobodys')).rejects.toMatchObject(missing);
    await expect(stop()).rejects.toMatchObject(missing);
  });
});
