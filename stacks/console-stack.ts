import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ArnFormat } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { routes } from '../functions/console/contract.ts';
import { beginningOf } from '../shared/effects/of-message.ts';
import { HouseFunction } from './constructs/house-function.ts';
import { HouseApi } from './constructs/rest-api.ts';
import { SystemStack } from './constructs/system-stack.ts';

/** What reads a queue, and gives back what it read. */
const LOOKS_INTO = [
  'sqs:GetQueueUrl',
  'sqs:GetQueueAttributes',
  'sqs:ReceiveMessage',
  'sqs:ChangeMessageVisibility',
];

/**
 * What the console in the browser reads. It may look at every machine of the city and into every queue of dead letters,
 * and two doors change something: letters are sent back, or discarded.
 */
export class ConsoleStack extends SystemStack {
  /** @param others the systems that it looks at, deployed or not */
  constructor(scope: Construct, others: readonly SystemStack[]) {
    super(scope, { system: 'console' });

    const machines = this.states('stateMachine', '*');
    const runs = this.states('execution', '*');
    const systems = [...others.map(({ system }) => system), this.system].toSorted();
    const reads = (file: string, actions: readonly string[] = [], ...resources: readonly string[]) => {
      const MACHINES_ARN = this.states('stateMachine', '');
      const environment = { SYSTEMS: systems.join(','), ...(actions.length > 0 ? { MACHINES_ARN } : {}) };
      const door = new HouseFunction(this, this, { file, environment });
      door.may(['ssm:GetParameter'], ...systems.map((system) => this.parameterArn(`city/${system}`)));
      return actions.length > 0 ? door.may(actions, ...resources) : door;
    };
    const doors = {
      'list-systems': reads('list-systems'),
      'list-machines': reads('list-machines', ['states:ListExecutions'], machines),
      'get-machine': reads('get-machine', ['states:DescribeStateMachine'], machines),
      'list-runs': reads('list-runs', ['states:ListExecutions', 'states:DescribeExecution'], machines, runs),
      'get-run': reads('get-run', ['states:DescribeExecution'], runs),
      'list-run-events': reads('list-run-events', ['states:GetExecutionHistory'], runs),
      'get-run-event': reads('get-run-event', ['states:GetExecutionHistory'], runs),
    };
    const dead = ['*-dead', '*-parking'].map((name) => this.formatArn({ service: 'sqs', resource: name }));
    const work = systems.map((system) => this.formatArn({ service: 'sqs', resource: `${system}-*` }));
    const desk = (file: string) => {
      const environment = { SYSTEMS: systems.join(',') };
      // Queues are read one after the other's page; a door has 29 seconds.
      const door = new HouseFunction(this, this, { file, environment, timeoutSeconds: 28 });
      door.may(['ssm:GetParameter'], ...systems.map((system) => this.parameterArn(`city/${system}`)));
      return door.may(LOOKS_INTO, ...dead);
    };
    const deadLetters = {
      'list-dead-letters': desk('list-dead-letters'),
      'get-dead-letter': desk('get-dead-letter'),
      'redrive-dead-letters': desk('redrive-dead-letters')
        .may(['sqs:DeleteMessage'], ...dead)
        .may(['sqs:GetQueueUrl', 'sqs:SendMessage'], ...work),
      'judge-dead-letters': desk('judge-dead-letters').may(
        ['sqs:GetQueueUrl', 'sqs:GetQueueAttributes'],
        ...work,
      ),
      'discard-dead-letters': desk('discard-dead-letters').may(['sqs:DeleteMessage'], ...dead),
    };
    this.asksForRecords(deadLetters['redrive-dead-letters'], others);
    this.asksForRecords(deadLetters['judge-dead-letters'], others);
    new HouseApi(this, this, { routes, doors: { ...doors, ...deadLetters } });
  }

  /** Lets a door ask whether a consumer has worked on a message: for the keys of such records, and for no field in them. */
  private asksForRecords(door: HouseFunction, others: readonly SystemStack[]): void {
    const patterns = others.flatMap(({ system, manifest }) =>
      manifest.entry.queues.flatMap(({ remembers }) => (remembers ? [{ system, remembers }] : [])),
    );
    const tables = [...new Set(patterns.map(({ system }) => system))].map((system) =>
      this.formatArn({ service: 'dynamodb', resource: 'table', resourceName: `${system}-*` }),
    );
    door.executionRole.addToPolicy(
      new PolicyStatement({
        actions: ['dynamodb:GetItem'],
        resources: tables,
        conditions: {
          'ForAllValues:StringLike': {
            'dynamodb:LeadingKeys': patterns.map(({ remembers }) => `EFFECT#${beginningOf(remembers)}*`),
          },
          'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', 'expiresAt'] },
          StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
        },
      }),
    );
  }

  private states(resource: 'stateMachine' | 'execution', resourceName: string): string {
    return this.formatArn({
      service: 'states',
      resource,
      resourceName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }
}
