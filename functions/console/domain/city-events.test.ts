import { describe, expect, it } from 'vitest';
import { CloudEvent } from '../../../shared/messaging/events.ts';
import { CityEvent } from '../contract.ts';
import { cityEvent, isAsked, keptEvent } from './city-events.ts';
import { SHOWN_BYTES } from './runs.ts';

const now = new Date('2026-11-29T10:00:01Z');
const TRACE = 'a'.repeat(32);

/** An event as a queue brings it. */
const written = (data: string, more: object = {}): string => {
  const event = {
    ...{ specversion: '1.0', id: 'event_1', source: 'paytm-saga', type: 'paytm-saga.PaymentCompleted' },
    ...{ subject: 'payment_1', time: '2026-11-29T10:00:00Z', datacontenttype: 'application/json' },
    ...{ dataschema: 'urn:dabbawala:schema:paytm-saga.PaymentCompleted:1', correlationid: 'order-7' },
    ...more,
  };
  return `${JSON.stringify(event).slice(0, -1)},"data":${data}}`;
};
const kept = (body: string) => keptEvent(CloudEvent.parse(JSON.parse(body)), body, now);

describe('an event that is kept', () => {
  it('says what its CloudEvent says, and when it arrived', () => {
    const whole = { causationid: 'event_0', traceparent: `00-${TRACE}-${'b'.repeat(16)}-01`, sequence: 3 };
    const event = cityEvent(kept(written('{"amount":10}', whole)));
    expect(event).toEqual({
      ...{ id: 'event_1', source: 'paytm-saga', type: 'paytm-saga.PaymentCompleted', subject: 'payment_1' },
      ...{ time: '2026-11-29T10:00:00Z', keptAt: '2026-11-29T10:00:01.000Z', correlationId: 'order-7' },
      dataschema: 'urn:dabbawala:schema:paytm-saga.PaymentCompleted:1',
      ...{ causationId: 'event_0', traceId: TRACE, sequence: 3 },
      data: { size: 13, text: '{"amount":10}' },
    });
    expect(CityEvent.parse(event)).toEqual(event);
  });

  it('has nothing where its CloudEvent says nothing, or nonsense', () => {
    for (const more of [{}, { traceparent: 'somewhere' }]) {
      const event = kept(written('null', more));
      expect(event.data).toBe('null');
      for (const field of ['causationId', 'traceId', 'sequence']) expect(event).not.toHaveProperty(field);
    }
  });

  it('keeps every digit of its data, and nobody’s name, number or VPA', () => {
    const data = '{"amount":9007199254740993,"rate":0.10,"payer":{"name":"Asha","vpa":"asha@upi"},"e":1e2}';
    expect(kept(written(data)).data).toBe(
      '{"amount":9007199254740993,"rate":0.10,"payer":{"name":"***","vpa":"***"},"e":1e2}',
    );
  });

  it('is listed without data that are long, and given whole by itself', () => {
    const event = kept(written(JSON.stringify({ note: 'ल'.repeat(SHOWN_BYTES) })));
    expect(cityEvent(event).data).toEqual({ size: Buffer.byteLength(event.data) });
    expect(cityEvent(event, true).data.text).toBe(event.data);
  });
});

it.each([
  [{}, true],
  [{ type: 'paytm-saga.PaymentCompleted' }, true],
  [{ type: 'paytm-saga.PaymentRefused' }, false],
  [{ system: 'paytm-saga', type: 'paytm-saga.PaymentCompleted' }, true],
  [{ system: 'sandbox-bank' }, false],
])('is asked for by its type and its system: %j', (asked, answer) => {
  expect(isAsked(asked)(kept(written('{}')))).toBe(answer);
});
