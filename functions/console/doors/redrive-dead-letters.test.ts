import { describe, expect, it } from 'vitest';
import { routes } from '../contract.ts';
import { letterOf, lettersIn } from '../dead-letters.fixture.ts';
import { discardDeadLetters } from './discard-dead-letters.ts';
import { redriveDeadLetters } from './redrive-dead-letters.ts';

const asked = (given: object) =>
  ({
    caller: { subject: 'operator', roles: ['operator'] },
    body: routes.redriveDeadLetters.request.body.parse(given),
  }) as never;
const kept = [
  letterOf({ trail: 't1' }),
  letterOf({ trail: 't2', queue: 'paytm-saga-call-back-dead' }),
  letterOf({
    trail: 't3',
    queue: 'paytm-saga-sweep-dead',
    backTo: 'arn:aws:sqs:ap-south-1:1:paytm-saga-sweep',
  }),
  letterOf({ trail: 't4', queue: 'paytm-saga-sweep-dead', body: 'no JSON' }),
];

const desk = (leftMs = 25_000, records: readonly string[] = []) => {
  let now = 0;
  const { ports, sent, asked: queues } = lettersIn(() => kept, { records });
  const pauses: number[] = [];
  const pause = async (ms: number) => {
    pauses.push(ms);
    now += ms;
  };
  const time = { nowMs: () => now, pause };
  const remainingMs = () => leftMs - now;
  return {
    ...{ sent, pauses, queues },
    redrive: async (body: object) =>
      (await redriveDeadLetters({ ...ports, ...time })(asked(body), { remainingMs })).body,
    discard: async (body: object) => (await discardDeadLetters(ports)(asked(body))).body,
  };
};

describe('a redrive', () => {
  it('sends what was chosen, wherever it lies, and tells what became of each; what lies nowhere is gone', async () => {
    const { redrive, sent } = desk();
    const { items, dryRun } = await redrive({ trails: ['t2', 't1', 't9', 't9'] });
    expect(dryRun).toBe(false);
    expect(items).toEqual([
      {
        ...{ trail: 't1', outcome: 'sent back', queue: 'paytm-saga-parking' },
        ...{ to: 'paytm-saga-call-back', redrives: 1, worked: 'no' },
        effect: { owner: 'call-back p1', name: 'e1' },
      },
      expect.objectContaining({ trail: 't2', queue: 'paytm-saga-call-back-dead' }),
      { trail: 't9', outcome: 'gone' },
    ]);
    expect(sent.map(({ trail }) => trail)).toEqual(['t1', 't2']);
  });

  it('reads one queue alone, if that is named, and no other', async () => {
    const { redrive, queues } = desk();
    const { items } = await redrive({ trails: ['t1'], queue: 'paytm-saga-parking' });
    expect(items).toMatchObject([{ trail: 't1', outcome: 'sent back' }]);
    expect(queues).toEqual(['paytm-saga-parking']);
    await expect(redrive({ trails: ['t1'], queue: 'paytm-saga-call-back' })).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('that is dry sends nothing, and counts nothing', async () => {
    const { redrive, sent } = desk();
    const { items, dryRun } = await redrive({ trails: ['t1'], dryRun: true });
    expect({ items, dryRun }).toMatchObject({ dryRun: true, items: [{ outcome: 'sent back', redrives: 0 }] });
    expect(sent).toEqual([]);
  });

  it('says what its consumer has worked on already, and does not send that; of what it keeps no record it says so', async () => {
    const records = ['payments call-back p1 e1'];
    for (const dryRun of [true, false]) {
      const { redrive, sent } = desk(25_000, records);
      const { items } = await redrive({ trails: ['t1', 't3', 't4'], dryRun });
      expect(items).toMatchObject([
        { trail: 't1', outcome: 'already processed', worked: 'yes', redrives: 0 },
        { trail: 't3', outcome: 'sent back', worked: 'unknown' },
        { trail: 't4', outcome: 'sent back', worked: 'unknown' },
      ]);
      expect(sent.map(({ trail }) => trail)).toEqual(dryRun ? [] : ['t3', 't4']);
    }
  });

  it('sends an edited message, and keeps of it what nobody named, masked or long', async () => {
    const { redrive, sent } = desk();
    const edits = { t1: [{ path: '/data/payment', json: '"p2"' }], t4: [{ path: '/id', json: '1' }] };
    const { items } = await redrive({ trails: ['t1', 't2', 't4'], edits });
    expect(items).toMatchObject([
      { trail: 't1', outcome: 'sent back', effect: { owner: 'call-back p2', name: 'e1' } },
      { trail: 't2', outcome: 'sent back', effect: { owner: 'call-back p1', name: 'e1' } },
      { trail: 't4', outcome: 'edit does not fit', redrives: 0 },
    ]);
    expect(sent.map(({ body }) => body)).toEqual([
      '{"id":"e1","data":{"payment":"p2"}}',
      '{"id":"e1","data":{"payment":"p1"}}',
    ]);
  });

  it('takes no edit for what is masked, no JSON, no place, or of a letter that was not chosen', () => {
    const { body } = routes.redriveDeadLetters.request;
    const issues = (edits: object) =>
      body.safeParse({ trails: ['t1'], edits }).error?.issues.map(({ path }) => path.join('.'));
    const edit = { path: '/token', json: '"AQ"' };
    expect(issues({ t1: [edit] })).toBeUndefined();
    expect(issues({ t2: [edit] })).toEqual(['edits']);
    for (const json of ['"***"', '{"vpa":"***"}', 'AQ', '', '1 2']) {
      expect(issues({ t1: [{ ...edit, json }] }), json).toContain('edits.t1.0.json');
    }
    expect(issues({ t1: [{ ...edit, path: 'token' }] })).toEqual(['edits.t1.0.path']);
    expect(issues({ t1: [] })).toEqual(['edits.t1']);
  });

  it('keeps the rate over all queues, and says what there was no time for', async () => {
    const { redrive, pauses } = desk();
    await redrive({ trails: ['t1', 't2'], ratePerSecond: 2 });
    expect(pauses).toEqual([500]);
    const { items } = await desk(3_000).redrive({ trails: ['t1'] });
    expect(items).toMatchObject([{ trail: 't1', outcome: 'not reached', redrives: 0 }]);
  });
});

it('a discard tells of each letter whether it is gone', async () => {
  const { items } = await desk().discard({ trails: ['t1', 't9'] });
  expect(items).toMatchObject([
    { trail: 't1', outcome: 'discarded' },
    { trail: 't9', outcome: 'gone' },
  ]);
});

it('nobody means no letter, or more than a hundred', () => {
  const { body } = routes.discardDeadLetters.request;
  const trails = (count: number) => ({ trails: Array.from({ length: count }, (_, n) => `t${n}`) });
  expect([0, 1, 100, 101].map((count) => body.safeParse(trails(count)).success)).toEqual([
    ...[false, true, true, false],
  ]);
});
