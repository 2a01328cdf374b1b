import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { LogGroupLogDestination, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Duration, RemovalPolicy, Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type SocketContract, socketRoutesOf } from '../../shared/socket/index.ts';
import { houseAlarm } from './house-alarm.ts';
import { type HouseFunction, pascal } from './house-function.ts';
import type { SystemStack } from './system-stack.ts';

export interface SocketApiProps {
  readonly socket: SocketContract;
  /** The Lambda of each route, by the route's name. */
  readonly doors: { readonly [name: string]: HouseFunction };
}

const STAGE = 'live';

/**
 * A WebSocket API made from a contract: one Lambda for each command, chosen by `type`, one for the beginning of a connection and
 * one for its end. So each has the rights of its own command and no others, and a chat that is slow holds up no position.
 * What a command answers goes back over the socket as its route's response. The address is in SSM under
 * `/dabbawala/<system>/socket`. Who may connect is for `$connect` to say: a browser can send no token.
 */
export class SocketApi extends Construct {
  readonly api: WebSocketApi;
  /** Where clients connect, as `https…`; locally a path of the cloud's own endpoint. Connections are managed there too. */
  readonly url: string;
  private readonly stack: SystemStack;
  private readonly stage: WebSocketStage;

  constructor(scope: Construct, stack: SystemStack, { socket, doors }: SocketApiProps) {
    super(scope, 'Socket');
    this.stack = stack;
    const name = `${stack.system}-socket`;
    this.api = new WebSocketApi(this, 'Api', {
      apiName: name,
      routeSelectionExpression: '$request.body.type',
    });
    // A stable address: the emulator and LocalStack take the API's id from these tags.
    Tags.of(this.api).add('ms-custom-id', name);
    Tags.of(this.api).add('_custom_id_', name);
    for (const { route, name: file, ...more } of socketRoutesOf(socket)) {
      const door = doors[file];
      if (!door) throw new Error(`${stack.system} has no function for the route ${route} of its socket`);
      this.api.addRoute(route, {
        integration: new WebSocketLambdaIntegration(pascal(file), door),
        // On AWS what a Lambda answers goes to the client only so; the emulator sends it anyhow, and knows no such resource.
        returnResponse: 'payload' in more && stack.target === 'aws',
      });
      stack.manifest.entry.commands.push({
        ...{ route, name: file, function: door.houseName },
        roles: 'roles' in more ? [...more.roles] : [],
      });
    }
    this.stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.api,
      stageName: STAGE,
      autoDeploy: true,
      throttle: { rateLimit: 500, burstLimit: 1000 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLog', {
            logGroupName: `/aws/apigateway/${name}`,
            retention: RetentionDays.ONE_MONTH,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
        ),
        format: AccessLogFormat.custom(SOCKET_LOG),
      },
    });
    houseAlarm(this, 'Failing', stack, {
      name: `${name}-failing`,
      description: `More than ten messages in five minutes got no answer of ${name}: find them in /aws/apigateway/${name}, then the function's log by the request id`,
      metric: this.stage.metric('IntegrationError', { statistic: 'sum', period: Duration.minutes(5) }),
      threshold: 10,
      periods: 2,
    });
    stack.manifest.entry.socket = stack.manifest.output('SocketId', this.api.apiId);
    this.url =
      stack.target === 'local' ? `/_aws/execute-api/${this.api.apiId}/${STAGE}` : this.stage.callbackUrl;
    new StringParameter(this, 'Url', {
      parameterName: `/dabbawala/${stack.system}/socket`,
      description: `Where the socket of ${stack.system} is, by https for wss; a path is relative to the cloud's own endpoint`,
      stringValue: this.url,
    });
  }

  /** Lets functions send to the connections of this API, and tells them where. */
  pushedBy(...functions: readonly HouseFunction[]): this {
    const arn = this.stack.formatArn({
      service: 'execute-api',
      resource: this.api.apiId,
      resourceName: `${STAGE}/POST/@connections/*`,
    });
    for (const fn of functions) {
      fn.may(['execute-api:ManageConnections'], arn).addEnvironment('SOCKET_ENDPOINT', this.url);
    }
    return this;
  }
}

/** A line for each connection and message: how it went. No address, agent, query or body: a ticket stands in the query. */
export const SOCKET_LOG = JSON.stringify({
  requestId: '$context.requestId',
  connectionId: '$context.connectionId',
  route: '$context.routeKey',
  event: '$context.eventType',
  status: '$context.status',
  latencyMs: '$context.integrationLatency',
  integrationStatus: '$context.integration.status',
  error: '$context.error.responseType',
});
