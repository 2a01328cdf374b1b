/**
 * The JSONata of a state, evaluated by the library itself as Step Functions does: `{% … %}` in any text, at any depth.
 * Version 2.0.6 is the one whose language is that of AWS; later ones know operators that AWS refuses.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
import jsonata from 'jsonata';
import { StateError } from './errors.ts';

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
  /** `$millis()` and `$now()`: milliseconds since 1970, by the clock of the test. */
  readonly now: () => number;
}

/**
 * The value of a field of a state: texts that are expressions are evaluated, everything else is as it stands.
 * @throws {StateError} States.QueryEvaluationError: an expression failed, or has no value
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

/** An expression, and what its value depends on. */
interface Compiled {
  readonly expression: jsonata.Expression;
  /** Names behind a `$`: variables, `states`, functions. */
  readonly reads: ReadonlySet<string>;
  /** Not on the time and not on chance: with the same values it is the same. */
  readonly steady: boolean;
  /** Its values so far, as JSON, by what it read. */
  readonly known: Map<string, string>;
}

const compiled = new Map<string, Compiled>();
/** A machine in a test meets the same few values over and over; a test that does not shall not fill the memory. */
const MOST_KNOWN = 1_000;

const compile = (text: string): Compiled => {
  const before = compiled.get(text);
  if (before !== undefined) return before;
  const reads = new Set(Array.from(text.matchAll(/\$([A-Za-z_]\w*)/g), ([, name = '']) => name));
  const steady = !['millis', 'now', 'random'].some((name) => reads.has(name));
  const made = { expression: jsonata(text.slice(2, -2)), reads, steady, known: new Map<string, string>() };
  compiled.set(text, made);
  return made;
};

const resultOf = async (text: string, scope: Scope): Promise<unknown> => {
  const found = compile(text);
  if (!found.steady) return JSON.parse(await jsonOf(text, found, scope));
  const { reads, known } = found;
  const read = Object.entries(scope.variables).filter(([name]) => reads.has(name));
  const key = JSON.stringify([read, reads.has('states') ? scope.states : null]);
  const before = known.get(key);
  if (before !== undefined) return JSON.parse(before);
  const value = await jsonOf(text, found, scope);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, value);
  return JSON.parse(value);
};

/** As JSON: the library's sequences carry hidden properties, and none of them leaves here. */
const jsonOf = async (text: string, { expression }: Compiled, scope: Scope): Promise<string> => {
  const { states, variables, now } = scope;
  let value: unknown;
  try {
    value = await expression.evaluate(undefined, {
      ...variables,
      states,
      millis: now,
      now: () => new Date(now()).toISOString(),
      // Step Functions has $parse in place of $eval.
      parse: (json: string): unknown => JSON.parse(json),
      eval: undefined,
    });
  } catch (caught) {
    throw new StateError('States.QueryEvaluationError', `${text}: ${reasonOf(caught)}`);
  }
  if (value === undefined) throw new StateError('States.QueryEvaluationError', `${text} has no value`);
  return JSON.stringify(value);
};

/** JSONata throws plain objects. */
const reasonOf = (caught: unknown): string =>
  typeof caught === 'object' && caught !== null && 'message' in caught
    ? String(caught.message)
    : String(caught);
