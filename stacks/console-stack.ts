import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Source } from 'aws-cdk-lib/aws-s3-deployment';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { ArnFormat } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { routes } from '../functions/console/contract.ts';
import { beginningOf } from '../shared/effects/of-message.ts';
import { HouseFunction } from './constructs/house-function.ts';
import { HouseTable } from './constructs/house-table.ts';
import { PageFiles } from './constructs/page-files.ts';
import { Parking } from './constructs/parking.ts';
import { HouseApi } from './constructs/rest-api.ts';
import { SystemStack } from './constructs/system-stack.ts';
import { WorkQueue } from './constructs/work-queue.ts';

/** What reads a queue, and gives back what it read. */
const LOOKS_INTO = [
  'sqs:GetQueueUrl',
  'sqs:GetQueueAttributes',
  'sqs:ReceiveMessage',
  'sqs:ChangeMessageVisibility',
];

/** What lists and stops a task of SQS: AWS asks for the rights to do by oneself what the task does. */
const FOLLOWS_A_TASK = ['sqs:ListMessageMoveTasks', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'];

/**
 * What the console in the browser reads. It may look at every machine of the city, hears every event, and looks into every
 * queue of dead letters; five doors change something: letters are sent back or discarded, a queue is sent back whole or that
 * is stopped, and an execution is redriven. On
 * AWS it comes after identity, whose address it gives to the page.
 */
export class ConsoleStack extends SystemStack {
  /** @param others the systems that it looks at, deployed or not */
  constructor(scope: Construct, others: readonly SystemStack[]) {
    super(scope, { system: 'console' });

    const machines = this.states('stateMachine', '*');
    const runs = this.states('execution', '*');
    const systems = [...others.map(({ system }) => system), this.system].toSorted();
    const looks = this.looker(systems);
    const reads = (file: string, actions: readonly string[], ...resources: readonly string[]) =>
      looks(file, { environment: { MACHINES_ARN: this.states('stateMachine', '') } }).may(
        actions,
        ...resources,
      );
    // First, since it makes the one table of this system.
    const events = this.eventDoors();
    const counted = this.formatArn({ service: 'sqs', resource: '*' });
    const doors = {
      'list-systems': looks('list-systems').may(
        ['ssm:GetParameter'],
        ...systems.map((system) => this.parameterArn(`${system}/url`)),
      ),
      'get-system-state': looks('get-system-state')
        .may(['cloudwatch:GetMetricData', 'cloudwatch:DescribeAlarms'], '*')
        .may(['sqs:GetQueueUrl', 'sqs:GetQueueAttributes'], counted)
        .may(['dynamodb:DescribeTable'], ...[...others, this].flatMap(({ tableArns }) => tableArns)),
      'get-queue-depths': looks('get-queue-depths').may(
        ['sqs:GetQueueUrl', 'sqs:GetQueueAttributes'],
        counted,
      ),
      'list-machines': reads('list-machines', ['states:ListExecutions'], machines),
      'get-machine': reads('get-machine', ['states:DescribeStateMachine'], machines),
      'list-runs': reads('list-runs', ['states:ListExecutions', 'states:DescribeExecution'], machines, runs),
      'get-run': reads('get-run', ['states:DescribeExecution'], runs),
      'list-run-events': reads('list-run-events', ['states:GetExecutionHistory'], runs),
      'get-run-event': reads('get-run-event', ['states:GetExecutionHistory'], runs),
      'redrive-run': reads('redrive-run', ['states:DescribeExecution'], runs).may(
        ['states:RedriveExecution'],
        ...this.runsOf(others),
      ),
      ...events,
    };
    const { url } = new HouseApi(this, this, {
      routes,
      doors: { ...doors, ...this.deadLetterDoors(systems, others) },
    });
    if (this.target === 'aws') this.tellThePage(url);
  }

  /** Makes functions that know what each system consists of. */
  private looker(systems: readonly string[]) {
    return (
      file: string,
      {
        environment = {},
        ...more
      }: { environment?: { readonly [name: string]: string }; timeoutSeconds?: number } = {},
    ) =>
      new HouseFunction(this, this, {
        ...{ file, ...more },
        environment: { ...environment, SYSTEMS: systems.join(',') },
      }).may(['ssm:GetParameter'], ...systems.map((system) => this.parameterArn(`city/${system}`)));
  }

  /**
   * Where the page asks first; of this API it hears where the others are. Locally `npm start` writes the same beside the
   * page.
   */
  private tellThePage(own: string): void {
    const at = (name: string) => StringParameter.valueForStringParameter(this, `/dabbawala/${name}`);
    const bucket = Bucket.fromBucketName(this, 'PageBucket', at('console/bucket'));
    const city = { urls: { identity: at('identity/url'), console: own }, faults: this.faults };
    new PageFiles(this, 'PageFiles', this, { bucket }).put('City', Source.jsonData('city.json', city), {
      keys: ['city.json'],
    });
  }

  /** Keeps what the city tells, and shows it. */
  private eventDoors() {
    const table = new HouseTable(this, 'Events', this, {});
    const environment = { EVENTS_TABLE: table.tableName };
    const keeper = new HouseFunction(this, this, { file: 'keep-events', environment });
    table.committedBy(keeper);
    new Parking(this, this).usedBy(keeper);
    // Workers wait for each other at the end of a lane, so more of them would not be faster.
    new WorkQueue(this, this, { consumer: keeper, maxConcurrency: 2 }).onEveryEvent();
    const list = new HouseFunction(this, this, { file: 'list-city-events', environment });
    const get = new HouseFunction(this, this, { file: 'get-city-event', environment });
    table.pagedBy(list).readBy(get);
    return { 'list-city-events': list, 'get-city-event': get };
  }

  /** Shows the dead letters of every system, and sends them back. */
  private deadLetterDoors(systems: readonly string[], others: readonly SystemStack[]) {
    const named = (name: string) => this.formatArn({ service: 'sqs', resource: name });
    // Where SQS itself moves what was received too often; what is parked has no queue that SQS knows.
    const moved = ['*-dead', '*-dead.fifo'].map(named);
    const dead = [...moved, named('*-parking')];
    const work = systems.map((system) => named(`${system}-*`));
    const looks = this.looker(systems);
    // Queues are read one after the other's page; a door has 29 seconds.
    const desk = (file: string) => looks(file, { timeoutSeconds: 28 }).may(LOOKS_INTO, ...dead);
    const deadLetters = {
      'list-dead-letters': desk('list-dead-letters'),
      'get-dead-letter': desk('get-dead-letter'),
      'redrive-dead-letters': desk('redrive-dead-letters')
        .may(['sqs:DeleteMessage'], ...dead)
        .may(['sqs:GetQueueUrl', 'sqs:SendMessage'], ...work),
      'redrive-dead-queue': desk('redrive-dead-queue')
        .may(['sqs:DeleteMessage', 'sqs:ListMessageMoveTasks'], ...dead)
        .may(['sqs:StartMessageMoveTask'], ...moved)
        .may(['sqs:GetQueueUrl', 'sqs:SendMessage'], ...work),
      'stop-dead-queue': looks('stop-dead-queue')
        .may(['sqs:GetQueueUrl', 'sqs:GetQueueAttributes', ...FOLLOWS_A_TASK], ...dead)
        .may(['sqs:CancelMessageMoveTask'], ...moved),
      'judge-dead-letters': desk('judge-dead-letters').may(
        ['sqs:GetQueueUrl', 'sqs:GetQueueAttributes'],
        ...work,
      ),
      'discard-dead-letters': desk('discard-dead-letters').may(['sqs:DeleteMessage'], ...dead),
    };
    this.asksForRecords(deadLetters['redrive-dead-letters'], others);
    this.asksForRecords(deadLetters['redrive-dead-queue'], others);
    this.asksForRecords(deadLetters['judge-dead-letters'], others);
    return deadLetters;
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

  /** The executions of the machines that there are: to let one go on is no look. */
  private runsOf(others: readonly SystemStack[]): readonly string[] {
    return others
      .flatMap(({ manifest }) => manifest.entry.machines)
      .map((machine) => this.states('execution', `${machine}:*`));
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
