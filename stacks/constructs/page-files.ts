import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, type ISource } from 'aws-cdk-lib/aws-s3-deployment';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { SystemStack } from './system-stack.ts';

/** Of what has another name when it has other content. */
export const FOR_EVER = [
  CacheControl.setPublic(),
  CacheControl.maxAge(Duration.days(365)),
  CacheControl.immutable(),
];
const ASK_FIRST = [CacheControl.noCache()];

export interface PutProps {
  /** What of the source is put there, as keys of the bucket; `*` stands for whatever follows. */
  readonly keys: readonly string[];
  /** @default each use asks first whether there is something newer */
  readonly cacheControl?: CacheControl[];
}

/**
 * Puts files into a page's bucket while a stack is deployed. The CDK brings the function that does it, with a role from
 * here: what it grants by itself may delete, and read every asset of the account.
 */
export class PageFiles extends Construct {
  private readonly bucket: IBucket;
  private readonly role: Role;
  private readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, stack: SystemStack, { bucket }: { readonly bucket: IBucket }) {
    super(scope, id);
    this.bucket = bucket;
    this.logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${stack.system}-put-page-files`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.may(['logs:CreateLogStream', 'logs:PutLogEvents'], this.logGroup.logGroupArn);
    // It compares before it puts.
    this.may(['s3:ListBucket'], bucket.bucketArn);
  }

  /** What is there under other keys stays: a page that is open may still load parts of the build that it came with. */
  put(id: string, source: ISource, { keys, cacheControl = ASK_FIRST }: PutProps): BucketDeployment {
    this.may(['s3:PutObject'], ...keys.map((key) => this.bucket.arnForObjects(key)));
    const deployment = new BucketDeployment(this, id, {
      sources: [this.readable(source)],
      destinationBucket: this.bucket,
      exclude: ['*'],
      include: [...keys],
      prune: false,
      cacheControl,
      role: this.role.withoutPolicyUpdates(),
      logGroup: this.logGroup,
    });
    deployment.node.addDependency(this.role);
    return deployment;
  }

  private readable(source: ISource): ISource {
    return {
      bind: (scope, context) => {
        const bound = source.bind(scope, context);
        this.may(['s3:GetObject'], bound.bucket.arnForObjects(bound.zipObjectKey));
        return bound;
      },
    };
  }

  private may(actions: readonly string[], ...resources: readonly string[]): void {
    this.role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }
}
