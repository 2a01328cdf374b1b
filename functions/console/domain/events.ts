/** Events of a history as the console shows them, whatever their type. */
import type { Payload, RunEvent } from '../contract.ts';
import type { HistoryEvent } from './ports.ts';
import { payloadOf } from './runs.ts';

/** What every event has; all else is the details of its type. */
const COMMON: ReadonlySet<string> = new Set(['id', 'previousEventId', 'timestamp', 'type']);

/** Texts that whoever started, called or failed has written, and that may be long. */
const PAYLOADS: ReadonlySet<string> = new Set(['input', 'output', 'parameters', 'cause']);

/**
 * An event with its details flat: scalars are facts, texts that people and programs wrote are payloads, and what has
 * a shape that nobody here knows is a payload too, as JSON. So a type of AWS's that is new tomorrow loses nothing.
 */
export const runEvent = (event: HistoryEvent, whole = false): RunEvent => {
  const facts: Record<string, string | number | boolean> = {};
  const payloads: Record<string, Payload> = {};
  const details = Object.entries(event)
    .filter(([name, value]) => !COMMON.has(name) && typeof value === 'object' && value !== null)
    .flatMap(([, value]) => Object.entries(value as object) as [string, unknown][]);
  for (const [name, value] of details) {
    if (typeof value === 'string' && !PAYLOADS.has(name)) facts[name] = value;
    else if (typeof value === 'string') payloads[name] = payloadOf(value, whole);
    else if (typeof value === 'number' || typeof value === 'boolean') facts[name] = value;
    else if (cutIn(value) === true) facts[`${name.replace(/Details$/, '')}Truncated`] = true;
    else if (value !== null && value !== undefined && cutIn(value) !== false)
      payloads[name] = payloadOf(JSON.stringify(value), whole);
  }
  return {
    id: event.id ?? 0,
    previous: event.previousEventId ?? 0,
    at: (event.timestamp ?? new Date(0)).toISOString(),
    type: event.type ?? 'Unknown',
    facts,
    payloads,
  };
};

/** `inputDetails: { truncated }` says whether Step Functions has cut the input. */
const cutIn = (value: unknown): boolean | undefined => (value as { truncated?: boolean } | null)?.truncated;
