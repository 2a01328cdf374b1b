/** What was told and what was taken, counted by the ids of events: from outboxes, consumers' spans, and dead letters. */
import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { SQSClient } from '@aws-sdk/client-sqs';
import { bindings, exchanges } from '../../../functions/irctc-booking/contract.topology.ts';
import { events as sagaEvents } from '../../../functions/paytm-saga/contract.events.ts';
import { deadLetters } from '../../../shared/dead-letters/index.ts';
import { jsonOf } from '../../../shared/json/index.ts';
import { isMeant } from '../../../shared/messaging/chosen.ts';
import { CloudEvent } from '../../../shared/messaging/events.ts';
import type { CityFile } from '../../cloud/city.ts';
import { credentials } from '../city.ts';
import { tableOf } from '../table.ts';

/** The queues of events, by their consumers, and where their events are told. */
const EDGES = [
  ...bindings.map(({ consumer, exchange, ...binding }) => ({
    ...{ consumer: `irctc-booking-${consumer}`, fifo: exchanges[exchange].fifo },
    ...{ system: 'irctc-booking', outbox: 'BookingsName' },
    types: 'types' in binding ? binding.types : exchanges[exchange].types,
  })),
  {
    ...{ consumer: 'irctc-booking-hear-payment', fifo: false, system: 'paytm-saga', outbox: 'PaymentsName' },
    types: [sagaEvents.completed, sagaEvents.refused, sagaEvents.compensated, sagaEvents.refundCompleted].map(
      ({ type }) => type,
    ),
  },
] as const;

export const PARKING = 'irctc-booking-parking';
const deadOf = ({ consumer, fifo }: (typeof EDGES)[number]) => `${consumer}-dead${fifo ? '.fifo' : ''}`;
/** Every queue that a consumer of events takes from, and every one where something of them may lie. */
export const WORK_QUEUES = EDGES.map(({ consumer, fifo }) => `${consumer}${fifo ? '.fifo' : ''}`);
export const DEAD_QUEUES = [PARKING, ...EDGES.map(deadOf)];

export interface Counted {
  readonly consumer: string;
  /** Events in the outbox, each counted once. */
  readonly told: number;
  /** Those that the consumer said were done. */
  readonly consumed: number;
  /** Those that lie with the dead letters now. */
  readonly parked: number;
  /** How often the consumer had one in hand, and how often it left it for later. */
  readonly receives: number;
  readonly again: number;
  /** Told, and neither done nor parked. */
  readonly lost: readonly string[];
  /** Done or parked, and told by nobody. */
  readonly untold: readonly string[];
}

/** Counts what has been told since a moment. It has to be at rest: what is under way counts as lost. */
export const countsOf = (city: CityFile, since: Date) => {
  const { endpoint, region } = city;
  const logs = new CloudWatchLogsClient({ endpoint, region, credentials });
  const sqs = new SQSClient({ endpoint, region, credentials });

  const toldIn = async (system: string, outbox: string): Promise<readonly CloudEvent[]> => {
    const rows = await tableOf(city, system, outbox).outbox();
    return rows.filter(({ row }) => String(row.createdAt) >= since.toISOString()).map(({ event }) => event);
  };
  const inHand = async (consumer: string): Promise<readonly Taken[]> => {
    const taken: Taken[] = [];
    const pages = paginateFilterLogEvents(
      { client: logs },
      {
        ...{ logGroupName: `/aws/lambda/${consumer}`, startTime: since.getTime() },
        filterPattern: '"cloudevents.event_id"',
      },
    );
    for await (const { events = [] } of pages)
      taken.push(...events.flatMap(({ message = '' }) => takenIn(message)));
    return taken;
  };
  const lyingIn = async (queue: string): Promise<readonly string[]> =>
    (await deadLetters({ client: sqs, queue }).look()).letters.flatMap(({ body, consumer, backTo }) => {
      const { data: event } = Carried.safeParse(jsonOf(body));
      return event === undefined ? [] : [`${backTo?.split(':')[5] ?? consumer} ${event.id}`];
    });

  return async (): Promise<readonly Counted[]> => {
    const [rail, saga] = await Promise.all([
      toldIn('irctc-booking', 'BookingsName'),
      toldIn('paytm-saga', 'PaymentsName'),
    ]);
    const lying = new Set((await Promise.all(DEAD_QUEUES.map(lyingIn))).flat());
    return Promise.all(
      EDGES.map(async ({ consumer, fifo, system, types }) => {
        const wanted = (type: string) => types.some((one) => isMeant(one, type));
        const told = new Set(
          (system === 'paytm-saga' ? saga : rail).flatMap(({ id, type }) => (wanted(type) ? [id] : [])),
        );
        const hands = await inHand(consumer);
        const done = new Set(hands.flatMap(({ event, fate }) => (fate === 'done' ? [event] : [])));
        const queue = `${consumer}${fifo ? '.fifo' : ''}`;
        const parked = new Set([...told].filter((id) => lying.has(`${queue} ${id}`) && !done.has(id)));
        return {
          ...{ consumer, told: told.size, receives: hands.length, parked: parked.size },
          consumed: [...told].filter((id) => done.has(id)).length,
          again: hands.filter(({ fate }) => fate !== 'done').length,
          lost: [...told].filter((id) => !done.has(id) && !parked.has(id)),
          untold: [...done].filter((id) => !told.has(id)),
        };
      }),
    );
  };
};

const Carried = CloudEvent.pick({ id: true, type: true });

interface Taken {
  readonly event: string;
  readonly fate: string;
}

/** The span of a message, in a line of a log: which event it carried, and what became of it. */
const takenIn = (line: string): Taken[] => {
  const { _span: span } = (jsonOf(line) ?? {}) as {
    readonly _span?: { readonly attributes?: { readonly [name: string]: unknown } };
  };
  const { 'cloudevents.event_id': event, fate } = span?.attributes ?? {};
  return typeof event === 'string' && typeof fate === 'string' ? [{ event, fate }] : [];
};
