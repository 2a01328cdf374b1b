/**
 * Facts travel as CloudEvents 1.0 in JSON, one shape on the bus, in every queue and in every outbox. A consumer
 * knows an event by its `id`, never by a broker's message id, and orders by `sequence`.
 */
import * as z from 'zod';

/** As long as SNS and SQS take for a group, in their letters: printable ASCII without spaces. */
const PartitionKey = z.string().regex(/^[!-~]{1,128}$/);

/** The attributes that every event of the city has. */
export const CloudEvent = z.object({
  specversion: z.literal('1.0'),
  /** Once for each fact; who has seen it has seen the fact. */
  id: z.string().min(1),
  /** The system that tells it. */
  source: z.string().min(1),
  /** `<system>.<What happened>`; the detail type on the bus. */
  type: z.string().min(1),
  /** What it is about: the id of the thing. */
  subject: z.string().min(1),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  /** Which version of the data's schema: `urn:dabbawala:schema:paytm-saga.PaymentCompleted:1`. */
  dataschema: z.string().min(1),
  correlationid: z.string().min(1),
  /** The event or command that led to this one. */
  causationid: z.string().min(1).optional(),
  /** W3C trace context, so that one trace goes over the bus. */
  traceparent: z.string().min(1).optional(),
  /** Orders the events of one subject. */
  sequence: z.int().min(0).optional(),
  /**
   * What is kept in order, where order matters: the group in a FIFO topic or queue. From the extension "Partitioning"
   * of CloudEvents.
   */
  partitionkey: PartitionKey.optional(),
  data: z.unknown(),
});
export type CloudEvent = z.infer<typeof CloudEvent>;

/**
 * An event that is not committed yet. The commit that lays it into the outbox gives it id and time, unless they are
 * set: an event that follows from another, and must have the same id whenever it is made, sets its own.
 */
export interface OutgoingEvent {
  readonly id?: string;
  readonly time?: string;
  readonly specversion: '1.0';
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly datacontenttype: 'application/json';
  readonly dataschema: string;
  readonly correlationid: string;
  readonly causationid?: string;
  readonly traceparent?: string;
  readonly sequence?: number;
  readonly partitionkey?: string;
  readonly data: unknown;
}

/** What a fact is told with. */
export interface Telling<D> {
  readonly subject: string;
  readonly data: D;
  readonly correlationId: string;
  readonly causationId?: string | undefined;
  readonly traceparent?: string | undefined;
  readonly sequence?: number | undefined;
  /** What is kept in order: a FIFO topic takes no event without one. `12951|2026-12-24` */
  readonly partitionKey?: string | undefined;
  readonly id?: string | undefined;
}

/** A kind of event: its schema for whoever hears it, and `of` for whoever tells it. */
export interface EventDefinition<T extends string, D extends z.ZodType> {
  readonly type: T;
  readonly version: number;
  readonly schema: z.ZodType<Omit<CloudEvent, 'type' | 'data'> & { type: T; data: z.output<D> }>;
  /** @throws {z.ZodError} data or partition key are not what their schemas say: a defect of the teller */
  of(telling: Telling<z.input<D>>): OutgoingEvent;
}

/** An event of a kind, as a consumer gets it. */
export type CloudEventOf<E extends EventDefinition<string, z.ZodType>> = z.output<E['schema']>;

/**
 * Defines a kind of event.
 *
 * @example
 * export const completed = defineEvent({ type: 'paytm-saga.PaymentCompleted', version: 1, data: z.object({ … }) });
 * effects.commit({ …, events: [completed.of({ subject: payment.id, data, correlationId, traceparent })] });
 */
export const defineEvent = <const T extends `${string}.${string}`, D extends z.ZodType>({
  type,
  version,
  data,
}: {
  /** `<system>.<What happened>` */
  readonly type: T;
  /** Rises when an old consumer could not read the new data. */
  readonly version: number;
  readonly data: D;
}): EventDefinition<T, D> => {
  const dataschema = `urn:dabbawala:schema:${type}:${version}`;
  const schema = CloudEvent.extend({ type: z.literal(type), dataschema: z.literal(dataschema), data });
  return {
    type,
    version,
    // Extending by a generic schema is beyond what the types of zod follow; the fields are those named above.
    schema: schema as unknown as EventDefinition<T, D>['schema'],
    of: ({ subject, correlationId, causationId, traceparent, sequence, partitionKey, id, ...telling }) => ({
      ...(id === undefined ? {} : { id }),
      specversion: '1.0',
      source: type.slice(0, type.indexOf('.')),
      type,
      subject,
      datacontenttype: 'application/json',
      dataschema,
      correlationid: correlationId,
      ...(causationId === undefined ? {} : { causationid: causationId }),
      ...(traceparent === undefined ? {} : { traceparent }),
      ...(sequence === undefined ? {} : { sequence }),
      ...(partitionKey === undefined ? {} : { partitionkey: PartitionKey.parse(partitionKey) }),
      data: data.parse(telling.data),
    }),
  };
};
