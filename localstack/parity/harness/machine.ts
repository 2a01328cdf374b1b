import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  type ExecutionStatus,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { waitFor } from '../../../shared/testing/index.ts';
import type { Cloud } from './cloud.ts';
import type { Worker } from './lambda.ts';

export interface Machine {
  readonly arn: string;
}

/** A standard state machine whose language is JSONata, with its states given as in the Amazon States Language. */
export const makeMachine = async (
  cloud: Cloud,
  definition: { readonly StartAt: string; readonly States: object; readonly [field: string]: unknown },
  { role = cloud.role }: { role?: string } = {},
): Promise<Machine> => {
  const sfn = cloud.client(SFNClient);
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({
      name: cloud.name('machine'),
      roleArn: role,
      definition: JSON.stringify({ QueryLanguage: 'JSONata', ...definition }),
    }),
  );
  cloud.later(() => sfn.send(new DeleteStateMachineCommand({ stateMachineArn })));
  return { arn: stateMachineArn ?? '' };
};

/** A task that calls a small Lambda with the state's input. */
export const call = (worker: Worker, more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: worker.arn, Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  ...('Next' in more ? {} : { End: true }),
  ...more,
});

/** @returns the ARN of the execution */
export const start = async (
  cloud: Cloud,
  { arn }: Machine,
  input: object = {},
  name?: string,
): Promise<string> => {
  const sfn = cloud.client(SFNClient);
  const { executionArn } = await sfn.send(
    new StartExecutionCommand({
      stateMachineArn: arn,
      input: JSON.stringify(input),
      ...(name ? { name } : {}),
    }),
  );
  cloud.later(async () => {
    const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (status === 'RUNNING') await sfn.send(new StopExecutionCommand({ executionArn }));
  });
  return executionArn ?? '';
};

/** What became of an execution, when it is over. */
export interface Ended {
  readonly arn: string;
  readonly status: ExecutionStatus | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly output: unknown;
  readonly described: DescribeExecutionCommandOutput;
}

export const ended = async (cloud: Cloud, executionArn: string, timeoutMs = 20_000): Promise<Ended> => {
  const described = await waitFor(
    async (seen) => {
      const found = await cloud.client(SFNClient).send(new DescribeExecutionCommand({ executionArn }));
      seen(found.status);
      return found.status === 'RUNNING' ? undefined : found;
    },
    { what: 'the end of the execution', timeoutMs },
  );
  const { status, error, cause, output } = described;
  return {
    arn: executionArn,
    described,
    status,
    error,
    cause,
    output: output === undefined ? undefined : JSON.parse(output),
  };
};

export const run = async (cloud: Cloud, machine: Machine, input: object = {}): Promise<Ended> =>
  ended(cloud, await start(cloud, machine, input));

export const historyOf = async (cloud: Cloud, executionArn: string): Promise<HistoryEvent[]> => {
  const command = new GetExecutionHistoryCommand({ executionArn, maxResults: 1_000 });
  return (await cloud.client(SFNClient).send(command)).events ?? [];
};
