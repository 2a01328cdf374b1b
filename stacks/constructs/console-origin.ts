import type { IResource } from 'aws-cdk-lib/aws-apigateway';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Duration } from 'aws-cdk-lib/core';
import type { HouseFunction } from './house-function.ts';
import type { SystemStack } from './system-stack.ts';

/** Under which the platform's stack writes down where the console's page is. */
const PARAMETER = '/dabbawala/console/origin';
/** What the page sends beside what every page may. */
const SENT = [
  'Authorization',
  'Content-Type',
  'Accept-Language',
  'Idempotency-Key',
  'X-Correlation-Id',
  'If-Match',
];
/** What a browser keeps an answer to OPTIONS for: none does longer. */
const ASKED_AGAIN_AFTER = Duration.hours(2);

/** The one foreign origin whose pages a browser lets talk to the doors. */
export class ConsoleOrigin {
  private readonly origin: string;

  private constructor(origin: string) {
    this.origin = origin;
  }

  /**
   * None on a laptop, where page and doors have one origin. On AWS it is asked of SSM whenever a stack is deployed.
   * @param own of the stack that makes the page, since its parameter is not there before
   */
  static of(stack: SystemStack, own: string | undefined): ConsoleOrigin | undefined {
    if (stack.target === 'local') return undefined;
    return new ConsoleOrigin(own ?? StringParameter.valueForStringParameter(stack, PARAMETER));
  }

  /** Answers what a browser asks before it sends. */
  mayAsk(resource: IResource, methods: readonly string[]): void {
    resource.addCorsPreflight({
      allowOrigins: [this.origin],
      allowMethods: [...methods],
      allowHeaders: SENT,
      maxAge: ASKED_AGAIN_AFTER,
    });
  }

  /** Says so in what a door answers. */
  mayReadFrom(door: HouseFunction): void {
    door.addEnvironment('CONSOLE_ORIGIN', this.origin);
  }

  /** What the gateway's own answers say, as `shared/lambda` says it in those of doors. */
  get headers(): { readonly [name: string]: string } {
    return {
      'Access-Control-Allow-Origin': `'${this.origin}'`,
      'Access-Control-Expose-Headers': "'Location,Retry-After,traceparent,X-Correlation-Id'",
      Vary: "'Origin'",
    };
  }
}
