/**
 * Rules over synthesized resources. Each answers what breaks it, by name, and is tried on a template that does;
 * `looked` says at how many things it looked, because a rule that looks at nothing holds always.
 */
import { FAULTS_TABLE } from './constructs/system-stack.ts';
import { isOurs } from './foreign.ts';
import { type Resource, textOf } from './template.ts';

export interface Findings {
  readonly looked: number;
  readonly broken: readonly string[];
}

type Rule = (resources: readonly Resource[]) => Findings;

/** What a role may do, by function of ours: `stack/id` and the actions of its own policies. */
export interface Granted {
  readonly fn: string;
  readonly functionName: string;
  readonly actions: readonly string[];
  /** What of them it may do elsewhere than in a table that counts who asks how often: to count is not to change a thing. */
  readonly beyondCounting: readonly string[];
  /** Whether Lambda itself polls a queue or stream with this role. */
  readonly isFed: boolean;
}

export const grantsOf = (resources: readonly Resource[]): readonly Granted[] =>
  ofType(resources, 'AWS::Lambda::Function')
    .filter(isOurs)
    .map((fn) => {
      const role = textOf(fn.properties.Role).replace('.Arn', '');
      const policies = ofType(resources, 'AWS::IAM::Policy').filter(
        ({ stack, properties }) => stack === fn.stack && textOf(properties.Roles).split(',').includes(role),
      );
      return {
        fn: nameOf(fn),
        functionName: textOf(fn.properties.FunctionName),
        actions: [...new Set(policies.flatMap(({ properties }) => actionsIn(properties.PolicyDocument)))],
        beyondCounting: policies.flatMap(({ properties }) =>
          actionsIn(properties.PolicyDocument, (resource) => !COUNTS.test(resource)),
        ),
        isFed: ofType(resources, 'AWS::Lambda::EventSourceMapping').some(
          ({ stack, properties }) =>
            stack === fn.stack && textOf(properties.FunctionName).includes(`{${fn.id}`),
        ),
      };
    });

/** What is set for a function that may tell topics, and for no other: which there are. */
export const variablesOfTopics =
  (granted: readonly Pick<Granted, 'functionName' | 'actions'>[]) =>
  (name: string): readonly string[] =>
    granted.some(({ functionName, actions }) => functionName === name && actions.includes('sns:Publish'))
      ? ['TOPICS']
      : [];

/** Without those on the table of faults, which every function of a local city has, and none on AWS. */
const actionsIn = (document: unknown, on: (resource: string) => boolean = () => true): string[] =>
  (document as { Statement: { Action: string | string[]; Resource?: unknown }[] }).Statement.filter(
    ({ Resource }) => !textOf(Resource).endsWith(`:table/${FAULTS_TABLE}`) && on(textOf(Resource)),
  ).flatMap(({ Action }) => Action);

/** The table of a system's allowances, by its logical id. */
const COUNTS = /^\{Allowances[0-9A-F]{8}\.Arn\}$/;

const WRITES = /^dynamodb:(Put|Update|Delete|BatchWrite|PartiQL(Insert|Update|Delete))/;

/** A door that only reads writes nothing. `doors` are the names of the functions behind GET. */
export const readersWriteNothing = (granted: readonly Granted[], doors: ReadonlySet<string>): Findings => {
  const readers = granted.filter(({ functionName }) => doors.has(functionName));
  return {
    looked: readers.length,
    broken: readers
      .filter(({ beyondCounting }) => beyondCounting.some((action) => WRITES.test(action)))
      .map(({ fn }) => fn),
  };
};

/** Of the service that runs it: its log, which no code of ours asks for. */
const OF_LAMBDA: ReadonlySet<string> = new Set(['logs:CreateLogStream', 'logs:PutLogEvents']);
/** As {@link OF_LAMBDA}, where a function is fed: the polling of its queue or stream. */
const OF_POLLING: ReadonlySet<string> = new Set([
  ...['ReceiveMessage', 'ChangeMessageVisibility', 'GetQueueUrl', 'DeleteMessage', 'GetQueueAttributes'].map(
    (action) => `sqs:${action}`,
  ),
  ...['ListStreams', 'DescribeStream', 'GetRecords', 'GetShardIterator'].map(
    (action) => `dynamodb:${action}`,
  ),
]);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html */
const ofMoveTask = (act: string): string =>
  `sqs:${act}Message${{ Start: 'MoveTask', List: 'MoveTasks', Cancel: 'MoveTask' }[act] ?? ''}`;

