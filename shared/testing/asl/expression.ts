/**
 * The JSONata of a state, evaluated by the library itself as Step Functions does: `{% … %}` in any text, at any depth.
 * Version 2.0.6 is the one whose language is that of AWS; later ones know operators that AWS refuses.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
import jsonata from 'jsonata';

/** What an expression may read. */
export interface Scope {
  /** `$states`: the state's input, the context object, and the result or the error, where there is one already. */
  readonly states: {
    readonly input: unknown;
    readonly context: object;
    readonly result?: unknown;
    readonly errorOutput?: { readonly Error: string; readonly Cause: string };
  };
  /** What earlier states have assigned, by name without `$`. */
  readonly variables: { readonly [name: string]: unknown };
  /** `$millis()`: milliseconds since 1970, by the clock of the test. */
  readonly now: () => number;
}

/** As Step Functions names it: the expression threw, or found nothing where a value is needed. */
export class QueryEvaluationError extends Error {
  override readonly name = 'States.QueryEvaluationError';
}

/**
 * The value of a field of a state: texts that are expressions are evaluated, everything else is as it stands.
 * @throws {QueryEvaluationError} an expression failed, or has no value
 */
export const evaluated = async (field: unknown, scope: Scope): Promise<unknown> => {
  if (typeof field === 'string') return isExpression(field) ? resultOf(field, scope) : field;
  if (field === null || typeof field !== 'object') return field;
  if (Array.isArray(field)) return Promise.all(field.map((one: unknown) => evaluated(one, scope)));
  const entries = Object.entries(field).map(
    async ([name, one]) => [name, await evaluated(one, scope)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
};

const isExpression = (text: string): boolean => text.startsWith('{%') && text.endsWith('%}');

const compiled = new Map<string, jsonata.Expression>();

const resultOf = async (text: string, { states, variables, now }: Scope): Promise<unknown> => {
  const expression = compiled.get(text) ?? jsonata(text.slice(2, -2));
  compiled.set(text, expression);
  let value: unknown;
  try {
    value = await expression.evaluate(undefined, { ...variables, states, millis: now });
  } catch (cause) {
    throw new QueryEvaluationError(`${text}: ${reasonOf(cause)}`, { cause });
  }
  if (value === undefined) throw new QueryEvaluationError(`${text} has no value`);
  return plain(value);
};

/** JSONata throws plain objects. */
const reasonOf = (cause: unknown): string =>
  typeof cause === 'object' && cause !== null && 'message' in cause ? String(cause.message) : String(cause);

/** Sequences of JSONata carry hidden properties; what leaves an expression is JSON. */
const plain = (value: unknown): unknown =>
  value !== null && typeof value === 'object' ? (JSON.parse(JSON.stringify(value)) as unknown) : value;
