import { describe, expect, inject, it } from 'vitest';
import { taskErrors } from '../functions/paytm-saga/contract.ts';
import * as errors from '../shared/errors/index.ts';
import { TRANSIENT } from '../statemachines/asl.ts';
import { machines } from '../statemachines/machines.ts';
import { awsVariablesOf, commandsIn, environmentReadBy, localVariablesOf } from './environment.ts';
import {
  grantedOnlyWhatIsSent,
  grantsOf,
  localSwitches,
  machineNeeds,
  onlyDataOutliveTheirStack,
  readersWriteNothing,
  subscriptionsAfterPermissions,
  variablesOfTopics,
} from './findings.ts';
import { isOurs } from './foreign.ts';
import { type Resource, synthesized, textOf } from './template.ts';
import { WILDCARDS } from './wildcards.ts';

type Json = { readonly [name: string]: unknown };
const list = <T = Json>(value: unknown): T[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]) as T[];
const nameOf = (resource: Resource): string => `${resource.stack}/${resource.id}`;
const { local, aws: metafile } = inject('metafiles');
/** The outbox's functions are the platform's code under each system's name. */
const bundleOf = (name: string): string =>
  /-(relay|sweep)-outbox$/.exec(name) ? `platform${name.match(/-(relay|sweep)-outbox$/)?.[0]}` : name;

