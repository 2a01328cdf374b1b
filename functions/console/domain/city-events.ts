/** Events of the city as they are kept and shown. Pure. */
import type { CloudEvent } from '../../../shared/messaging/events.ts';
import type { CityEvent } from '../contract.ts';
import { maskedPayload } from './masked.ts';
import { payloadOf } from './runs.ts';

/** An event as it is kept: its data as text, masked before it is written down. */
export type KeptEvent = Omit<CityEvent, 'data'> & { readonly data: string };

/** Which events are asked for. */
export interface Asked {
  readonly type?: string | undefined;
  readonly system?: string | undefined;
}

/** @param body the message that brought the event, as it was written */
export const keptEvent = (event: CloudEvent, body: string, now: Date): KeptEvent => {
  const { id, type, source, subject, time, dataschema, correlationid, causationid, sequence } = event;
  const traceId = traceIdIn(event.traceparent);
  return {
    ...{ id, type, source, subject, time, keptAt: now.toISOString(), dataschema },
    correlationId: correlationid,
    ...(causationid === undefined ? {} : { causationId: causationid }),
    ...(traceId === undefined ? {} : { traceId }),
    ...(sequence === undefined ? {} : { sequence }),
    data: maskedPayload(dataIn(body)),
  };
};

/** @param whole with its data, however long */
export const cityEvent = ({ data, ...event }: KeptEvent, whole = false): CityEvent => ({
  ...event,
  data: payloadOf(data, whole),
});

export const isAsked =
  ({ type, system }: Asked) =>
  (event: KeptEvent): boolean =>
    (type === undefined || event.type === type) && (system === undefined || event.source === system);

/** W3C trace context: `00-<trace>-<span>-<flags>`. */
const traceIdIn = (traceparent: string | undefined): string | undefined =>
  /^[0-9a-f]{2}-(?<traceId>[0-9a-f]{32})-/.exec(traceparent ?? '')?.groups?.traceId;

/** What the language has had since ES2025, and its library for ES2024 does not describe. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** A number stays the text that it was: 9007199254740993 read as a number would be another one. */
const asWritten = (_: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === 'number' && context?.source !== undefined ? rawJSON(context.source) : value;

const dataIn = (body: string): string =>
  JSON.stringify((JSON.parse(body, asWritten) as { data: unknown }).data);
