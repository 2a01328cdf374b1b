import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { type RunView, routes } from '../contract.ts';
import { systemOf, withCursor } from '../domain/machine.ts';
import type { ConsolePorts, StateMachines } from '../domain/ports.ts';
import { runView } from '../domain/runs.ts';
import { consolePorts } from '../store/ports.ts';

/**
 * Executions, newest first. Those of one saga are asked for by their names, so none is missed however old it is.
 * @throws {NotFoundError} the city has no such machine
 * @throws {InvalidInputError} the cursor is none of ours
 */
export const listRuns =
  ({ systems, machines }: ConsolePorts) =>
  async ({ path: { machine }, query }: RequestOf<typeof routes.listRuns>) => {
    await systemOf(systems, machine);
    const { saga, status, cursor, limit } = query;
    if (saga !== undefined) {
      const found = await ofSaga(machines, machine, saga);
      const items = found.filter((run) => status === undefined || run.status === status);
      return { status: 200, body: { items } } as const;
    }
    const { items, next } = await withCursor(() => machines.runs(machine, { status, cursor, limit }));
    return {
      status: 200,
      body: { items: items.map(runView), ...(next === undefined ? {} : { next }) },
    } as const;
  };

/** The sweeper starts five executions of a saga at most, a person as many more as it takes. */
const AT_ONCE = 5;

/** A number may never have been started, so a look that finds none says that there are no more, and no single number. */
const ofSaga = async (
  machines: Pick<StateMachines, 'run'>,
  machine: string,
  saga: string,
): Promise<RunView[]> => {
  const found: RunView[] = [];
  for (let first = 1; ; first += AT_ONCE) {
    const numbers = Array.from({ length: AT_ONCE }, (_, index) => first + index);
    const looked = await Promise.all(numbers.map((number) => machines.run(machine, `${saga}.${number}`)));
    const there = looked.filter((run) => run !== undefined);
    found.push(...there.map(runView));
    if (there.length === 0) return found.toReversed();
  }
};

export const handler = restHandler({ route: routes.listRuns, handle: listRuns, ports: consolePorts });
