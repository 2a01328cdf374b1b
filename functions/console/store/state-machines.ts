import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  type ExecutionStatus,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { undefinedFor } from '../../../shared/aws/index.ts';
import {
  CursorRefused,
  type Execution,
  type HistoryEvent,
  RedriveRefused,
  type StateMachines,
} from '../domain/ports.ts';

/** One look counts so many executions: the most that a list of Step Functions has. */
const COUNTED = 1_000;

/** @param prefix `arn:aws:states:<region>:<account>:stateMachine:` */
export const stateMachines = (sfn: Pick<SFNClient, 'send'>, prefix: string): StateMachines => {
  const machineArn = (machine: string) => `${prefix}${machine}`;
  const runArn = (machine: string, run: string) =>
    `${prefix.replace(':stateMachine:', ':execution:')}${machine}:${run}`;
  return {
    async count(machine, status) {
      const { executions = [], nextToken } = await sfn.send(
        new ListExecutionsCommand({
          stateMachineArn: machineArn(machine),
          statusFilter: status as ExecutionStatus,
          maxResults: COUNTED,
        }),
      );
      return { count: executions.length, more: nextToken !== undefined };
    },

    async definition(machine) {
      const found = await sfn
        .send(new DescribeStateMachineCommand({ stateMachineArn: machineArn(machine) }))
        .catch(undefinedFor('StateMachineDoesNotExist'));
      return (
        found && { definition: found.definition ?? '', createdAt: dateOf(found.creationDate).toISOString() }
      );
    },

    async runs(machine, { status, cursor, limit }) {
      const { executions = [], nextToken } = await sfn
        .send(
          new ListExecutionsCommand({
            stateMachineArn: machineArn(machine),
            statusFilter: status as ExecutionStatus | undefined,
            nextToken: cursor,
            maxResults: limit,
          }),
        )
        .catch(refusedCursor);
      return { items: executions.map(executionOf), next: nextToken };
    },

    async run(machine, run) {
      const found = await sfn
        .send(new DescribeExecutionCommand({ executionArn: runArn(machine, run) }))
        .catch(undefinedFor('ExecutionDoesNotExist'));
      if (!found) return undefined;
      const { input, output, error, cause } = found;
      return { ...executionOf(found), input, output, error, cause };
    },

    async redrive(machine, run, key) {
      const redriven = await sfn
        .send(new RedriveExecutionCommand({ executionArn: runArn(machine, run), clientToken: key }))
        .catch(undefinedFor('ExecutionDoesNotExist'))
        .catch(refusedRedrive);
      return redriven && dateOf(redriven.redriveDate);
    },

    async events(machine, run, { backwards, cursor, limit }) {
      const page = await sfn
        .send(
          new GetExecutionHistoryCommand({
            executionArn: runArn(machine, run),
            reverseOrder: backwards,
            nextToken: cursor,
            maxResults: limit,
          }),
        )
        .catch(undefinedFor('ExecutionDoesNotExist'))
        .catch(refusedCursor);
      return page && { items: (page.events ?? []) as HistoryEvent[], next: page.nextToken };
    },
  };
};

const executionOf = (from: {
  readonly name?: string | undefined;
  readonly status?: string | undefined;
  readonly startDate?: Date | undefined;
  readonly stopDate?: Date | undefined;
}): Execution => ({
  name: from.name ?? '',
  status: from.status ?? 'UNKNOWN',
  startedAt: dateOf(from.startDate),
  endedAt: from.stopDate,
});

const dateOf = (date: Date | undefined): Date => date ?? new Date(0);

const refusedCursor = (error: unknown): never => {
  if (error instanceof Error && error.name === 'InvalidToken')
    throw new CursorRefused(error.message, { cause: error });
  throw error;
};

const refusedRedrive = (error: unknown): never => {
  if (error instanceof Error && error.name === 'ExecutionNotRedrivable')
    throw new RedriveRefused(error.message, { cause: error });
  throw error;
};