describe.each(['local', 'aws'] as const)('the templates for %s', (target) => {
  const app = synthesized(target);
  const { of } = app;
  const functions = of('AWS::Lambda::Function').filter(isOurs);
  const statements = [...of('AWS::IAM::Policy'), ...of('AWS::IAM::Role')].flatMap((resource) =>
    [resource.properties, ...list(resource.properties.Policies)].flatMap((holder) =>
      list(((holder as Json).PolicyDocument as Json | undefined)?.Statement).map((statement) => ({
        where: nameOf(resource),
        roles: list(resource.properties.Roles).map(textOf),
        statement,
      })),
    ),
  );

  it('has something to check', () => {
    expect(functions.length).toBeGreaterThan(30);
    expect(statements.length).toBeGreaterThan(30);
  });

  it('subscribes to a log only after the permission that it takes', () => {
    const { looked, broken } = subscriptionsAfterPermissions(app.resources);
    expect(broken).toEqual([]);
    expect(looked).toBeGreaterThan(30);
    const [platform, ...others] = app.city.stacks;
    for (const stack of others) expect(stack.dependencies, stack.system).toContain(platform);
  });

  it('gives every work queue dead letters, and every queue of dead letters an alarm', () => {
    const queues = of('AWS::SQS::Queue');
    const targets = new Set(
      queues.flatMap(({ properties }) =>
        list<Json>(properties.RedrivePolicy).map(({ deadLetterTargetArn }) => textOf(deadLetterTargetArn)),
      ),
    );
    for (const { properties } of of('AWS::Lambda::EventSourceMapping')) {
      const { OnFailure } = (properties.DestinationConfig ?? {}) as { OnFailure?: Json };
      if (OnFailure) targets.add(textOf(OnFailure.Destination));
    }
    const watched = new Set(
      of('AWS::CloudWatch::Alarm').flatMap(({ properties }) =>
        list<Json>(properties.Dimensions).map(({ Value }) => textOf(Value)),
      ),
    );
    for (const queue of queues) {
      const isLast =
        targets.has(`{${queue.id}.Arn}`) || String(queue.properties.QueueName).endsWith('-parking');
      if (!isLast) expect(queue.properties, nameOf(queue)).toHaveProperty('RedrivePolicy');
      else expect(watched, nameOf(queue)).toContain(`{${queue.id}.QueueName}`);
    }
  });

  it('lets every queue consumer answer for each message of a batch, with a bound of its own', () => {
    for (const mapping of of('AWS::Lambda::EventSourceMapping')) {
      if (!textOf(mapping.properties.EventSourceArn).includes('.Arn')) continue;
      expect(mapping.properties, nameOf(mapping)).toMatchObject({
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: expect.any(Number) },
      });
    }
  });

  it('bounds every stream consumer in tries and age, so that a poisonous record does not block for ever', () => {
    const streams = of('AWS::Lambda::EventSourceMapping').filter(({ properties }) =>
      textOf(properties.EventSourceArn).includes('.StreamArn'),
    );
    expect(streams.length).toBeGreaterThan(0);
    for (const mapping of streams) {
      expect(mapping.properties, nameOf(mapping)).toMatchObject({
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: expect.any(Number),
        MaximumRecordAgeInSeconds: expect.any(Number),
        FilterCriteria: expect.anything(),
        DestinationConfig: { OnFailure: { Destination: expect.anything() } },
      });
    }
  });

  it('can bring back every table to any second', () => {
    for (const table of of('AWS::DynamoDB::Table')) {
      expect(table.properties, nameOf(table)).toMatchObject({
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      });
    }
  });

  it('keeps the log of every function for a time that it says, under a name that people can type', () => {
    const groups = new Map(of('AWS::Logs::LogGroup').map((group) => [`${group.stack} {${group.id}}`, group]));
    for (const fn of functions) {
      const group = groups.get(
        `${fn.stack} ${textOf((fn.properties.LoggingConfig as Json | undefined)?.LogGroup)}`,
      );
      expect(group?.properties, nameOf(fn)).toMatchObject({
        LogGroupName: `/aws/lambda/${String(fn.properties.FunctionName)}`,
        RetentionInDays: expect.any(Number),
      });
    }
  });

  it('collects the spans of every function but the collector itself', () => {
    const collected = new Set(
      of('AWS::Logs::SubscriptionFilter').map(
        ({ stack, properties }) => `${stack} ${textOf(properties.LogGroupName)}`,
      ),
    );
    for (const fn of functions) {
      const group = `${fn.stack} ${textOf((fn.properties.LoggingConfig as Json).LogGroup)}`;
      expect(collected.has(group), nameOf(fn)).toBe(fn.properties.FunctionName !== 'platform-collect-spans');
    }
  });

  it('opens no door without a reason', () => {
    const doors = Object.values(app.city.manifest.systems).flatMap(({ doors }) => doors);
    // What a browser asks before it sends opens nothing: console-origin.stack.test.ts.
    const methods = of('AWS::ApiGateway::Method').filter(
      ({ properties }) => properties.HttpMethod !== 'OPTIONS',
    );
    const open = methods.filter(({ properties }) => properties.AuthorizationType !== 'CUSTOM');
    const reasons = doors.filter(({ access }) => /^public: .{20,}/.test(access));
    expect(open.length).toBe(reasons.length);
    expect(doors.length).toBe(methods.length);
  });

  it("tells every answer of the gateway's own as a problem of the house, in both languages", () => {
    const answers = of('AWS::ApiGateway::GatewayResponse');
    const apis = of('AWS::ApiGateway::RestApi');
    for (const type of ['UNAUTHORIZED', 'ACCESS_DENIED', 'THROTTLED', 'DEFAULT_4XX', 'DEFAULT_5XX']) {
      const made = answers.filter(({ properties }) => properties.ResponseType === type);
      expect(made, type).toHaveLength(apis.length);
    }
    for (const answer of answers) {
      const { StatusCode, ResponseParameters, ResponseTemplates } = answer.properties;
      expect(ResponseParameters, nameOf(answer)).toMatchObject({
        'gatewayresponse.header.Content-Type': "'application/problem+json'",
        ...(StatusCode === '401' ? { 'gatewayresponse.header.WWW-Authenticate': "'Bearer'" } : {}),
      });
      const problem = JSON.parse(String((ResponseTemplates as Json)['application/json']));
      expect(Object.keys(errors), nameOf(answer)).toContain(problem.name);
      expect(problem, nameOf(answer)).toMatchObject({
        type: `urn:dabbawala:error:${problem.name}`,
        status: Number(StatusCode),
        detail_hi: expect.stringMatching(/[ऀ-ॿ]/),
        requestId: '$context.requestId',
      });
    }
  });

  it('names every resource that a role may touch, but for the list with reasons', () => {
    const used = new Set<RegExp>();
    const allowed = WILDCARDS.filter((known) => known.target === undefined || known.target === target);
    for (const { where, statement } of statements) {
      for (const action of list<string>(statement.Action)) expect(action, where).not.toContain('*');
      for (const resource of list<unknown>(statement.Resource).map(textOf)) {
        const reason = allowed.find(
          (known) =>
            known.resource.test(resource) &&
            list<string>(statement.Action).every((action) => known.actions?.includes(action) ?? true),
        );
        if (reason) used.add(reason.resource);
        else expect(resource, where).not.toMatch(/[*?]/);
      }
    }
    expect(used.size, 'a reason that nothing uses any more').toBe(allowed.length);
  });

  it('lets no door that reads write, but for counting who asks', () => {
    const readers = Object.values(app.city.manifest.systems).flatMap(({ doors }) =>
      doors.flatMap(({ method, function: name }) => (method === 'GET' ? [name] : [])),
    );
    const { looked, broken } = readersWriteNothing(grantsOf(app.resources), new Set(readers));
    expect(broken).toEqual([]);
    expect(looked).toBeGreaterThan(5);
  });

  it('grants nothing that the bundle of a function has no command for', () => {
    const { looked, broken } = grantedOnlyWhatIsSent(grantsOf(app.resources), (name) =>
      commandsIn(metafile, bundleOf(name)),
    );
    expect(broken).toEqual([]);
    expect(looked).toBe(functions.length);
  });

  it('grants no deletion, since nothing is deleted but by its time', () => {
    const granted = grantsOf(app.resources).flatMap(({ actions }) => actions);
    expect(granted).toContain('dynamodb:PutItem');
    expect(granted).not.toContain('dynamodb:DeleteItem');
  });

  it('gives every function a role of its own', () => {
    const roles = functions.map(({ stack, properties }) => `${stack} ${textOf(properties.Role)}`);
    expect(new Set(roles).size).toBe(functions.length);
  });

  it('lets every machine invoke exactly what its definition calls, and send where it sends tokens', () => {
    for (const machine of of('AWS::StepFunctions::StateMachine')) {
      const role = textOf(machine.properties.RoleArn).replace('.Arn', '');
      const allowed = statements
        .filter(({ where, roles }) => where.startsWith(`${machine.stack}/`) && roles.includes(role))
        .flatMap(({ statement }) =>
          list<string>(statement.Action).flatMap((action) =>
            list(statement.Resource).map((resource) => `${action} ${textOf(resource)}`),
          ),
        );
      expect(allowed.sort()).toEqual(machineNeeds(machine.properties));
    }
  });

  it('sets every environment variable that a handler reads, and no other', async () => {
    const topics = variablesOfTopics(grantsOf(app.resources));
    for (const fn of functions) {
      const name = String(fn.properties.FunctionName);
      const set = Object.keys(
        (fn.properties.Environment as { Variables?: Json } | undefined)?.Variables ?? {},
      );
      const read = await environmentReadBy(metafile, bundleOf(name));
      const itsOwn = target === 'local' ? localVariablesOf(name) : awsVariablesOf(metafile, bundleOf(name));
      const ours = ['SYSTEM', ...itsOwn, ...topics(name)];
      expect(set.sort(), nameOf(fn)).toEqual([...new Set([...read, ...ours])].sort());
    }
  });

  it('gives every function less time than the task or the queue that waits for it', () => {
    const shortest = Math.min(
      ...Object.values(machines).flatMap(({ States }) =>
        Object.values(States).flatMap((state) => (state.Type === 'Task' ? [state.TimeoutSeconds] : [])),
      ),
    );
    const called = new Set(
      of('AWS::StepFunctions::StateMachine').flatMap(({ stack, properties }) =>
        Object.values(properties.DefinitionSubstitutions as Json).map((arn) => `${stack} ${textOf(arn)}`),
      ),
    );
    for (const fn of functions.filter(({ stack, id }) => called.has(`${stack} {${id}.Arn}`))) {
      expect(fn.properties.Timeout, nameOf(fn)).toBeLessThan(shortest);
    }
  });
});

