import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ArnFormat } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { routes, routesEverywhere } from '../functions/platform/contract.ts';
import { HouseFunction } from './constructs/house-function.ts';
import { HouseTable } from './constructs/house-table.ts';
import { HouseApi } from './constructs/rest-api.ts';
import { StaticPage } from './constructs/static-page.ts';
import { BUS_NAME, FAULTS_TABLE, SystemStack } from './constructs/system-stack.ts';

/** What every system stands on: the event bus, the one authorizer, and the collector of traces. */
export class PlatformStack extends SystemStack {
  constructor(scope: Construct) {
    super(scope, { system: 'platform' });

    new EventBus(this, 'Bus', { eventBusName: BUS_NAME });
    // The console's files. What they show is asked of functions/console.
    const page = new StaticPage(this, 'Console', { parameters: 'console' });

    // API Gateway writes access logs by one role for the whole account and region.
    const logs = new Role(this, 'ApiLogsRole', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [
        ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs'),
      ],
    });
    new CfnAccount(this, 'ApiAccount', { cloudWatchRoleArn: logs.roleArn });

    // The traces table keeps telemetry, not effects: losing a line is allowed, so nothing is committed here.
    const traces = new HouseTable(this, 'Traces', this, {});
    const collector = new HouseFunction(this, this, {
      file: 'collect-spans',
      timeoutSeconds: 30,
      environment: { TRACES_TABLE: traces.tableName },
      traced: false, // it never reads its own group
    }).may(['dynamodb:BatchWriteItem'], traces.tableArn);
    collector.addPermission('FromLogs', {
      principal: new ServicePrincipal('logs.amazonaws.com'),
      sourceArn: this.formatArn({
        service: 'logs',
        resource: 'log-group',
        resourceName: '/aws/lambda/*:*',
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    });

    const authorizer = new HouseFunction(this, this, { file: 'authorizer', timeoutSeconds: 5 }).may(
      ['ssm:GetParameter'],
      this.parameterArn('identity/url'),
    );
    const environment = { TRACES_TABLE: traces.tableName };
    const getTrace = new HouseFunction(this, this, { file: 'get-trace', environment });
    const listTraces = new HouseFunction(this, this, { file: 'list-traces', environment });
    traces.pagedBy(getTrace, listTraces);
    const doors = {
      'get-trace': getTrace,
      'list-traces': listTraces,
      ...(this.faults ? this.faultDoors() : {}),
    };
    const { described } = new HouseApi(this, this, {
      routes: this.faults ? routes : routesEverywhere,
      ...{ doors, authorizer, consoleOrigin: page.origin },
    });
    const others = [authorizer, ...Object.values(doors), described];
    // CloudWatch Logs tries the collector when it is given a subscription, so the permission has to be there.
    for (const { spans } of others) spans?.node.addDependency(collector.node.findChild('FromLogs'));
  }

  /** Where an operator arms faults; every function of the city looks into the table. */
  private faultDoors() {
    new HouseTable(this, 'Faults', this, { name: FAULTS_TABLE });
    const door = (file: string, ...actions: readonly string[]) =>
      new HouseFunction(this, this, { file }).may(actions, this.faultsTableArn);
    return {
      'arm-fault': door('arm-fault', 'dynamodb:PutItem'),
      'list-faults': door('list-faults', 'dynamodb:Scan'),
      'disarm-faults': door('disarm-faults', 'dynamodb:Scan', 'dynamodb:DeleteItem'),
    };
  }
}