/** The commands of an SDK, as `<client>/<command>`, and what they need; a transaction needs what its changes need. */
const NEEDED_BY: { readonly [command: string]: readonly string[] } = {
  'lib-dynamodb/Get': ['dynamodb:GetItem'],
  'lib-dynamodb/Put': ['dynamodb:PutItem'],
  'lib-dynamodb/Query': ['dynamodb:Query'],
  'lib-dynamodb/BatchWrite': ['dynamodb:BatchWriteItem'],
  'lib-dynamodb/BatchGet': ['dynamodb:BatchGetItem'],
  'lib-dynamodb/TransactWrite': ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'].map(
    (action) => `dynamodb:${action}`,
  ),
  'client-dynamodb/DescribeTable': ['dynamodb:DescribeTable'],
  'client-eventbridge/PutEvents': ['events:PutEvents'],
  'client-sns/Publish': ['sns:Publish'],
  'client-sqs/GetQueueUrl': ['sqs:GetQueueUrl'],
  'client-sqs/GetQueueAttributes': ['sqs:GetQueueAttributes'],
  'client-sqs/ReceiveMessage': ['sqs:ReceiveMessage'],
  'client-sqs/DeleteMessage': ['sqs:DeleteMessage'],
  'client-sqs/ChangeMessageVisibility': ['sqs:ChangeMessageVisibility'],
  // A task takes and deletes by the rights of whoever starts it; AWS asks for the same of whoever lists or stops one.
  'client-sqs/StartMessageMoveTask': ['Start', 'Receive', 'Delete', 'Send'].map(ofMoveTask),
  'client-sqs/ListMessageMoveTasks': ['List', 'Receive', 'Delete'].map(ofMoveTask),
  'client-sqs/CancelMessageMoveTask': ['Cancel', 'Receive', 'Delete'].map(ofMoveTask),
  'client-sqs/SendMessage': ['sqs:SendMessage'],
  'client-sqs/SendMessageBatch': ['sqs:SendMessage'],
  'client-sfn/StartExecution': ['states:StartExecution'],
  'client-sfn/DescribeExecution': ['states:DescribeExecution'],
  'client-sfn/DescribeStateMachine': ['states:DescribeStateMachine'],
  'client-sfn/GetExecutionHistory': ['states:GetExecutionHistory'],
  'client-sfn/RedriveExecution': ['states:RedriveExecution'],
  'client-sfn/ListExecutions': ['states:ListExecutions'],
  'client-sfn/SendTaskSuccess': ['states:SendTaskSuccess'],
  'client-apigatewaymanagementapi/PostToConnection': ['execute-api:ManageConnections'],
  'client-ssm/GetParameter': ['ssm:GetParameter'],
  'client-cloudwatch/GetMetricData': ['cloudwatch:GetMetricData'],
  'client-cloudwatch/DescribeAlarms': ['cloudwatch:DescribeAlarms'],
  'client-secrets-manager/GetSecretValue': ['secretsmanager:GetSecretValue'],
  'client-secrets-manager/PutSecretValue': ['secretsmanager:PutSecretValue'],
  'client-secrets-manager/UpdateSecretVersionStage': ['secretsmanager:UpdateSecretVersionStage'],
};

/**
 * No role may do what its bundle holds no command for. The reverse is not looked at: of a store that every handler has
 * whole, a bundle holds more commands than its handler sends.
 */
export const grantedOnlyWhatIsSent = (
  granted: readonly Granted[],
  commandsOf: (functionName: string) => readonly string[],
): Findings => ({
  looked: granted.length,
  broken: granted.flatMap(({ fn, functionName, actions, isFed }) => {
    const needed = new Set(commandsOf(functionName).flatMap((command) => NEEDED_BY[command] ?? []));
    return actions
      .filter((action) => !OF_LAMBDA.has(action) && !(isFed && OF_POLLING.has(action)))
      .filter((action) => !needed.has(action))
      .map((action) => `${fn} ${action}`);
  }),
});

