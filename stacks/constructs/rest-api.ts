import {
  AccessLogFormat,
  IdentitySource,
  type IResource,
  LambdaIntegration,
  LogGroupLogDestination,
  type MethodOptions,
  RequestAuthorizer,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Duration, RemovalPolicy, Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { RouteDefinition } from '../../shared/http/index.ts';
import { openApiRoute } from '../../shared/openapi/route.ts';
import { ConsoleOrigin } from './console-origin.ts';
import { GATEWAY_PROBLEMS } from './gateway-problems.ts';
import { houseAlarm } from './house-alarm.ts';
import { HouseFunction } from './house-function.ts';
import type { SystemStack } from './system-stack.ts';

export interface HouseApiProps {
  /** The contract's routes. */
  readonly routes: { readonly [key: string]: RouteDefinition };
  /** The Lambda of each route, by the route's name. */
  readonly doors: { readonly [name: string]: HouseFunction };
  /** The authorizer's function. @default the platform's */
  readonly authorizer?: LambdaFunction;
  /** Where the console's page is. @default what the platform's stack has written down */
  readonly consoleOrigin?: string | undefined;
}

/**
 * A REST API made from a contract: each route its Lambda, each behind the city's one authorizer unless the contract
 * says `public` and why; and the one that describes them all. Its address is in SSM under `/dabbawala/<system>/url`.
 */
export class HouseApi extends Construct {
  readonly api: RestApi;
  /** Where it answers, without a slash at the end; locally a path of the cloud's own endpoint. */
  readonly url: string;
  /** The function that answers what the doors are. */
  readonly described: HouseFunction;

  constructor(scope: Construct, stack: SystemStack, props: HouseApiProps) {
    super(scope, 'Api');
    const { routes, doors, authorizer } = props;
    const page = ConsoleOrigin.of(stack, props.consoleOrigin);
    const log = new LogGroup(this, 'AccessLog', {
      logGroupName: `/aws/apigateway/${stack.system}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.api = new RestApi(this, 'Rest', {
      restApiName: stack.system,
      cloudWatchRole: false, // the platform gives the account its one
      deployOptions: {
        stageName: 'live',
        accessLogDestination: new LogGroupLogDestination(log),
        accessLogFormat: AccessLogFormat.custom(ACCESS_LOG),
        variables: { system: stack.system },
        throttlingRateLimit: 500,
        throttlingBurstLimit: 1000,
      },
    });
    // A stable address: the emulator and LocalStack take the API's id from these tags.
    Tags.of(this.api).add('ms-custom-id', stack.system);
    Tags.of(this.api).add('_custom_id_', stack.system);
    this.answerAsProblems(page);
    houseAlarm(this, 'ServerErrors', stack, {
      name: `${stack.system}-api-failing`,
      description: `More than 1 % of the answers of ${stack.system} are 5xx: find them in /aws/apigateway/${stack.system}, then the function's log by the request id`,
      metric: this.api.metricServerError({ statistic: 'avg', period: Duration.minutes(5) }),
      threshold: 0.01,
      periods: 2,
    });

    const guarded = this.guard(stack, authorizer);
    this.described = new HouseFunction(this, stack, { file: openApiRoute.name });
    const methods = new Map<IResource, string[]>();
    for (const route of [...Object.values(routes), openApiRoute]) {
      const door = route === openApiRoute ? this.described : doors[route.name];
      if (!door) throw new Error(`${stack.system} has no function for the route ${route.name}`);
      const resource = route.path
        .split('/')
        .filter(Boolean)
        .reduce<IResource>(
          (parent, part) => parent.getResource(part) ?? parent.addResource(part),
          this.api.root,
        );
      methods.set(resource, [...(methods.get(resource) ?? []), route.method]);
      page?.mayReadFrom(door);
      const open = 'public' in route.access;
      resource.addMethod(
        route.method,
        new LambdaIntegration(door, { allowTestInvoke: false }),
        open ? {} : guarded(),
      );
      stack.manifest.entry.doors.push({
        name: route.name,
        method: route.method,
        path: route.path,
        access: 'public' in route.access ? `public: ${route.access.public}` : route.access.roles.join(', '),
        function: door.houseName,
      });
    }
    for (const [resource, allowed] of methods) page?.mayAsk(resource, allowed);
    stack.manifest.entry.api = stack.manifest.output('ApiId', this.api.restApiId);
    this.url =
      stack.target === 'local'
        ? `/restapis/${this.api.restApiId}/live/_user_request_`
        : this.api.url.replace(/\/$/, '');
    new StringParameter(this, 'Url', {
      parameterName: `/dabbawala/${stack.system}/url`,
      description: `Where ${stack.system} answers; a path is relative to the cloud's own endpoint`,
      stringValue: this.url,
    });
  }

  /** Made only when a route needs it, since an authorizer that no method uses is refused. */
  private guard(stack: SystemStack, own: LambdaFunction | undefined): () => MethodOptions {
    let options: MethodOptions | undefined;
    return () => {
      options ??= {
        authorizer: new RequestAuthorizer(this, 'Authorizer', {
          handler:
            own ??
            LambdaFunction.fromFunctionAttributes(this, 'PlatformAuthorizer', {
              functionArn: stack.functionArn('platform-authorizer'),
              sameEnvironment: true,
            }),
          identitySources: [IdentitySource.header('Authorization')],
          resultsCacheTtl: Duration.minutes(1),
        }),
      };
      return options;
    };
  }

  private answerAsProblems(page: ConsoleOrigin | undefined): void {
    for (const { type, status, template } of GATEWAY_PROBLEMS) {
      this.api.addGatewayResponse(type.responseType, {
        type,
        statusCode: String(status),
        responseHeaders: {
          'Content-Type': "'application/problem+json'",
          // RFC 9110 11.6.1: a 401 says how to authenticate.
          ...(status === 401 ? { 'WWW-Authenticate': "'Bearer'" } : {}),
          ...page?.headers,
        },
        templates: { 'application/json': template },
      });
    }
  }
}

/**
 * A line for each request: who by an id that names nobody, what and how it went. No address, agent, path or query: the
 * route is the pattern of the path.
 */
export const ACCESS_LOG = JSON.stringify({
  requestId: '$context.requestId',
  subject: '$context.authorizer.principalId',
  route: '$context.httpMethod $context.resourcePath',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  integrationStatus: '$context.integration.status',
  error: '$context.error.responseType',
});
