/**
 * The messages of a run in their queues, at any moment. No queue keeps what lay in it; but whoever sends an event and
 * whoever takes a message leaves a span, and these say when.
 */
import type { TraceRow, TraceView } from '../../functions/platform/contract.ts';

/**
 * `told`: in the outbox, and not on the bus yet; `sent`: on its way to a consumer; `taken`: being worked on; `again`: it
 * failed and waits to be taken again; `parked` and `dead`: a dead letter, because no retry can help, or after so many.
 */
export type Whereabouts = 'told' | 'sent' | 'taken' | 'done' | 'again' | 'parked' | 'dead';

/** One message in one queue. An event that several systems hear is a message in each of their queues. */
export interface Message {
  readonly id: string;
  /** Absent where nobody is known to hear the event, and no consumer has left a span of it. */
  readonly queue?: string;
  /** The event that it carries, and its type; absent for what is no event. */
  readonly event?: string;
  readonly type?: string;
  /** No consumer has left a span of taking it, in all that is known. */
  readonly untaken?: true;
}

/** A queue, and the types of events that come into it; `*` for every one. */
export interface Hearer {
  readonly queue: string;
  readonly hears: readonly string[];
}

/** Something that happened to a message, at a time in milliseconds since 1970. */
export interface Fact {
  readonly message: string;
  readonly at: number;
  readonly what: Whereabouts;
  /** Which handing over by its queue this is, counted from 1. */
  readonly attempt?: number;
  readonly error?: string;
}

export interface Course {
  readonly messages: readonly Message[];
  /** Oldest first; those of one message in the order in which one led to the other. */
  readonly facts: readonly Fact[];
}

/** Where a message is, and since when. */
export interface Standing extends Omit<Fact, 'message'> {
  /** So many times it was handed over, and whoever took it left no span: it died, or never began. */
  readonly unseen: number;
}

/**
 * All that the spans of a trace say of messages, whatever order they are in. A message was sent no later than it was
 * taken: where the clock of who sent it says otherwise, the consumer's is believed.
 * @param hearers by which an event is known to be in a queue though nobody took it there
 */
export const courseOf = (
  { startedAt, spans }: Pick<TraceView, 'startedAt' | 'spans'>,
  hearers: readonly Hearer[] = [],
): Course => {
  const start = Date.parse(startedAt);
  const tellings = new Map<string, Telling>();
  const deliveries = new Map<string, Delivery[]>();
  for (const span of spans.toSorted(inOrder)) {
    const telling = tellingOf(span, start);
    // It may have been sent twice; from the first time on it was on its way.
    if (telling !== undefined && !tellings.has(telling.event)) tellings.set(telling.event, telling);
    const delivery = deliveryOf(span, start);
    if (delivery !== undefined)
      deliveries.set(delivery.id, [...(deliveries.get(delivery.id) ?? []), delivery]);
  }
  const came = new Set<string>();
  const taken = [...deliveries.values()].map((attempts) => {
    const [{ queue, event = '' }] = attempts as [Delivery];
    // What comes to a queue once more, as when a dead letter is sent back, does not come from the outbox.
    const isFirst = !came.has(`${queue} ${event}`);
    came.add(`${queue} ${event}`);
    return takenOf(attempts, isFirst ? tellings.get(event) : undefined);
  });
  const heard = new Set(taken.map(({ message }) => message.event));
  const untaken = [...tellings.values()].flatMap((telling) => {
    const { event, type } = telling;
    const owed = hearers.filter(({ hears }) => hears.includes(type) || hears.includes(EVERY));
    if (owed.length === 0) return heard.has(event) ? [] : [untakenOf(telling)];
    const left = owed.filter(({ queue }) => !came.has(`${queue} ${event}`));
    return left.map(({ queue }) => untakenOf(telling, queue));
  });
  const all = [...taken, ...untaken];
  return {
    messages: all.map(({ message }) => message),
    facts: all.flatMap(({ facts }) => facts).toSorted((one, other) => one.at - other.at),
  };
};

const EVERY = '*';

const inOrder = (one: TraceRow, other: TraceRow): number =>
  one.offsetMs - other.offsetMs ||
  Number(one.attributes?.receiveCount ?? 0) - Number(other.attributes?.receiveCount ?? 0);

/** Where each message is after what happened, by the ids of the messages of which anything is known by then. */
export const standingsAfter = (facts: readonly Fact[]): ReadonlyMap<string, Standing> => {
  const standings = new Map<string, Standing>();
  for (const fact of facts) standings.set(fact.message, after(standings.get(fact.message), fact));
  return standings;
};

