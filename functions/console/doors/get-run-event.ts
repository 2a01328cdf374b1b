import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import { runEvent } from '../domain/events.ts';
import { systemOf } from '../domain/machine.ts';
import type { ConsolePorts } from '../domain/ports.ts';
import { consolePorts } from '../store/ports.ts';

/** Step Functions gives a history by the page alone; this is its longest. */
const PAGE = 1_000;

/**
 * One event with its payloads whole.
 * @throws {NotFoundError} the city has no such machine, the machine no such execution, or that no such event
 */
export const getRunEvent =
  ({ systems, machines }: ConsolePorts) =>
  async ({ path: { machine, run, event } }: RequestOf<typeof routes.getRunEvent>) => {
    await systemOf(systems, machine);
    let cursor: string | undefined;
    do {
      const page = await machines.events(machine, run, { backwards: false, cursor, limit: PAGE });
      if (!page) throw new NotFoundError({ what: 'run', id: run });
      const found = page.items.find(({ id }) => id === event);
      if (found) return { status: 200, body: runEvent(found, true) } as const;
      cursor = page.next;
    } while (cursor);
    throw new NotFoundError({ what: 'event', id: String(event) });
  };

export const handler = restHandler({ route: routes.getRunEvent, handle: getRunEvent, ports: consolePorts });
