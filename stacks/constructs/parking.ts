import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { HouseFunction } from './house-function.ts';
import type { SystemStack } from './system-stack.ts';
import { deadQueue } from './work-queue.ts';

/** Where a system's handlers put what no retry can help, with the reason; alarmed like every dead letter. */
export class Parking extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, stack: SystemStack) {
    super(scope, 'Parking');
    const name = `${stack.system}-parking`;
    this.queue = deadQueue(this, stack, 'Queue', name);
    stack.manifest.entry.queues.push({ name });
  }

  /** Lets functions park, and tells them where. */
  usedBy(...functions: readonly HouseFunction[]): this {
    for (const fn of functions) {
      fn.may(['sqs:SendMessage'], this.queue.queueArn);
      fn.addEnvironment('PARKING_QUEUE', this.queue.queueUrl);
    }
    return this;
  }

  /** Lets functions take out what a person has seen to, from this one queue. */
  settledBy(...functions: readonly HouseFunction[]): this {
    for (const fn of functions) {
      fn.may(
        ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
        this.queue.queueArn,
      ).addEnvironment('PARKING_QUEUE', this.queue.queueUrl);
    }
    return this;
  }
}
