import { CloudFormationClient, DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { behaviour, type Cloud } from './behaviour.ts';
import { errorOf, expectSeen } from './harness/difference.ts';
import { invoke } from './harness/lambda.ts';
import { CLOUDFORMATION } from './harness/pages.ts';
import { createStack, deleteStack, type Template, updateStack } from './harness/stack.ts';
import { clientConfig, packing } from './harness/target.ts';
import { type Does, workerZip } from './harness/worker.ts';

const DEPLOY = 'localstack/cloud — deploy';

const queueOf = (QueueName: string, seconds = 30, more: object = {}) => ({
  Type: 'AWS::SQS::Queue',
  Properties: { QueueName, VisibilityTimeout: seconds },
  ...more,
});

/** A resource that cannot be made, since a template cannot make a parameter that is secret; asked for after the queue. */
const impossible = (after: string) => ({
  Type: 'AWS::SSM::Parameter',
  DependsOn: after,
  Properties: { Type: 'SecureString', Value: 'secret' },
});

/** The visibility time-out of a queue, or why there is none. */
const timeoutOf = async (cloud: Cloud, QueueName: string): Promise<string | undefined> => {
  const sqs = cloud.client(SQSClient);
  const name = await errorOf(sqs.send(new GetQueueUrlCommand({ QueueName })));
  if (name !== 'no error') return name;
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  const AttributeNames = ['VisibilityTimeout' as const];
  return (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }))).Attributes
    ?.VisibilityTimeout;
};

const NONE = 'QueueDoesNotExist';

behaviour(
  'A stack that cannot be made whole is undone: what was made is deleted',
  { page: CLOUDFORMATION.failure, reliedOn: DEPLOY },
  async (cloud) => {
    const name = cloud.name('queue');
    const { status } = await createStack(cloud, {
      Resources: { Queue: queueOf(name), Bad: impossible('Queue') },
    });
    expectSeen('status', status, 'ROLLBACK_COMPLETE');
    expectSeen('the queue', await timeoutOf(cloud, name), NONE);
  },
);

behaviour(
  'A stack that was undone can be deleted, and not updated',
  { page: CLOUDFORMATION.failure, reliedOn: DEPLOY },
  async (cloud) => {
    const queue = queueOf(cloud.name('queue'));
    const { name } = await createStack(cloud, { Resources: { Queue: queue, Bad: impossible('Queue') } });
    const update = updateStack(cloud, name, { Resources: { Queue: queue } });
    expectSeen('answered', await errorOf(update), 'ValidationError');
    expectSeen('deleted', await errorOf(deleteStack(cloud, name)), 'no error');
  },
);

behaviour(
  'An update that fails is undone: what was changed is as before',
  { page: CLOUDFORMATION.failure, reliedOn: DEPLOY },
  async (cloud) => {
    const queue = cloud.name('queue');
    const { name } = await createStack(cloud, { Resources: { Queue: queueOf(queue, 30) } });
    const { status } = await updateStack(cloud, name, {
      Resources: { Queue: queueOf(queue, 60), Bad: impossible('Queue') },
    });
    expectSeen('status', status, 'UPDATE_ROLLBACK_COMPLETE');
    expectSeen('visibility time-out', await timeoutOf(cloud, queue), '30');
  },
);

behaviour(
  'An update changes a property in place, makes what is new, and deletes what is no longer named',
  { page: CLOUDFORMATION.updates, reliedOn: DEPLOY },
  async (cloud) => {
    const [kept, old, fresh] = [cloud.name('kept'), cloud.name('old'), cloud.name('fresh')];
    const { name } = await createStack(cloud, { Resources: { Kept: queueOf(kept), Old: queueOf(old) } });
    const { status } = await updateStack(cloud, name, {
      Resources: { Kept: queueOf(kept, 60), Fresh: queueOf(fresh) },
    });
    expectSeen('status', status, 'UPDATE_COMPLETE');
    const seen = [await timeoutOf(cloud, kept), await timeoutOf(cloud, old), await timeoutOf(cloud, fresh)];
    expectSeen('kept, old and fresh', seen, ['60', NONE, '30']);
  },
);

behaviour(
  'A change that needs another resource makes it, and deletes the first',
  { page: CLOUDFORMATION.updates },
  async (cloud) => {
    const [first, second] = [cloud.name('first'), cloud.name('second')];
    const { name } = await createStack(cloud, { Resources: { Queue: queueOf(first) } });
    await updateStack(cloud, name, { Resources: { Queue: queueOf(second) } });
    expectSeen(
      'first and second',
      [await timeoutOf(cloud, first), await timeoutOf(cloud, second)],
      [NONE, '30'],
    );
  },
);

behaviour(
  'An update that changes nothing is refused, and the stack is as before',
  { page: CLOUDFORMATION.noUpdates },
  async (cloud) => {
    const template = { Resources: { Queue: queueOf(cloud.name('queue')) } };
    const { name } = await createStack(cloud, template);
    expectSeen('answered', await errorOf(updateStack(cloud, name, template)), 'ValidationError');
  },
);

