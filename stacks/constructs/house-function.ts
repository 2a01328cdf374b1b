import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnSubscriptionFilter, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { assetOf } from './asset.ts';
import { FAULTS_TABLE, type SystemStack } from './system-stack.ts';

export interface HouseFunctionProps {
  /** The file in doors/, steps/ or consumers/, without its ending; the function is `<system>-<file>`. */
  readonly file: string;
  /** The system whose code it is. @default the stack's own */
  readonly from?: string;
  /** What the handler reads, beside SYSTEM. */
  readonly environment?: { readonly [name: string]: string };
  /** Seconds; shorter than whatever waits for it. @default 10 */
  readonly timeoutSeconds?: number;
  /** @default 256 */
  readonly memoryMegabytes?: number;
  /** Whether its log lines go to the trace collector. @default true */
  readonly traced?: boolean;
}

/**
 * A Lambda with a role of its own that may write its own log and nothing else, until {@link may} says more.
 * Its log lines, spans among them, are collected by the platform.
 */
export class HouseFunction extends LambdaFunction {
  /** The role is ours, so that CDK adds no managed policy with `*` to it. */
  readonly executionRole: Role;
  /** The name as written here; `functionName` is a token of CloudFormation. */
  readonly houseName: string;
  readonly timeoutSeconds: number;
  /** What sends its log lines to the collector. */
  readonly spans?: CfnSubscriptionFilter;

  constructor(scope: Construct, stack: SystemStack, props: HouseFunctionProps) {
    const name = `${stack.system}-${props.file}`;
    const id = pascal(props.file);
    const logGroup = new LogGroup(scope, `${id}Log`, {
      logGroupName: `/aws/lambda/${name}`,
      retention: RetentionDays.ONE_MONTH,
      // Never kept: a month later it would be empty, and its name would be in the way of the next deployment.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const asset = assetOf({ system: props.from ?? stack.system, file: props.file, target: stack.target });
    super(scope, id, {
      functionName: name,
      runtime: stack.target === 'local' ? Runtime.PROVIDED_AL2023 : Runtime.NODEJS_24_X,
      code: Code.fromAsset(asset.folder),
      handler: asset.handler,
      role,
      logGroup,
      timeout: Duration.seconds(props.timeoutSeconds ?? 10),
      memorySize: props.memoryMegabytes ?? 256,
      // SYSTEM last: whose function this is, nobody else may say.
      environment: {
        ...props.environment,
        ...(stack.faults ? { FAULTS_TABLE } : {}),
        SYSTEM: stack.system,
      },
    });
    this.executionRole = role;
    this.houseName = name;
    this.timeoutSeconds = props.timeoutSeconds ?? 10;
    this.may(['logs:CreateLogStream', 'logs:PutLogEvents'], `${logGroup.logGroupArn}`);
    if (stack.faults) this.may(['dynamodb:Query', 'dynamodb:UpdateItem'], stack.faultsTableArn);
    if (props.traced ?? true) {
      this.spans = new CfnSubscriptionFilter(scope, `${id}Spans`, {
        logGroupName: logGroup.logGroupName,
        destinationArn: stack.functionArn('platform-collect-spans'),
        // A line that holds the word. AWS takes this for a regular expression, the emulator for the word between the
        // signs; a selector such as `{ $.traceId = * }` would let nothing through there. The collector filters again.
        filterPattern: '%traceId%',
      });
    }
    stack.manifest.entry.functions.push(name);
  }

  /** Lets the function call these actions on these resources. */
  may(actions: readonly string[], ...resources: readonly string[]): this {
    this.executionRole.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
    return this;
  }
}

/** `start-payment` → `StartPayment`. */
export const pascal = (kebab: string): string =>
  kebab.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());
