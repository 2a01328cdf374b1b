import { describe, expect, it } from 'vitest';
import { bindings } from '../../functions/irctc-booking/contract.topology.ts';
import { fullOf, MOST_SAMPLES, queueRows, type Samples, sparkOf, withSample } from './rail-queues.ts';

const work = (name: string, suffix = '') => ({
  ...{ name: `irctc-booking-${name}${suffix}`, deadLetters: `irctc-booking-${name}-dead${suffix}` },
  consumer: `irctc-booking-${name}`,
});
const system = {
  name: 'irctc-booking',
  queues: [
    { name: 'irctc-booking-parking' },
    { name: 'irctc-booking-relay-outbox-dead' },
    work('hear-payment'),
    ...bindings
      .map(({ consumer, exchange }) => work(consumer, exchange === 'requests' ? '.fifo' : ''))
      .toReversed(),
  ],
};

describe('the queues of railway booking', () => {
  it('stand in the order of its topology, with what each is on RabbitMQ, and what nobody works off last', () => {
    const rows = queueRows(system, undefined, undefined);
    expect(rows.map(({ short, kind, topic, original }) => [short, kind, topic, original])).toEqual([
      ['allocate-berths.fifo', 'line', 'requests', 'booking.requests'],
      ['take-payment', 'work', 'direct', 'payment.processing'],
      ['refund-booking', 'work', 'direct', undefined],
      ['promote-waiting', 'work', 'topic', 'waitlist.management'],
      ['prepare-chart', 'work', 'topic', undefined],
      ['send-sms', 'work', 'notifications', 'notifications.queue'],
      ['send-email', 'work', 'notifications', 'notifications.queue'],
      ['hear-payment', 'work', undefined, undefined],
      ['parking', 'dead', undefined, undefined],
      ['relay-outbox-dead', 'dead', undefined, undefined],
    ]);
  });

  it('have depth and age, and their dead letters too; nothing waits, nobody has told, and not asked yet differ', () => {
    const name = 'irctc-booking-send-sms';
    const ageOf = (depth: object | undefined, oldestSeconds?: number) => {
      const state = oldestSeconds === undefined ? { name } : { name, oldestSeconds };
      const row = queueRows(system, depth && [{ name, ...depth }], [state]).find((one) => one.name === name);
      return row?.age;
    };
    expect(ageOf({ visible: 2, inFlight: 0 }, 41)).toEqual({ is: 'told', seconds: 41 });
    expect(ageOf({ visible: 0, inFlight: 1 })).toEqual({ is: 'untold' });
    // An age of what is gone by now.
    expect(ageOf({ visible: 0, inFlight: 0 }, 41)).toEqual({ is: 'none' });
    expect(ageOf({})).toEqual({ is: 'untold' });
    const depths = [{ name: `${name}-dead`, visible: 1, inFlight: 0, delayed: 0 }];
    const dead = queueRows(system, depths, [{ name: `${name}-dead`, oldestSeconds: 9 }])[5]?.dead;
    expect(dead).toEqual({
      ...{ name: `${name}-dead`, depth: { visible: 1, inFlight: 0, delayed: 0 } },
      age: { is: 'told', seconds: 9 },
    });
  });
});

describe('how deep a queue was', () => {
  it('is all that it holds, and not known where nobody says', () => {
    expect(fullOf({ visible: 2, inFlight: 3, delayed: 4 })).toBe(9);
    expect(fullOf({ visible: 2 })).toBe(2);
    expect(fullOf({})).toBeUndefined();
  });

  it('is kept for the last looks; a look that says nothing leaves what there was', () => {
    const looks = Array.from({ length: MOST_SAMPLES + 5 }, (_, visible) => [{ name: 'q', visible }]);
    const samples = looks.reduce<Samples>(withSample, new Map());
    expect(samples.get('q')).toEqual(Array.from({ length: MOST_SAMPLES }, (_, n) => n + 5));
    expect(withSample(samples, [{ name: 'q' }]).get('q')).toEqual(samples.get('q'));
    expect([...withSample(samples, []).keys()]).toEqual([]);
  });

  it('is a line that ends at the right, as high as the deepest', () => {
    const box = { width: 59, height: 10 };
    expect(sparkOf([], box)).toBe('');
    expect(sparkOf([3], box)).toBe('');
    expect(sparkOf([0, 4, 2], box)).toBe('57.0,10.0 58.0,0.0 59.0,5.0');
    expect(sparkOf([0, 0], box)).toBe('58.0,10.0 59.0,10.0');
  });
});
