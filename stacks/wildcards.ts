import type { Target } from './constructs/target.ts';

/**
 * The one list of permissions that name no single resource, each with its reason. Whatever else says `*` fails the
 * template rules.
 */
export const WILDCARDS: readonly {
  readonly resource: RegExp;
  /** Only for these actions. @default any */
  readonly actions?: readonly string[];
  /** Only there. @default on both */
  readonly target?: Target;
  readonly reason: string;
}[] = [
  {
    resource: /^\*$/,
    actions: ['dynamodb:ListStreams'],
    reason: 'Lambda lists the streams that it polls, and IAM knows no resource for that',
  },
  {
    resource: /^\*$/,
    actions: ['states:SendTaskSuccess'],
    reason:
      'IAM knows no resource for a task token: who has the token may wake who waits, and it stays in the table',
  },
  {
    resource: /secret:dabbawala\/[a-z-]+\/(client|signing-key|callbacks|refresh-tokens|tickets)-\?{6}$/,
    reason: 'Secrets Manager ends the ARN of every secret with six random characters',
  },
  {
    resource: /secret:dabbawala\/\*\/client\*$/,
    reason: 'identity compares the client secret of any system, also of one that is deployed later',
  },
  {
    resource: /(stateMachine|execution):\*$/,
    actions: [
      'states:ListExecutions',
      'states:DescribeStateMachine',
      'states:DescribeExecution',
      'states:GetExecutionHistory',
    ],
    reason:
      'the console looks at the machines of every system, also of one that is deployed later; it only reads',
  },
  {
    resource: /^\*$/,
    actions: ['cloudwatch:GetMetricData', 'cloudwatch:DescribeAlarms'],
    reason:
      'IAM knows no resource for the values of metrics, and of alarms only for some of those that one call describes; the console only reads them',
  },
  {
    resource: /:sqs:.*:\*$/,
    actions: ['sqs:GetQueueUrl', 'sqs:GetQueueAttributes'],
    reason:
      'the console counts the messages of every system, also of one that is deployed later; it reads none',
  },
  {
    resource: /:sqs:.*:\*-(dead(\.fifo)?|parking)$/,
    actions: [
      'sqs:GetQueueUrl',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:ListMessageMoveTasks',
    ],
    reason:
      'people look in the console after the dead letters of every system, also of one that is deployed later; of all queues only these kinds are meant',
  },
  {
    resource: /:sqs:.*:\*-dead(\.fifo)?$/,
    actions: ['sqs:StartMessageMoveTask', 'sqs:CancelMessageMoveTask'],
    reason:
      'an operator lets SQS itself send back whole queues of dead letters, of every system; what is parked it could not',
  },
  {
    resource: /:sqs:.*:[a-z-]+-\*$/,
    actions: ['sqs:GetQueueUrl', 'sqs:GetQueueAttributes', 'sqs:SendMessage'],
    reason:
      'a dead letter goes back to whichever queue of a system it came from, and another door of the console counts what waits there; the names of all would not fit into a policy',
  },
  {
    resource: /:table\/[a-z-]+-\*$/,
    actions: ['dynamodb:GetItem'],
    reason:
      'CloudFormation names the tables; the console asks whether a message was worked on, by conditions for the keys of such records alone and for no field in them',
  },
  {
    resource: /:table\/[a-z-]+-[A-Z]\w+-\*$/,
    actions: ['dynamodb:DescribeTable'],
    reason:
      'CloudFormation ends the name of a table with characters of its own; the console tells how large each is and reads none',
  },
  {
    resource: /:execute-api:.*:\{SocketApi\w+\}\/live\/POST\/@connections\/\*$/,
    actions: ['execute-api:ManageConnections'],
    reason: 'connections have ids of API Gateway’s own; a function sends to those of its own API alone',
  },
  {
    resource: /execution:[a-z-]+:\*$/,
    actions: ['states:RedriveExecution'],
    reason:
      'an execution is named by what it is about; an operator lets one of a machine that there is go on in the console',
  },
  {
    resource: /execution:paytm-saga-payment:\*$/,
    actions: ['states:DescribeExecution'],
    reason: 'executions are named by payments; the sweeper asks for those of its own machine alone',
  },
  {
    resource: /^\{Console\w+\.Arn\}\/assets\/\*$/,
    actions: ['s3:PutObject'],
    target: 'aws',
    reason:
      "the files of the console's page are named by what is in them; it is put there by deployment alone",
  },
];
