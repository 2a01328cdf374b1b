/** What goes wrong in an execution, by the names that Step Functions has for it. */

/** An error that a state reports: Retry and Catch know it by its name. */
export class StateError extends Error {
  /** `Cause` of the error output: for a Lambda's error it is JSON, as Lambda tells it. */
  readonly why: string;

  constructor(name: string, why = '') {
    super(`${name}: ${why}`);
    this.name = name;
    this.why = why;
  }
}

/** The engine itself dies here. No Retry and no Catch sees it: the execution just has no end. */
export class EngineKilled extends Error {
  override readonly name = 'EngineKilled';
}

/** A part of an execution that would go on after its end: nobody hears it. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** States.ALL does not know them. */
const TERMINAL: ReadonlySet<string> = new Set(['States.DataLimitExceeded', 'States.Runtime']);

/**
 * Whether an `ErrorEquals` speaks of an error: by its name; States.ALL speaks of all but the terminal ones, and
 * States.TaskFailed of all of these but a time-out.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-error-representation
 */
export const isAmong = (names: readonly string[], error: string): boolean =>
  names.some(
    (name) =>
      name === error ||
      (name === 'States.ALL' && !TERMINAL.has(error)) ||
      (name === 'States.TaskFailed' && !TERMINAL.has(error) && error !== 'States.Timeout'),
  );

/** What a Lambda threw, as the state reports it. */
export const fromLambda = (thrown: unknown): StateError => {
  const { name, message } = thrown instanceof Error ? thrown : new Error(String(thrown));
  return new StateError(name, JSON.stringify({ errorMessage: message, errorType: name, trace: [] }));
};

/** A message that could not be sent; errors of an integration begin with its service's name. */
export const fromQueue = (thrown: unknown): StateError =>
  new StateError('SQS.SdkClientException', thrown instanceof Error ? thrown.message : String(thrown));

/** 256 KiB of JSON may pass from state to state, to a task and back. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const LARGEST = 262_144;

/** @throws {StateError} States.DataLimitExceeded */
export const ofAllowedSize = (value: unknown, where: string): unknown => {
  // A character is a byte at least: only what is near the limit is measured in bytes.
  const text = JSON.stringify(value) ?? '';
  if (text.length * 3 > LARGEST && Buffer.byteLength(text) > LARGEST) {
    throw new StateError('States.DataLimitExceeded', `${where} is larger than ${LARGEST} bytes`);
  }
  return value;
};