const after = (before: Standing | undefined, { message: _, ...fact }: Fact): Standing => {
  const attempt = fact.attempt ?? 0;
  const known = before?.attempt ?? 0;
  const unseen = before?.unseen ?? 0;
  if (fact.what === 'taken') return { ...fact, unseen: unseen + Math.max(0, attempt - known - 1) };
  if (before === undefined || attempt >= known) return { ...fact, unseen };
  // Who took it earlier and failed says nothing of whoever has it now; but what is done is gone.
  return fact.what === 'done' ? { ...fact, unseen, attempt: known } : before;
};

/** A queue at a moment, with the messages of the run that are in it or were. */
export interface QueueAt {
  /** Absent for messages of which no queue is known. */
  readonly queue?: string;
  readonly messages: readonly (Message & { readonly standing: Standing })[];
}

/** The queues at a moment, in the order in which the run first sent anything there. */
export const queuesAt = ({ messages, facts }: Course, until: number): readonly QueueAt[] => {
  const standings = standingsAfter(facts.filter(({ at }) => at <= until));
  const byId = new Map(messages.map((message) => [message.id, message]));
  const there = [...standings].flatMap(([id, standing]) => {
    const message = byId.get(id);
    return message === undefined ? [] : [{ ...message, standing }];
  });
  return [...Map.groupBy(there, ({ queue }) => queue)].map(([queue, of]) => ({
    ...(queue === undefined ? {} : { queue }),
    messages: of,
  }));
};

/** An event that was put on the bus. */
interface Telling {
  readonly event: string;
  readonly type: string;
  readonly toldAt: number;
  readonly sentAt: number;
}

/** A message that somebody took once, and what came of that. */
interface Delivery extends Message {
  readonly queue: string;
  /** As its queue says, where it does. */
  readonly sentAt?: number;
  readonly takenAt: number;
  readonly attempt: number;
  readonly end?: Pick<Fact, 'at' | 'what' | 'error'>;
}

interface Known {
  readonly message: Message;
  readonly facts: readonly Fact[];
}

const takenOf = (attempts: readonly Delivery[], telling: Telling | undefined): Known => {
  const [{ id, queue, event, type, sentAt, takenAt }] = attempts as readonly [Delivery];
  const sent = Math.min(telling?.sentAt ?? takenAt, sentAt ?? takenAt, takenAt);
  return {
    message: { id, queue, ...(event === undefined || type === undefined ? {} : { event, type }) },
    facts: [
      ...(telling === undefined
        ? []
        : [{ message: id, at: Math.min(telling.toldAt, sent), what: 'told' as const }]),
      { message: id, at: sent, what: 'sent' },
      ...attempts.flatMap(({ takenAt, attempt, end }) => [
        { message: id, at: takenAt, what: 'taken' as const, attempt },
        ...(end === undefined ? [] : [{ message: id, attempt, ...end }]),
      ]),
    ],
  };
};

const untakenOf = ({ event, type, toldAt, sentAt }: Telling, queue?: string): Known => {
  const id = queue === undefined ? event : `${queue} ${event}`;
  return {
    message: { id, event, type, untaken: true, ...(queue === undefined ? {} : { queue }) },
    facts: [
      { message: id, at: Math.min(toldAt, sentAt), what: 'told' },
      { message: id, at: sentAt, what: 'sent' },
    ],
  };
};

const tellingOf = ({ attributes, offsetMs }: TraceRow, start: number): Telling | undefined => {
  const { toldAt } = attributes ?? {};
  const carried = carriedBy(attributes);
  return typeof toldAt === 'string' && carried !== undefined
    ? { ...carried, toldAt: Date.parse(toldAt), sentAt: start + offsetMs }
    : undefined;
};

const deliveryOf = ({ attributes, offsetMs, durationMs }: TraceRow, start: number): Delivery | undefined => {
  const {
    'messaging.message.id': message,
    'messaging.destination.name': queue,
    receiveCount: attempt,
    'error.type': error,
    ...more
  } = attributes ?? {};
  if (typeof message !== 'string' || typeof queue !== 'string' || typeof attempt !== 'number')
    return undefined;
  const what = FATES.find((fate) => fate === more.fate);
  const end = { at: start + offsetMs + durationMs, ...(typeof error === 'string' ? { error } : {}) };
  return {
    ...{ id: `${queue} ${message}`, queue, ...carriedBy(attributes) },
    ...{ attempt, takenAt: start + offsetMs },
    ...(typeof more.sentAt === 'string' ? { sentAt: Date.parse(more.sentAt) } : {}),
    ...(what === undefined ? {} : { end: { ...end, what } }),
  };
};

/** What a consumer says of the message that it took, when it is through with it. */
const FATES = ['done', 'again', 'parked', 'dead'] as const;

const carriedBy = (attributes: TraceRow['attributes']): { event: string; type: string } | undefined => {
  const { 'cloudevents.event_id': event, 'cloudevents.event_type': type } = attributes ?? {};
  return typeof event === 'string' && typeof type === 'string' ? { event, type } : undefined;
};
