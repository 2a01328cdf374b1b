import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import { runEvent } from '../domain/events.ts';
import { systemOf, withCursor } from '../domain/machine.ts';
import type { ConsolePorts } from '../domain/ports.ts';
import { consolePorts } from '../store/ports.ts';

/**
 * A page of a history, its long payloads by their size alone.
 * @throws {NotFoundError} the city has no such machine, or the machine no such execution
 * @throws {InvalidInputError} the cursor is none of ours
 */
export const listRunEvents =
  ({ systems, machines }: ConsolePorts) =>
  async ({ path: { machine, run }, query }: RequestOf<typeof routes.listRunEvents>) => {
    await systemOf(systems, machine);
    const { from, cursor, limit } = query;
    const page = await withCursor(() =>
      machines.events(machine, run, { backwards: from === 'end', cursor, limit }),
    );
    if (!page) throw new NotFoundError({ what: 'run', id: run });
    const items = page.items.map((event) => runEvent(event));
    return { status: 200, body: { items, ...(page.next === undefined ? {} : { next: page.next }) } } as const;
  };

export const handler = restHandler({
  route: routes.listRunEvents,
  handle: listRunEvents,
  ports: consolePorts,
});
