/** A message as SQS hands it over, and what can be known of it before it is parsed. */
import type { SQSRecord, SQSRecordAttributes } from 'aws-lambda';
import { jsonOf } from '../json/index.ts';
import { CloudEvent } from '../messaging/events.ts';

export type SqsRecord = Pick<SQSRecord, 'messageId' | 'body' | 'eventSourceARN' | 'messageAttributes'> & {
  readonly attributes: Partial<SQSRecordAttributes>;
};

export interface SqsEvent {
  readonly Records: readonly SqsRecord[];
}

/** Where a message comes from and what it belongs to. */
export interface Origin {
  /** The body as JSON says it; undefined where it is none. */
  readonly body: unknown;
  readonly traceparent: string | undefined;
  readonly correlationId: string | undefined;
}

/** An event carries its origin inside (CloudEvents), a command inside or as attributes of its message. */
export const originOf = ({ body, messageAttributes }: SqsRecord): Origin => {
  // Where it is no JSON, the schema refuses it.
  const parsed = jsonOf(body);
  const inside = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as {
    [field: string]: unknown;
  };
  const text = (...candidates: unknown[]) =>
    candidates.find((candidate): candidate is string => typeof candidate === 'string');
  return {
    body: parsed,
    traceparent: text(inside.traceparent, messageAttributes?.traceparent?.stringValue),
    correlationId: text(
      inside.correlationid,
      inside.correlationId,
      messageAttributes?.correlationId?.stringValue,
    ),
  };
};

/** FIFO queues keep order inside a group; elsewhere each message is for itself. */
export const inGroups = (records: readonly SqsRecord[]): SqsRecord[][] =>
  Object.values(
    Object.groupBy(records, ({ attributes, messageId }) => attributes.MessageGroupId ?? messageId),
  ).map((group = []) => group);

/** How often SQS has handed it over, 1 at first. */
export const receivesOf = ({ attributes }: SqsRecord): number =>
  Number(attributes.ApproximateReceiveCount ?? 1);

/**
 * The trail of a message that a redrive sent back, how often one did, and when it first failed; nothing of one that comes
 * the first time.
 */
export const sentBack = ({
  messageAttributes,
}: SqsRecord): {
  readonly trail: string | undefined;
  readonly redrives: number | undefined;
  readonly firstAt: string | undefined;
} => {
  const redrives = messageAttributes?.redrives?.stringValue;
  return {
    trail: messageAttributes?.trail?.stringValue,
    redrives: redrives === undefined ? undefined : Number(redrives),
    firstAt: messageAttributes?.firstAt?.stringValue,
  };
};

/**
 * What a span says of the message that it is about, by the conventions of OpenTelemetry and CloudEvents: which queue had
 * it since when, which receive this is, and which event it carries, if it does.
 */
export const told = (record: SqsRecord, { body }: Origin): { readonly [name: string]: string | number } => {
  const { messageId, eventSourceARN, attributes } = record;
  const event = Carried.safeParse(body).data;
  return {
    'messaging.message.id': messageId,
    'messaging.destination.name': eventSourceARN.slice(eventSourceARN.lastIndexOf(':') + 1),
    receiveCount: receivesOf(record),
    ...(attributes.SentTimestamp === undefined
      ? {}
      : { sentAt: new Date(Number(attributes.SentTimestamp)).toISOString() }),
    ...(event === undefined
      ? {}
      : { 'cloudevents.event_id': event.id, 'cloudevents.event_type': event.type }),
  };
};

/** Whatever else is wrong with an event, by these a person finds it. */
const Carried = CloudEvent.pick({ specversion: true, id: true, type: true });
