/** One attempt of a Task. */
import { TOO_LATE } from './clock.ts';
import { EngineKilled, fromLambda, fromQueue, ofAllowedSize, StateError } from './errors.ts';
import { scopeOf, type Visit } from './execution.ts';
import { evaluated } from './expression.ts';
import type { LambdaTask, TokenTask } from './states.ts';
import type { TaskTokens } from './tokens.ts';

/**
 * What the task answers. Who is too late works on, and nobody hears it.
 *
 * @throws {StateError} what the task reports; States.Timeout after TimeoutSeconds
 * @throws {EngineKilled} the task said so
 */
export const attemptTask = async (
  visit: Visit<LambdaTask | TokenTask>,
  retryCount: number,
): Promise<unknown> => {
  const { state, name, frame } = visit;
  const { clock, tokens } = frame.engine;
  const token = state.Resource === 'arn:aws:states:::lambda:invoke' ? undefined : tokens?.issue();
  const work =
    state.Resource === 'arn:aws:states:::lambda:invoke'
      ? callLambda(visit, state.Arguments, retryCount)
      : askByToken(visit, state.Arguments, retryCount, token);
  try {
    const result = await clock.within(state.TimeoutSeconds * 1000, work);
    if (result === TOO_LATE) throw new StateError('States.Timeout', `${name} took too long`);
    return ofAllowedSize(result, `the result of ${name}`);
  } finally {
    token?.close();
  }
};

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html */
const callLambda = async (
  visit: Visit,
  { FunctionName, Payload }: LambdaTask['Arguments'],
  retryCount: number,
): Promise<unknown> => {
  const payload = ofAllowedSize(
    await evaluated(Payload, scopeOf(visit, { retryCount })),
    `what ${visit.name} sends`,
  );
  try {
    const answer = await visit.frame.engine.invoke(FunctionName, payload);
    return { ExecutedVersion: '$LATEST', Payload: asJson(answer), StatusCode: 200 };
  } catch (thrown) {
    throw thrown instanceof EngineKilled || thrown instanceof StateError ? thrown : fromLambda(thrown);
  }
};

/**
 * Each attempt has a token of its own.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token
 */
const askByToken = async (
  visit: Visit,
  { QueueUrl, MessageBody }: TokenTask['Arguments'],
  retryCount: number,
  issued: ReturnType<TaskTokens['issue']> | undefined,
): Promise<unknown> => {
  const { send } = visit.frame.engine;
  if (!send || !issued) throw new StateError('States.Runtime', `${visit.name} finds no queue`);
  // It may fail after its time is over, when nobody listens.
  issued.answer.catch(() => undefined);
  const body = await evaluated(MessageBody, scopeOf(visit, { retryCount, token: issued.token }));
  const message = ofAllowedSize(body, `what ${visit.name} sends`);
  try {
    await send(QueueUrl, message);
  } catch (thrown) {
    throw thrown instanceof EngineKilled || thrown instanceof StateError ? thrown : fromQueue(thrown);
  }
  return asJson(await issued.answer);
};

/** As it arrives on the other side. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null)) as unknown;