it('keeps data on AWS, not what a failed first deployment leaves, and nothing else', () => {
  const { looked, broken } = onlyDataOutliveTheirStack(synthesized('aws').resources);
  expect(broken).toEqual([]);
  expect(looked).toBeGreaterThan(10);
});

it('has no fault switch on AWS, and lets nobody spend a payer’s money or have this machine called there', () => {
  const { looked, broken } = localSwitches(synthesized('aws').resources);
  expect(broken).toEqual([]);
  expect(localSwitches(synthesized('local').resources).broken).toContain('paytm-saga-rerun-payment');
  expect(looked).toBeGreaterThan(100);
  const SWITCH = 'shared/faults/armed.ts';
  expect(Object.keys(metafile.inputs)).not.toContain(SWITCH);
  expect(Object.keys(local.inputs)).toContain(SWITCH);
});

it('catches and retries only errors that a contract or the engine can name', () => {
  let looked = 0;
  const engine = new Set<string>([...TRANSIENT, 'States.TaskFailed', 'States.ALL']);
  const known = new Set<string>([...engine, ...taskErrors]);
  for (const [path, { States }] of Object.entries(machines)) {
    for (const [name, state] of Object.entries(States)) {
      if (state.Type !== 'Task') continue;
      const named = [...(state.Retry ?? []), ...(state.Catch ?? [])].flatMap(({ ErrorEquals }) => [
        ...ErrorEquals,
      ]);
      for (const error of named) expect(known, `${path} ${name}`).toContain(error);
      looked += named.length;
    }
  }
  expect(looked).toBeGreaterThan(20);
  expect(known).not.toContain('InventedError');
});
