import { describe, expect, it } from 'vitest';
import { letterOf, lettersIn } from '../dead-letters.fixture.ts';
import { getDeadLetter } from './get-dead-letter.ts';
import { listDeadLetters } from './list-dead-letters.ts';

const asked = (request: object) => request as never;
const long = JSON.stringify({ id: 'e2', token: 'AQCAAA', amount: 12, note: 'x'.repeat(3_000) });
const kept = [
  letterOf({ trail: 't1', since: '2026-11-28T11:00:00.000Z', message: 'told +919812345678' }),
  letterOf({
    ...{ trail: 't2', queue: 'paytm-saga-call-back-dead', kind: 'moved', error: 'TooManyReceives' },
    ...{ since: '2026-11-28T10:00:00.000Z', body: long, about: 'payment_1' },
  }),
];

describe('the list of dead letters', () => {
  const list = async (query: object, inHand = 0) => {
    const { ports, asked: queues } = lettersIn(() => kept, { inHand });
    const { body } = await listDeadLetters(ports)(asked({ query: { limit: 100, ...query } }));
    return { ...body, queues };
  };

  it('has those of every queue that holds some, the oldest first, with whose they are', async () => {
    const { items, queues, ...counts } = await list({});
    expect(queues).toEqual([...['paytm-saga-parking', 'paytm-saga-call-back-dead', 'paytm-saga-sweep-dead']]);
    expect(items).toMatchObject([
      { trail: 't2', kind: 'moved', system: 'paytm-saga', about: 'payment_1' },
      { trail: 't1', kind: 'parked', backTo: 'paytm-saga-call-back' },
    ]);
    expect(counts).toEqual({ found: 2, read: 2, waiting: 2 });
  });

  it('is bounded, and says of how many it shows some, and how many somebody else is reading', async () => {
    const { items, ...counts } = await list({ limit: 1 }, 2);
    expect(items.map(({ trail }) => trail)).toEqual(['t2']);
    expect(counts).toMatchObject({ found: 2, read: 2, waiting: 8 });
  });

  it('is of one queue, or of one error', async () => {
    expect(await list({ queue: 'paytm-saga-parking' })).toMatchObject({
      items: [{ trail: 't1' }],
      queues: ['paytm-saga-parking'],
    });
    expect(await list({ error: 'TooManyReceives' })).toMatchObject({
      items: [{ trail: 't2' }],
      found: 1,
      read: 2,
    });
    await expect(list({ queue: 'paytm-saga-call-back' })).rejects.toMatchObject({
      name: 'NotFoundError',
      facts: { what: 'queue', id: 'paytm-saga-call-back' },
    });
  });

  it('has a long message by its size alone, and nobody’s number', async () => {
    const { items } = await list({});
    expect(items[0]?.body).toEqual({ size: long.length });
    expect(items[1]?.message).toBe('told ***');
  });
});

describe('a dead letter', () => {
  const get = (trail: string) =>
    getDeadLetter(lettersIn(() => kept).ports)(asked({ path: { trail }, query: {} }));

  it('is given whole, but for what is secret', async () => {
    const { items } = (await get('t2')).body;
    expect(items).toMatchObject([{ trail: 't2', body: { size: long.length } }]);
    expect(items[0]?.body.text).toContain(`"token":"***","amount":12,"note":"${'x'.repeat(3_000)}"`);
  });

  it('that does not lie there is not found', async () => {
    await expect(get('t9')).rejects.toMatchObject({
      name: 'NotFoundError',
      facts: { what: 'dead letter', id: 't9' },
    });
  });
});
