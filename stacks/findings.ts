/**
 * Rules over synthesized resources. Each answers what breaks it, by name, and is tried on a template that does;
 * `looked` says at how many things it looked, because a rule that looks at nothing holds always.
 */
import { type Resource, textOf } from './template.ts';

export interface Findings {
  readonly looked: number;
  readonly broken: readonly string[];
}

type Rule = (resources: readonly Resource[]) => Findings;

const nameOf = ({ stack, id }: Resource): string => `${stack}/${id}`;
const ofType = (resources: readonly Resource[], type: string) =>
  resources.filter((resource) => resource.type === type);
const judge = (looked: readonly Resource[], holds: (resource: Resource) => boolean): Findings => ({
  looked: looked.length,
  broken: looked.filter((resource) => !holds(resource)).map(nameOf),
});

/**
 * CloudWatch Logs tries the destination when a subscription is made. In one stack the permission has to come first; a
 * destination of another stack has its own by then, since the platform is deployed first.
 */
export const subscriptionsAfterPermissions: Rule = (resources) =>
  judge(ofType(resources, 'AWS::Logs::SubscriptionFilter'), ({ stack, properties, dependsOn }) => {
    const destination = textOf(properties.DestinationArn);
    const target = ofType(resources, 'AWS::Lambda::Function').find(
      (fn) =>
        destination.endsWith(`:function:${textOf(fn.properties.FunctionName)}`) ||
        (fn.stack === stack && destination === `{${fn.id}.Arn}`),
    );
    const permission = ofType(resources, 'AWS::Lambda::Permission').find(
      (one) =>
        one.stack === target?.stack &&
        one.properties.Principal === 'logs.amazonaws.com' &&
        textOf(one.properties.FunctionName) === `{${target.id}.Arn}`,
    );
    return permission !== undefined && (permission.stack !== stack || dependsOn.includes(permission.id));
  });

/** What holds data that nothing else holds, or cannot be had back. */
const HOLDS_DATA = new Set(['AWS::DynamoDB::Table', 'AWS::SQS::Queue', 'AWS::SecretsManager::Secret']);

/**
 * Data outlive their stack, but not a first deployment that failed; and nothing else is left behind, since what has an
 * explicit name would be in the way of the next try.
 */
export const onlyDataOutliveTheirStack: Rule = (resources) =>
  judge(
    resources.filter(({ type, deletionPolicy }) => HOLDS_DATA.has(type) || deletionPolicy !== undefined),
    ({ type, deletionPolicy }) =>
      deletionPolicy === (HOLDS_DATA.has(type) ? 'RetainExceptOnCreate' : 'Delete'),
  );
