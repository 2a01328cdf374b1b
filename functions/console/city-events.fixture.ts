/** Events for tests, and a table of them in memory. */
import { type EffectStore, effects, memoryStore } from '../../shared/effects/index.ts';
import { uuidV7 } from '../../shared/ids/index.ts';
import type { KeptEvent } from './domain/city-events.ts';
import { cityEvents } from './store/city-events.ts';

export const eventOf = (id: string, more: Partial<KeptEvent> = {}): KeptEvent => ({
  ...{ id, type: 'paytm-saga.PaymentCompleted', source: 'paytm-saga', subject: `payment_${id}` },
  ...{ time: '2026-11-29T10:00:00.000Z', keptAt: '2026-11-29T10:00:00.000Z' },
  ...{ dataschema: 'urn:dabbawala:schema:paytm-saga.PaymentCompleted:1', correlationId: 'order-7' },
  data: '{"amount":10}',
  ...more,
});

/** One worker on a table. */
export const workerOn = (store: EffectStore, deadline: () => number = () => 5_000) => {
  const around = {
    ...{ ids: uuidV7, chance: Math.random, deadline, pause: async () => undefined },
    now: () => new Date('2026-11-29T10:00:00.000Z'),
  };
  return cityEvents(store, effects({ store, ...around }), around);
};

export const eventsInMemory = () => {
  const store = memoryStore({ indexes: {} });
  return { store, events: workerOn(store) };
};
