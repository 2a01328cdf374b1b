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
}

export interface Synthesized {
  readonly city: City;
  readonly resources: readonly Resource[];
  /** Resources of one type, in all stacks. */
  of(type: string): readonly Resource[];
}

/** Synthesizes the whole city once for a target; tests of one file share it. */
export const synthesized = (target: Target): Synthesized => {
  const made = city(new App({ context: { target } }));
  const resources = made.stacks.flatMap((stack) => {
    const { Resources = {} } = Template.fromStack(stack).toJSON() as {
      Resources?: { [id: string]: { Type: string; Properties?: { [name: string]: unknown } } };
    };
    return Object.entries(Resources).map(([id, { Type, Properties = {} }]) => ({
      stack: stack.system,
      id,
      type: Type,
      properties: Properties,
    }));
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
