import type { Resource } from './template.ts';

/**
 * The one list of functions in our templates whose code is not ours, each with its reason. They are on AWS alone. The
 * rules about logs, spans, variables and commands of functions are not about them; those about roles are.
 */
export const FOREIGN: readonly {
  readonly id: RegExp;
  readonly stacks: readonly string[];
  /** All that its role may do. */
  readonly may: readonly string[];
  readonly reason: string;
}[] = [
  {
    // The CDK's own name of it: the same in every stack that has one.
    id: /^CustomCDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C[0-9A-F]{8}$/,
    stacks: ['platform', 'console'],
    may: ['logs:CreateLogStream', 'logs:PutLogEvents', 's3:ListBucket', 's3:PutObject', 's3:GetObject'],
    reason:
      "CloudFormation puts no file into a bucket: the CDK's BucketDeployment does, while a stack is deployed, and nobody calls it otherwise",
  },
];

export const isOurs = ({ id, stack }: Pick<Resource, 'id' | 'stack'>): boolean =>
  !FOREIGN.some((known) => known.id.test(id) && known.stacks.includes(stack));
