import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Source } from 'aws-cdk-lib/aws-s3-deployment';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { pageFolder } from './asset.ts';
import { PageDelivery } from './page-delivery.ts';
import { FOR_EVER, PageFiles } from './page-files.ts';
import type { SystemStack } from './system-stack.ts';

export interface StaticPageProps {
  /** Under `/dabbawala/` in SSM on AWS, where others find the page's bucket and origin. */
  readonly parameters: string;
}

/**
 * A page of static files. On a laptop its bucket is read by whoever reaches the local cloud, and `npm start` fills it. On
 * AWS CloudFront alone reads the bucket, and deployment fills it with what the build made. The name is CloudFormation's
 * choice: an emulator that is killed keeps the bucket on disk and forgets its stack, and a name of ours would be taken.
 */
export class StaticPage {
  readonly bucket: Bucket;
  /** `https://…` without a slash at the end; on a laptop there is none of its own, since the doors are at the same. */
  readonly origin: string | undefined;

  constructor(stack: SystemStack, id: string, { parameters }: StaticPageProps) {
    const isLocal = stack.target === 'local';
    this.bucket = new Bucket(stack, id, {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: !isLocal,
      // No data: the next deployment makes them again. But CloudFormation deletes no bucket that holds something, and a
      // function that empties it would be one more that may delete.
      removalPolicy: isLocal ? stack.removalPolicy : RemovalPolicy.RETAIN,
      ...(isLocal
        ? { publicReadAccess: true, blockPublicAccess: READABLE }
        : { blockPublicAccess: BlockPublicAccess.BLOCK_ALL }),
    });
    stack.manifest.output(`${id}Bucket`, this.bucket.bucketName);
    this.origin = isLocal ? undefined : this.deliver(stack, id, parameters);
  }

  private deliver(stack: SystemStack, id: string, parameters: string): string {
    const bucket = this.bucket as IBucket;
    const { origin } = new PageDelivery(stack, `${id}Delivery`, { bucket });
    const page = Source.asset(pageFolder());
    const files = new PageFiles(stack, `${id}Files`, stack, { bucket });
    const assets = files.put('Assets', page, { keys: ['assets/*'], cacheControl: FOR_EVER });
    // Last, when all that it asks for is there.
    files.put('Index', page, { keys: ['index.html'] }).node.addDependency(assets);
    const write = (name: string, stringValue: string, description: string) =>
      new StringParameter(stack, `${id}${name}Parameter`, {
        parameterName: `/dabbawala/${parameters}/${name.toLowerCase()}`,
        ...{ stringValue, description },
      });
    write('Origin', origin, 'Where the page is: the one origin that doors answer in a browser');
    write('Bucket', bucket.bucketName, 'Where the files of the page are');
    return origin;
  }
}

/** A policy that lets everybody read is allowed; access lists are not. */
const READABLE = new BlockPublicAccess({
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
});
