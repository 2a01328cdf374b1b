/** A dead letter: a message that waits for a person, whichever way it came to a dead-letter or parking queue. */
import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { jsonOf } from '../json/index.ts';
import { CloudEvent } from '../messaging/events.ts';
import { ParkedMessage } from '../messaging/queue.ts';
import type { LetterKind } from './words.ts';

export interface DeadLetter {
  /** Ours, and the same after every redrive: the id that the message had when it first failed. */
  readonly trail: string;
  readonly kind: LetterKind;
  /** The name of the queue where it lies. */
  readonly queue: string;
  /** The name of the error, as far as whoever put it here knew one. */
  readonly error: string;
  /** What the error says to an engineer. */
  readonly message: string;
  /** The function, machine or rule that could not go on. */
  readonly consumer: string;
  /** The message that failed, as its consumer gets it. */
  readonly body: string;
  /** ARN of the queue that it goes back to; absent where there is no way back by message. */
  readonly backTo?: string;
  /** Its group, where that queue is FIFO. */
  readonly group?: string;
  /** How often it has been sent back. */
  readonly redrives: number;
  /** How often its consumer had got it when it was put here; absent where nobody counted. */
  readonly attempts?: number;
  /** ISO 8601 UTC: when it failed for the first time, before every redrive. */
  readonly firstAt: string;
  /** ISO 8601 UTC: when it came here. */
  readonly since: string;
  /** What it is about, where that can be seen: `payment_…`. */
  readonly about?: string;
  readonly correlationId?: string;
  readonly traceId?: string;
  /** Sent along when it goes back. */
  readonly attributes: { readonly [name: string]: MessageAttributeValue };
}

/** What a redrive adds to a message, beside what it carried before. */
export const TRAIL = 'trail';
export const REDRIVES = 'redrives';
export const FIRST_AT = 'firstAt';

/**
 * Reads what lies in a queue; whatever it is, it becomes a letter, because nobody else will look at it.
 * @param arn of that queue, where it is known: what a topic could not hand over goes back to the queue before it
 */
export const letterOf = (queue: string, message: Message, arn = ''): DeadLetter => {
  const { Body = '', MessageAttributes = {}, Attributes = {} } = message;
  const text = (name: string): string | undefined => MessageAttributes[name]?.StringValue;
  const json = jsonOf(Body);
  const parked = ParkedMessage.safeParse(json).data;
  const since = parked?.parkedAt ?? new Date(Number(Attributes.SentTimestamp ?? 0)).toISOString();
  const about = subjectOf(parked?.body ?? Body);
  const known = {
    queue,
    redrives: countIn(text(REDRIVES)) ?? parked?.redrives ?? 0,
    attributes: MessageAttributes,
    since,
    firstAt: timeIn(text(FIRST_AT)) ?? parked?.firstAt ?? since,
    ...(parked?.attempts === undefined ? {} : { attempts: parked.attempts }),
    ...(about === undefined ? {} : { about }),
    ...origin(parked, text, json),
  };
  const trail = text(TRAIL) ?? parked?.trail ?? parked?.messageId ?? message.MessageId ?? '';
  if (parked) {
    const { error, message: said, consumer, body, source, group } = parked;
    const backTo = source?.startsWith(QUEUE_ARN) ? { backTo: source } : {};
    const inGroup = group === undefined ? {} : { group };
    return { ...known, trail, kind: 'parked', error, message: said, consumer, body, ...backTo, ...inGroup };
  }
  const skipped = (json as Skipped | undefined)?.requestContext;
  if (skipped?.functionArn && skipped.condition) {
    const consumer = skipped.functionArn.split(':')[6] ?? skipped.functionArn;
    return { ...known, trail, kind: 'skipped', error: skipped.condition, message: '', consumer, body: Body };
  }
  const rule = text('RULE_ARN');
  if (rule !== undefined) {
    const target = text('TARGET_ARN');
    const [error, said] = [text('ERROR_CODE') ?? 'Undelivered', text('ERROR_MESSAGE') ?? ''];
    const backTo = target?.startsWith(QUEUE_ARN) ? { backTo: target } : {};
    const consumer = rule.split('/').at(-1) ?? rule;
    return { ...known, trail, kind: 'undelivered', error, message: said, consumer, body: Body, ...backTo };
  }
  const source = Attributes.DeadLetterQueueSourceArn;
  const event = source === undefined ? Undelivered.safeParse(json).data : undefined;
  if (event) {
    const group = event.partitionkey ?? Attributes.MessageGroupId;
    return {
      ...{ ...known, trail, kind: 'undelivered', body: Body, consumer: beforeDeath(queue) },
      error: text('ErrorCode') ?? 'Undelivered',
      message: text('ErrorMessage') ?? 'a topic could not hand it to the queue',
      ...(beforeDeath(arn) === arn ? {} : { backTo: beforeDeath(arn) }),
      ...(group === undefined ? {} : { group }),
    };
  }
  const inGroup = Attributes.MessageGroupId === undefined ? {} : { group: Attributes.MessageGroupId };
  return {
    ...known,
    trail,
    kind: 'moved',
    error: 'TooManyReceives',
    message: 'the log of the consumer has an error for each try',
    consumer: source?.split(':')[5] ?? '',
    body: Body,
    ...(source === undefined ? {} : { backTo: source }),
    ...inGroup,
  };
};

const QUEUE_ARN = 'arn:aws:sqs:';

/** An event that no queue has handed on: what a topic puts with the dead letters is the event, and little besides. */
const Undelivered = CloudEvent.pick({ specversion: true, id: true, type: true, partitionkey: true });

/** The queue whose dead letters lie in another, by the house's names: `irctc-booking-book-dead.fifo`. */
const beforeDeath = (name: string): string => name.replace(/-dead(?=(\.fifo)?$)/, '');

/** Anybody may have sent a message here, and with any attribute. */
const timeIn = (text: string | undefined): string | undefined => z.iso.datetime().safeParse(text).data;
const countIn = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;

/** An id of the house, wherever it stands: `payment_` and a UUID. */
const ID = /\b[a-z]{2,20}_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/;

/** An event says it; of anything else it is the first id in it. */
const subjectOf = (body: string): string | undefined => {
  const { subject } = (jsonOf(body) ?? {}) as { readonly subject?: unknown };
  return typeof subject === 'string' && subject !== '' ? subject : ID.exec(body)?.[0];
};

/** What Lambda writes of an invocation that it gave up. */
interface Skipped {
  readonly requestContext?: { readonly functionArn?: string; readonly condition?: string };
}

const origin = (
  parked: ParkedMessage | undefined,
  text: (name: string) => string | undefined,
  json: unknown,
): { correlationId?: string; traceId?: string } => {
  // An event carries its origin inside (CloudEvents), a command as attributes of its message.
  const inside = (typeof json === 'object' && json !== null ? json : {}) as { [field: string]: unknown };
  const first = (...found: unknown[]) => found.find((one): one is string => typeof one === 'string');
  const correlationId = first(parked?.correlationId, text('correlationId'), inside.correlationid);
  const traceparent = first(parked?.traceparent, text('traceparent'), inside.traceparent);
  const traceId = traceparent?.split('-')[1];
  return {
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(traceId === undefined ? {} : { traceId }),
  };
};
