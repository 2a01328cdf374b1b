import { Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib/core';
import { type City, city } from './city.ts';
import type { Target } from './constructs/target.ts';

/** A resource of a synthesized template. */
export interface Resource {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  // CloudFormation's own shapes, which no type of ours describes.
  readonly properties: { readonly [name: string]: unknown };
  readonly dependsOn: readonly string[];
  readonly deletionPolicy?: string | undefined;
}

export interface Synthesized {
  readonly city: City;
  readonly resources: readonly Resource[];
  /** Resources of one type, in all stacks. */
  of(type: string): readonly Resource[];
}

interface Declared {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: unknown };
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
}

/** Synthesizes the whole city once for a target; tests of one file share it. */
export const synthesized = (target: Target): Synthesized => {
  const made = city(new App({ context: { target } }));
  const resources = made.stacks.flatMap((stack) => {
    const { Resources = {} } = Template.fromStack(stack).toJSON() as {
      Resources?: { [id: string]: Declared };
    };
    return Object.entries(Resources).map(
      ([id, { Type, Properties = {}, DependsOn = [], DeletionPolicy }]) => ({
        stack: stack.system,
        id,
        type: Type,
        properties: Properties,
        dependsOn: [DependsOn].flat(),
        deletionPolicy: DeletionPolicy,
      }),
    );
  });
  return { city: made, resources, of: (type) => resources.filter((resource) => resource.type === type) };
};

/** An intrinsic as text that can be compared: `Fn::GetAtt` and `Ref` by their logical ids, joins joined. */
export const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textOf).join(',');
  if (value === null || typeof value !== 'object') return String(value);
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as { [name: string]: unknown };
  if (Ref !== undefined) return `{${String(Ref)}}`;
  if (Array.isArray(attribute)) return `{${attribute.join('.')}}`;
  if (Array.isArray(join)) return (join[1] as unknown[]).map(textOf).join(String(join[0]));
  return JSON.stringify(value);
};
