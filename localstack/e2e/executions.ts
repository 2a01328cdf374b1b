import {
  GetExecutionHistoryCommand,
  type HistoryEvent,
  SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { waitFor } from '../../shared/testing/index.ts';
import type { CityFile } from '../cloud/city.ts';
import { ACCOUNT } from '../cloud/environment.ts';
import { credentials } from './city.ts';

/** What happened in the executions of one machine of the city under test, as Step Functions itself tells it. */
export const executionsOf = (city: CityFile, machine: string, as = credentials) => {
  const sfn = new SFNClient({ endpoint: city.endpoint, region: city.region, credentials: as });
  const arn = (saga: string, number = 1) =>
    `arn:aws:states:${city.region}:${ACCOUNT}:execution:${machine}:${saga}.${number}`;

  const history = async (saga: string, number: number): Promise<HistoryEvent[]> => {
    const executionArn = arn(saga, number);
    const { events = [] } = await sfn.send(
      new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }),
    );
    return events;
  };

  /** What happened inside a state, however often it was entered. */
  const inside = async (saga: string, state: string, number = 1): Promise<HistoryEvent[]> => {
    let current: string | undefined;
    return (await history(saga, number)).filter(({ stateEnteredEventDetails }) => {
      current = stateEnteredEventDetails?.name ?? current;
      return current === state;
    });
  };

  return {
    sfn,
    arn,
    /** Waits until the machine asks the worker of a state. */
    asks: (saga: string, state: string, number = 1) =>
      waitFor(async () => (await inside(saga, state, number)).some(({ type }) => type === 'TaskScheduled'), {
        what: `${saga} to ask the worker of ${state}`,
        timeoutMs: 60_000,
        everyMs: 20,
      }),
    /** Stops an execution in the middle of what it does, as an operator of AWS can. */
    stop: (saga: string, number = 1) =>
      sfn.send(new StopExecutionCommand({ executionArn: arn(saga, number), cause: 'a test stopped it' })),
    /** The states that an execution entered, in their order. */
    statesOf: async (saga: string, number = 1): Promise<string[]> =>
      (await history(saga, number)).flatMap(({ stateEnteredEventDetails: entered }) => entered?.name ?? []),
    /** How many tasks of an execution were given up because their time was over. */
    timeOutsIn: async (saga: string, number = 1): Promise<number> =>
      (await history(saga, number)).filter(
        ({ type, taskFailedEventDetails }) =>
          type === 'TaskTimedOut' || taskFailedEventDetails?.error === 'States.Timeout',
      ).length,
    /** The names of the errors that the task of a state ended with, oldest first. */
    failuresIn: async (saga: string, state: string): Promise<string[]> =>
      (await inside(saga, state)).flatMap(
        ({ taskFailedEventDetails }) => taskFailedEventDetails?.error ?? [],
      ),
  };
};
