import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { SystemStack } from './system-stack.ts';

/**
 * A page of static files. On a laptop its bucket is read by whoever reaches the local cloud, under a name that does not
 * change, since people keep its address.
 */
export class StaticPage {
  readonly bucket: Bucket;

  constructor(stack: SystemStack, id: string, { localName }: { readonly localName: string }) {
    const isLocal = stack.target === 'local';
    this.bucket = new Bucket(stack, id, {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: !isLocal,
      removalPolicy: stack.removalPolicy,
      ...(isLocal
        ? { bucketName: localName, publicReadAccess: true, blockPublicAccess: READABLE }
        : { blockPublicAccess: BlockPublicAccess.BLOCK_ALL }),
    });
    stack.manifest.output(`${id}Bucket`, this.bucket.bucketName);
  }
}

/** A policy that lets everybody read is allowed; access lists are not. */
const READABLE = new BlockPublicAccess({
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
});
