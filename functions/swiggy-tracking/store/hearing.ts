/** How an order or a booking that another system tells of gets its log. */
import { effectOfMessage, type MessageEffect } from '../../../shared/effects/of-message.ts';
import { untilUnchanged } from '../../../shared/effects/until-unchanged.ts';
import { logger } from '../../../shared/logging/index.ts';
import type { CloudEvent } from '../../../shared/messaging/events.ts';
import type { Tracked } from '../domain/followed.ts';
import type { Followed } from '../domain/tracked.ts';
import type { Log } from './log.ts';
import type { LogPorts } from './ports.ts';

export interface Hearing<T, I, E> extends Pick<LogPorts, 'chance' | 'pause'> {
  readonly log: Log<T, I>;
  readonly work: MessageEffect;
  /** An event that was kept for later. */
  readonly parse: (kept: CloudEvent) => E;
  /** What an event means for what is known. */
  readonly follow: (known: T | undefined, event: E) => Promise<Followed<T, I>> | Followed<T, I>;
}

/**
 * Writes what is heard into a log: once each, and in the order in which it happened, whatever the order in which it is heard.
 * What comes too early is kept until what it waits for is written.
 * @throws {TransientError} others were faster again and again; the message comes again
 */
export const hearing = <
  T extends Tracked,
  I extends { readonly kind: string; readonly at: string },
  E extends CloudEvent,
>(
  ports: Hearing<T, I, E>,
): ((event: E) => Promise<void>) => {
  const insist = untilUnchanged(ports);
  return async (event) => {
    let goesOn = await insist(() => take(ports, event, { isFirst: true }));
    while (goesOn) {
      goesOn = false;
      for (const kept of await ports.log.held(event.subject)) {
        const early = ports.parse(kept);
        goesOn = (await insist(() => take(ports, early, { isFirst: false }))) || goesOn;
      }
    }
  };
};

/**
 * @returns whether the log went on by it
 * @throws {VersionConflictError} it has gone on by something else meanwhile
 */
const take = async <T, I, E extends CloudEvent>(
  { log, work, follow }: Hearing<T, I, E>,
  event: E,
  { isFirst }: { readonly isFirst: boolean },
): Promise<boolean> => {
  const { subject, id: causationId, correlationid: correlationId, traceparent } = event;
  const found = await log.find(subject);
  const followed = await follow(found?.tracked, event);
  if (followed.what === 'news') {
    const { repeated } = await log.append(found, {
      ...{ tracked: followed.tracked, item: followed.item, effect: effectOfMessage(work, event) },
      origin: { correlationId, causationId, ...(traceparent === undefined ? {} : { traceparent }) },
    });
    return !repeated;
  }
  if (!isFirst) return false; // it lies there already
  logger().info('no news', { about: subject, eventId: causationId, because: followed.what });
  if (followed.what === 'early') await log.hold(found, subject, event);
  return false;
};
