/** Test help: small machines, and Lambdas that do what a script says. */
import { type VirtualClock, virtualClock } from './clock.ts';
import type { Engine } from './execution.ts';
import { execute, type Report } from './interpreter.ts';
import type { Definition, LambdaTask, Retrier, State } from './states.ts';
import { type TaskTokens, taskTokens } from './tokens.ts';

/** What a Lambda does at one call. */
export type Act =
  | { readonly answers: unknown; readonly afterSeconds?: number }
  | { readonly throws: string; readonly message?: string };

/** What each Lambda does, call by call; the last act stays. */
export interface Script {
  readonly [functionName: string]: readonly Act[];
}

export const lambda = (FunctionName: string, over: Partial<LambdaTask> = {}): LambdaTask => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName, Payload: '{% $states.input %}' },
  TimeoutSeconds: 60,
  Output: '{% $states.result.Payload %}',
  Next: 'End',
  ...over,
});

export const retrying = (ErrorEquals: readonly string[], over: Partial<Retrier> = {}): Retrier => ({
  ErrorEquals,
  IntervalSeconds: 1,
  BackoffRate: 2,
  MaxAttempts: 2,
  MaxDelaySeconds: 60,
  JitterStrategy: 'FULL',
  ...over,
});

/** Goes to `Caught`, with the error's name as output. */
export const catching = (...ErrorEquals: string[]) => ({
  ErrorEquals,
  Output: { caught: '{% $states.errorOutput.Error %}' },
  Next: 'Caught',
});

const ENDS = { End: { Type: 'Succeed' }, Caught: { Type: 'Succeed' } } as const;

/** A machine that begins with `A` and ends at `End` or `Caught`. */
export const small = (States: { readonly [name: string]: State }, more: object = {}): Definition => ({
  StartAt: 'A',
  States: { ...States, ...ENDS },
  ...more,
});

export type Played = Report & {
  /** `A({"n":1})` */
  readonly calls: readonly string[];
  readonly seconds: number;
};

/** One execution, on a clock of its own. */
export const play = async (
  machine: Definition,
  { script = {}, input = {}, ...over }: Partial<Engine> & { script?: Script; input?: unknown } = {},
): Promise<Played> => {
  const clock = virtualClock();
  const began = clock.now();
  const calls: string[] = [];
  const report = await clock.run(
    execute(machine, { name: 'one', input }, { clock, invoke: acting(script, clock, calls), ...over }),
  );
  return { ...report, calls, seconds: (clock.now() - began) / 1000 };
};

const acting = (script: Script, clock: VirtualClock, calls: string[]): Engine['invoke'] => {
  const called = new Map<string, number>();
  return async (name, payload) => {
    const before = called.get(name) ?? 0;
    called.set(name, before + 1);
    calls.push(`${name}(${JSON.stringify(payload)})`);
    const acts = script[name] ?? [];
    const act = acts[Math.min(before, acts.length - 1)];
    if (act === undefined) throw new TypeError(`nothing says what ${name} does`);
    if ('throws' in act) throw Object.assign(new Error(act.message ?? 'as told'), { name: act.throws });
    if (act.afterSeconds !== undefined) await clock.sleep(act.afterSeconds * 1000);
    return act.answers;
  };
};

/** A queue whose reader answers each token as it is told: the n-th token by the n-th answer. */
export const answeredBy = (
  ...answers: readonly ((tokens: TaskTokens, token: string) => unknown)[]
): Pick<Engine, 'send' | 'tokens'> & { readonly sent: string[] } => {
  const tokens = taskTokens();
  const sent: string[] = [];
  return {
    tokens,
    sent,
    async send(_, body) {
      const { token } = body as { token: string };
      sent.push(token);
      answers[sent.length - 1]?.(tokens, token);
    },
  };
};