behaviour(
  'A resource that depends on another is made when that is complete',
  { page: CLOUDFORMATION.dependsOn, reliedOn: 'stacks — a subscription comes after its permission' },
  async (cloud) => {
    const { name } = await createStack(cloud, {
      Resources: {
        After: queueOf(cloud.name('after'), 30, { DependsOn: 'Before' }),
        Before: queueOf(cloud.name('before')),
      },
    });
    const command = new DescribeStackEventsCommand({ StackName: name });
    const { StackEvents = [] } = await cloud.client(CloudFormationClient).send(command);
    // The latest event comes first.
    const told = StackEvents.toReversed().map(
      ({ LogicalResourceId, ResourceStatus }) => `${LogicalResourceId} ${ResourceStatus}`,
    );
    const order = [told.indexOf('Before CREATE_COMPLETE'), told.indexOf('After CREATE_IN_PROGRESS')] as const;
    expectSeen('told in this order', [order[0] >= 0, order[1] > order[0]], [true, true]);
  },
);

behaviour(
  'Outputs give references, attributes and text that is made of them',
  { page: CLOUDFORMATION.outputs, reliedOn: 'stacks — the city file is made of outputs' },
  async (cloud) => {
    const queue = cloud.name('queue');
    const { outputs } = await createStack(cloud, {
      Resources: { Queue: queueOf(queue) },
      Outputs: {
        Name: { Value: { 'Fn::GetAtt': ['Queue', 'QueueName'] } },
        Text: { Value: { 'Fn::Sub': `\${AWS::Region}/\${Queue.QueueName}` } },
      },
    });
    expectSeen('outputs', outputs, { Name: queue, Text: `${cloud.place.region}/${queue}` });
  },
);

behaviour(
  'A deleted stack takes its resources with it, but for those whose deletion policy is Retain',
  { page: CLOUDFORMATION.retain, reliedOn: 'stacks — on AWS data outlive their stack' },
  async (cloud) => {
    const sqs = cloud.client(SQSClient);
    const [kept, gone] = [cloud.name('kept'), cloud.name('gone')];
    const { name } = await createStack(cloud, {
      Resources: { Kept: queueOf(kept, 30, { DeletionPolicy: 'Retain' }), Gone: queueOf(gone) },
    });
    cloud.later(async () => {
      const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: kept }));
      await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    });
    await deleteStack(cloud, name);
    expectSeen('kept and gone', [await timeoutOf(cloud, kept), await timeoutOf(cloud, gone)], ['30', NONE]);
  },
);

/** Packs of code in a bucket of their own, by their names. */
const bucketWith = async (cloud: Cloud, packs: Readonly<Record<string, Does>>): Promise<string> => {
  const s3 = new S3Client({ ...clientConfig(cloud.place), forcePathStyle: true });
  const Bucket = cloud.name('code');
  const { region } = cloud.place;
  const there = region === 'us-east-1' ? {} : { LocationConstraint: region as 'ap-south-1' };
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: there }));
  cloud.later(() => s3.send(new DeleteBucketCommand({ Bucket })));
  for (const [Key, does] of Object.entries(packs)) {
    const Body = workerZip(does, packing(cloud.place).files);
    await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
    cloud.later(() => s3.send(new DeleteObjectCommand({ Bucket, Key })));
  }
  return Bucket;
};

const functionOf = (
  cloud: Cloud,
  { name, bucket, key, given = '{}' }: { name: string; bucket: string; key: string; given?: string },
): Template => ({
  Resources: {
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: name,
        Runtime: packing(cloud.place).runtime,
        Handler: 'index.handler',
        Role: cloud.role,
        Code: { S3Bucket: bucket, S3Key: key },
        Environment: { Variables: { JOURNAL: cloud.journal, GIVEN: given } },
      },
    },
  },
});

behaviour(
  'After an update a function that is warm runs the new code',
  { page: CLOUDFORMATION.updates, reliedOn: DEPLOY },
  async (cloud) => {
    const bucket = await bucketWith(cloud, { 'old.zip': () => 'old', 'new.zip': () => 'new' });
    const name = cloud.name('function');
    const stack = await createStack(cloud, functionOf(cloud, { name, bucket, key: 'old.zip' }));
    expectSeen('before', (await invoke(cloud, { name })).body, 'old');
    const { status } = await updateStack(
      cloud,
      stack.name,
      functionOf(cloud, { name, bucket, key: 'new.zip' }),
    );
    expectSeen('status', status, 'UPDATE_COMPLETE');
    expectSeen('afterwards', (await invoke(cloud, { name })).body, 'new');
  },
);

behaviour(
  'After an update a function that is warm has the new environment',
  { page: CLOUDFORMATION.updates, reliedOn: DEPLOY },
  async (cloud) => {
    const bucket = await bucketWith(cloud, { 'code.zip': (_event: object, { given }) => given.colour });
    const name = cloud.name('function');
    const of = (colour: string): Template =>
      functionOf(cloud, { name, bucket, key: 'code.zip', given: JSON.stringify({ colour }) });
    const stack = await createStack(cloud, of('red'));
    expectSeen('before', (await invoke(cloud, { name })).body, 'red');
    await updateStack(cloud, stack.name, of('green'));
    expectSeen('afterwards', (await invoke(cloud, { name })).body, 'green');
  },
);
