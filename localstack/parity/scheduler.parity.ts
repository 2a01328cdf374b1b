import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { waitFor } from '../../shared/testing/index.ts';
import { behaviour, type Cloud } from './behaviour.ts';
import { errorOf, expectSeen } from './harness/difference.ts';
import { unless } from './harness/errors.ts';
import { makeRole } from './harness/iam.ts';
import { SCHEDULER } from './harness/pages.ts';
import { depth, makeQueue, received } from './harness/sqs.ts';

const inSeconds = (seconds: number): string =>
  `at(${new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19)})`;

interface ScheduleOptions {
  readonly expression: string;
  readonly target: string;
  readonly input?: string;
  readonly dead?: string;
  readonly after?: 'DELETE' | 'NONE';
  readonly role?: string;
}

const schedule = async (cloud: Cloud, options: ScheduleOptions): Promise<string> => {
  const { expression, target, input = 'now', dead, after = 'NONE', role = cloud.role } = options;
  const scheduler = cloud.client(SchedulerClient);
  const Name = cloud.name('schedule');
  await scheduler.send(
    new CreateScheduleCommand({
      Name,
      ScheduleExpression: expression,
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: after,
      Target: {
        Arn: target,
        RoleArn: role,
        Input: input,
        RetryPolicy: { MaximumRetryAttempts: 0 },
        ...(dead ? { DeadLetterConfig: { Arn: dead } } : {}),
      },
    }),
  );
  cloud.later(() =>
    unless('ResourceNotFoundException', () => scheduler.send(new DeleteScheduleCommand({ Name }))),
  );
  return Name;
};

/** AWS is as exact as a minute. */
const within = ({ place }: Cloud): number => (place.target === 'aws' ? 90_000 : 15_000);

behaviour(
  'A schedule for one time fires then and not before, and may delete itself afterwards',
  { page: SCHEDULER.types },
  async (cloud) => {
    const queue = await makeQueue(cloud);
    const made = Date.now();
    const Name = await schedule(cloud, { expression: inSeconds(3), target: queue.arn, after: 'DELETE' });
    const [message] = await received(cloud, queue, 1, { what: 'the message', timeoutMs: within(cloud) });
    expectSeen('sent', message?.Body, 'now');
    expectSeen('not before', Date.now() - made > 2_000, true);
    const gone = async () =>
      (await errorOf(cloud.client(SchedulerClient).send(new GetScheduleCommand({ Name })))) ===
      'ResourceNotFoundException';
    await waitFor(gone, { what: 'the schedule to be gone', timeoutMs: within(cloud) });
  },
);

behaviour(
  'The scheduled time stands in the input where it is asked for',
  { page: SCHEDULER.context },
  async (cloud) => {
    const queue = await makeQueue(cloud);
    const input = '{"at":"<aws.scheduler.scheduled-time>"}';
    await schedule(cloud, { expression: inSeconds(1), target: queue.arn, input });
    const [message] = await received(cloud, queue, 1, { what: 'the message', timeoutMs: within(cloud) });
    expectSeen('has a time', /"at":"\d{4}-\d\d-\d\dT/.test(message?.Body ?? ''), true);
  },
);

behaviour(
  'What a schedule cannot deliver goes to its dead-letter queue',
  { page: SCHEDULER.deadLetters },
  async (cloud) => {
    const dead = await makeQueue(cloud, { as: 'dead' });
    const gone = dead.arn.replace(/[^:]+$/, cloud.name('gone'));
    await schedule(cloud, { expression: inSeconds(1), target: gone, dead: dead.arn });
    const [letter] = await received(cloud, dead, 1, { what: 'the dead letter', timeoutMs: within(cloud) });
    expectSeen('the dead letter', letter?.Body, 'now');
  },
);

behaviour(
  'A schedule whose role does not allow its target delivers nothing',
  { page: SCHEDULER.role },
  async (cloud) => {
    const queue = await makeQueue(cloud);
    const open = await makeQueue(cloud, { as: 'open' });
    const role = await makeRole(cloud, 'scheduler', [{ Action: 'sqs:SendMessage', Resource: open.arn }]);
    await schedule(cloud, { expression: inSeconds(1), target: queue.arn, role });
    await schedule(
      { ...cloud, name: (what) => cloud.name(`second-${what}`) },
      { expression: inSeconds(3), target: open.arn, role },
    );
    await received(cloud, open, 1, { what: 'the allowed one', timeoutMs: within(cloud) });
    expectSeen('delivered', (await depth(cloud, queue)).waiting, 0);
  },
);
