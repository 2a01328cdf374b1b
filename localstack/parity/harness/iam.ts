import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import type { Cloud } from './cloud.ts';

export interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  /** @default 'Allow' */
  readonly Effect?: 'Allow' | 'Deny';
  /** Operator, key, values. @default none */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** A trust policy for AWS services by their short names. */
export const trust = (...services: readonly string[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: services.map((service) => `${service}.amazonaws.com`) },
      },
    ],
  });

/** What every small Lambda needs: to keep its notes. */
export const mayNote = ({ journal }: Cloud): Statement => ({
  Action: 'dynamodb:PutItem',
  Resource: `arn:aws:dynamodb:*:*:table/${journal}`,
});

/** A role with these grants and no others. */
export const makeRole = async (
  cloud: Cloud,
  service: 'lambda' | 'states' | 'scheduler' | 'events',
  statements: readonly Statement[],
): Promise<string> => {
  const iam = cloud.client(IAMClient);
  const RoleName = cloud.name('role');
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust(service) }),
  );
  cloud.later(() => iam.send(new DeleteRoleCommand({ RoleName })));
  if (statements.length > 0) {
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
    });
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'only', PolicyDocument }));
    cloud.later(() => iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'only' })));
  }
  return Role?.Arn ?? '';
};