const nameOf = ({ stack, id }: Resource): string => `${stack}/${id}`;
const ofType = (resources: readonly Resource[], type: string) =>
  resources.filter((resource) => resource.type === type);
const judge = (looked: readonly Resource[], holds: (resource: Resource) => boolean): Findings => ({
  looked: looked.length,
  broken: looked.filter((resource) => !holds(resource)).map(nameOf),
});

/**
 * CloudWatch Logs tries the destination when a subscription is made. In one stack the permission has to come first; a
 * destination of another stack has its own by then, since the platform is deployed first.
 */
export const subscriptionsAfterPermissions: Rule = (resources) =>
  judge(ofType(resources, 'AWS::Logs::SubscriptionFilter'), ({ stack, properties, dependsOn }) => {
    const destination = textOf(properties.DestinationArn);
    const target = ofType(resources, 'AWS::Lambda::Function').find(
      (fn) =>
        destination.endsWith(`:function:${textOf(fn.properties.FunctionName)}`) ||
        (fn.stack === stack && destination === `{${fn.id}.Arn}`),
    );
    const permission = ofType(resources, 'AWS::Lambda::Permission').find(
      (one) =>
        one.stack === target?.stack &&
        one.properties.Principal === 'logs.amazonaws.com' &&
        textOf(one.properties.FunctionName) === `{${target.id}.Arn}`,
    );
    return permission !== undefined && (permission.stack !== stack || dependsOn.includes(permission.id));
  });

/** What holds data that nothing else holds, or cannot be had back. */
const HOLDS_DATA = new Set(['AWS::DynamoDB::Table', 'AWS::SQS::Queue', 'AWS::SecretsManager::Secret']);

/** What CloudFormation cannot delete once it was used, and what is in nobody's way, since it has no name of its own. */
const CANNOT_GO = new Set(['AWS::S3::Bucket']);

/**
 * Data outlive their stack, but not a first deployment that failed; and nothing else is left behind, since what has an
 * explicit name would be in the way of the next try.
 */
export const onlyDataOutliveTheirStack: Rule = (resources) =>
  judge(
    resources.filter(({ type, deletionPolicy }) => HOLDS_DATA.has(type) || deletionPolicy !== undefined),
    ({ type, deletionPolicy, properties }) =>
      CANNOT_GO.has(type)
        ? deletionPolicy === 'Retain' && properties.BucketName === undefined
        : deletionPolicy === (HOLDS_DATA.has(type) ? 'RetainExceptOnCreate' : 'Delete'),
  );

/**
 * What is for the local city alone, by the name of a resource or of a variable: by which a fault is made on purpose, a
 * payment is made again by somebody else than its payer, or strangers may have us call our own machine.
 */
export const localSwitches: Rule = (resources) => {
  const names = resources.flatMap(({ id, properties }) => [
    ...[id, properties.FunctionName, properties.TableName, properties.QueueName, properties.Name].map(textOf),
    ...Object.keys((properties.Environment as { Variables?: object } | undefined)?.Variables ?? {}),
  ]);
  return {
    looked: names.length,
    broken: names.filter((name) => /fault|loopback|rerun/i.test(name.replaceAll(/default/gi, ''))),
  };
};

type Json = { readonly [name: string]: unknown };

/** What the role of a machine has to allow, by its definition: `lambda:InvokeFunction {CheckKyc.Arn}`. */
export const machineNeeds = ({ DefinitionString, DefinitionSubstitutions }: Json): string[] => {
  const substitutions = DefinitionSubstitutions as Json;
  const needs = ([field, action]: readonly [string, string]) =>
    [...String(DefinitionString).matchAll(new RegExp(`"${field}":"\\$\\{(\\w+)\\}"`, 'g'))].map(
      // The address of a queue is a reference to it, `{Queue}`; a role names the ARN, `{Queue.Arn}`.
      ([, name = '']) => `${action} ${textOf(substitutions[name]).replace(/^\{(\w+)\}$/, '{$1.Arn}')}`,
    );
  const found = [
    ['FunctionName', 'lambda:InvokeFunction'],
    ['QueueUrl', 'sqs:SendMessage'],
  ] as const;
  return [...new Set(found.flatMap(needs))].sort();
};
