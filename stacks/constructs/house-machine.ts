import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import {
  lambdasOf,
  type Machine,
  placeholderOf,
  queuePlaceholderOf,
  queuesOf,
} from '../../statemachines/asl.ts';
import { houseAlarm } from './house-alarm.ts';
import type { HouseFunction } from './house-function.ts';
import type { SystemStack } from './system-stack.ts';
import type { WorkQueue } from './work-queue.ts';

export interface HouseMachineProps {
  /** The machine is called `<system>-<name>`. */
  readonly name: string;
  readonly definition: Machine;
  /** The Lambdas of its tasks, by the names of their files. */
  readonly functions: { readonly [file: string]: HouseFunction };
  /** The queues that it sends task tokens to, by the names of their consumers' files. @default none */
  readonly queues?: { readonly [consumer: string]: WorkQueue };
  /**
   * Seconds that an execution may wait for a person; it may take so much longer before it counts as slow.
   * @default 0
   */
  readonly waitsSeconds?: number;
}

/** Of the objective: 99 of 100 executions are at their end by then. */
const SLOW_SECONDS = 60;

/** A Standard state machine whose role allows exactly what its definition calls. */
export class HouseMachine extends Construct {
  readonly arn: string;
  readonly name: string;

  constructor(scope: Construct, stack: SystemStack, props: HouseMachineProps) {
    const { name, definition, functions, queues = {}, waitsSeconds = 0 } = props;
    super(scope, 'Machine');
    this.name = `${stack.system}-${name}`;
    const called = lambdasOf(definition).map((file) => {
      const fn = functions[file];
      if (!fn) throw new Error(`${this.name} calls ${file}, but the stack has no such function`);
      return { file, arn: fn.functionArn };
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: called.map(({ arn }) => arn) }),
    );
    const told = queuesOf(definition).map((consumer) => {
      const work = queues[consumer];
      if (!work) throw new Error(`${this.name} sends to ${consumer}, but the stack has no such queue`);
      return { consumer, ...work };
    });
    if (told.length > 0) {
      role.addToPolicy(
        new PolicyStatement({
          actions: ['sqs:SendMessage'],
          resources: told.map(({ queue }) => queue.queueArn),
        }),
      );
    }
    const machine = new CfnStateMachine(this, 'Definition', {
      stateMachineName: this.name,
      stateMachineType: 'STANDARD',
      roleArn: role.roleArn,
      definitionString: JSON.stringify(definition),
      definitionSubstitutions: Object.fromEntries([
        ...called.map(({ file, arn }) => [placeholderOf(file), arn]),
        ...told.map(({ consumer, queue }) => [queuePlaceholderOf(consumer), queue.queueUrl]),
      ]),
    });
    // A machine holds no data: payments stand in their table, and executions that run are ended before it goes.
    machine.applyRemovalPolicy(RemovalPolicy.DESTROY);
    machine.node.addDependency(role);
    this.arn = machine.attrArn;
    stack.manifest.entry.machines.push(this.name);
    this.watch(stack, SLOW_SECONDS + waitsSeconds);
  }

  /**
   * No alarm on executions that fail or time out: a state without Catch gave up, the sweeper starts the next one, and
   * after five of them it parks, where it alarms. A refusal and a parking end an execution in success.
   */
  private watch(stack: SystemStack, slowSeconds: number): void {
    houseAlarm(this, 'Slow', stack, {
      name: `${this.name}-slow`,
      description: `More than one execution of ${this.name} in a hundred takes ${slowSeconds} s or longer: follow a slow one by its trace to the step or peer that waits`,
      metric: new Metric({
        namespace: 'AWS/States',
        metricName: 'ExecutionTime',
        dimensionsMap: { StateMachineArn: this.arn },
        statistic: 'p99',
        period: Duration.minutes(5),
      }),
      threshold: Duration.seconds(slowSeconds).toMilliseconds(),
      periods: 3,
    });
  }

  /** The ARN of any execution of this machine. */
  executionArns(stack: SystemStack): string {
    return stack.formatArn({
      service: 'states',
      resource: `execution:${this.name}:*`,
    });
  }
}
