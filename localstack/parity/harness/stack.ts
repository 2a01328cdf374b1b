import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { waitFor } from '../../../shared/testing/index.ts';
import type { Cloud } from './cloud.ts';

/** Resources and outputs, as in a template. */
export interface Template {
  readonly Resources: Readonly<Record<string, object>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** A stack when CloudFormation has done with it. */
export interface Deployed {
  readonly name: string;
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Makes a stack and waits until it is made or undone. */
export const createStack = async (cloud: Cloud, template: Template): Promise<Deployed> => {
  const StackName = cloud.name('stack');
  const client = cloud.client(CloudFormationClient);
  await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(template) }));
  cloud.later(() => client.send(new DeleteStackCommand({ StackName })));
  return await settled(cloud, StackName);
};

/** Changes a stack and waits until it is changed or changed back. */
export const updateStack = async (cloud: Cloud, StackName: string, template: Template): Promise<Deployed> => {
  const command = new UpdateStackCommand({ StackName, TemplateBody: JSON.stringify(template) });
  await cloud.client(CloudFormationClient).send(command);
  return await settled(cloud, StackName);
};

/** Deletes a stack and waits until it is gone. */
export const deleteStack = async (cloud: Cloud, StackName: string): Promise<void> => {
  const client = cloud.client(CloudFormationClient);
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  const id = Stacks?.[0]?.StackId;
  await client.send(new DeleteStackCommand({ StackName }));
  // A deleted stack is known by its id alone.
  await waitFor(
    async (seen) => {
      const { Stacks: left } = await client.send(new DescribeStacksCommand({ StackName: id }));
      seen(left?.[0]?.StackStatus);
      return left?.[0]?.StackStatus === 'DELETE_COMPLETE';
    },
    { what: 'the end of the stack', timeoutMs: 50_000 },
  );
};

const settled = (cloud: Cloud, StackName: string): Promise<Deployed> =>
  waitFor(
    async (seen) => {
      const { Stacks } = await cloud
        .client(CloudFormationClient)
        .send(new DescribeStacksCommand({ StackName }));
      const { StackStatus: status = '', Outputs = [] } = Stacks?.[0] ?? {};
      seen(status);
      if (status.endsWith('_IN_PROGRESS')) return undefined;
      const outputs = Object.fromEntries(
        Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
      );
      return { name: StackName, status, outputs };
    },
    { what: 'the stack', timeoutMs: 50_000 },
  );
