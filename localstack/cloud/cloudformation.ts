import { setTimeout as pause } from 'node:timers/promises';
import {
  CloudFormationClient,
  DeleteStackCommand,
  GetTemplateCommand,
  paginateDescribeStacks,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { REGION } from './environment.ts';
import type { Template } from './synthesis.ts';

/** What CloudFormation knows of a stack. */
export interface DeployedStack {
  readonly name: string;
  /** `CREATE_COMPLETE`, … */
  readonly status: string;
  readonly reason: string | undefined;
  readonly outputs: { readonly [name: string]: string };
}

export type CloudFormation = ReturnType<typeof cloudFormation>;

const POLL_MS = 100;
const DELETED_WITHIN_MS = 60_000;

/** The stacks of the local cloud. */
export const cloudFormation = (endpoint: string) => {
  const client = new CloudFormationClient({
    endpoint,
    region: REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });

  const list = async (): Promise<readonly DeployedStack[]> => {
    const stacks: Stack[] = [];
    for await (const page of paginateDescribeStacks({ client }, {})) stacks.push(...(page.Stacks ?? []));
    return stacks.map((stack) => ({
      name: stack.StackName ?? '',
      status: stack.StackStatus ?? '',
      reason: stack.StackStatusReason,
      outputs: Object.fromEntries(
        (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
      ),
    }));
  };

  return {
    /** Every stack that exists. */
    list,

    /** The template that a stack was last deployed from. */
    template: async (name: string): Promise<Template> => {
      const { TemplateBody = '{}' } = await client.send(new GetTemplateCommand({ StackName: name }));
      return JSON.parse(TemplateBody) as Template;
    },

    /**
     * Deletes a stack and waits for it.
     * @throws {Error} it was still there after a minute
     */
    remove: async (name: string): Promise<void> => {
      await client.send(new DeleteStackCommand({ StackName: name }));
      const deadline = Date.now() + DELETED_WITHIN_MS;
      while ((await list()).some((stack) => stack.name === name && stack.status !== 'DELETE_COMPLETE')) {
        if (Date.now() > deadline) throw new Error(`The stack ${name} could not be deleted`);
        await pause(POLL_MS);
      }
    },

    close: () => client.destroy(),
  };
};
