/** Test help: a machine with one mistake, for each mistake that a hand can make in it. Its cases must find each. */
import type { Machine, Retrier, State } from './asl.ts';

type Mutant = readonly [what: string, machine: Machine];
type Changed = readonly [what: string, state: object];

export const mutantsOf = (machine: Machine): Mutant[] =>
  Object.entries<State<string>>(machine.States).flatMap(([name, state]) =>
    mistakesIn(state, Object.keys(machine.States)).map(([what, changed]): Mutant => {
      const States = { ...machine.States, [name]: changed } as Machine['States'];
      return [`${name} ${what}`, { ...machine, States }];
    }),
  );

const mistakesIn = (state: State<string>, names: readonly string[]): Changed[] => {
  const elsewhere: Elsewhere = (Next) => names.findLast((name) => name !== Next && name !== 'Park') ?? Next;
  switch (state.Type) {
    case 'Choice':
      return choiceMistakes(state, elsewhere);
    case 'Succeed':
      return [['fails', { Type: 'Fail', Error: 'Failed', Cause: '' }]];
    case 'Fail':
      return [
        ['succeeds', { Type: 'Succeed' }],
        ['has another error', { ...state, Error: 'Another' }],
      ];
    case 'Pass':
    case 'Wait':
      return onwardMistakes(state, elsewhere);
    default:
      return [
        ...onwardMistakes(state, elsewhere),
        ...retryMistakes(state),
        ...catchMistakes(state, elsewhere),
        ...lambdaMistakes(state),
      ];
  }
};

/** Another state than this one. */
type Elsewhere = (next: string) => string;
type Onward = Extract<State<string>, { readonly Next: string }>;
type Guarded = Exclude<Onward, { readonly Type: 'Pass' | 'Wait' }>;

const onwardMistakes = (state: Onward, elsewhere: Elsewhere): Changed[] => [
  ['goes elsewhere', { ...state, Next: elsewhere(state.Next) }],
  ...Object.keys(state.Assign ?? {}).map((variable): Changed => {
    const { [variable]: _, ...Assign } = state.Assign ?? {};
    return [`does not assign ${variable}`, { ...state, Assign }];
  }),
];

const retryMistakes = (state: Guarded): Changed[] => {
  const { Retry, ...impatient } = state;
  if (Retry === undefined) return [];
  const retrying = (change: (retrier: Retrier) => object) => ({
    ...state,
    Retry: Retry.map((retrier) => ({ ...retrier, ...change(retrier) })),
  });
  return [
    ['is not retried', impatient],
    ['is retried once less', retrying(({ MaxAttempts }) => ({ MaxAttempts: MaxAttempts - 1 }))],
    ['is retried once more', retrying(({ MaxAttempts }) => ({ MaxAttempts: MaxAttempts + 1 }))],
    ['is retried whatever happens', retrying(() => ({ ErrorEquals: ['States.ALL'] }))],
  ];
};

const catchMistakes = (state: Guarded, elsewhere: Elsewhere): Changed[] => {
  const { Catch = [], Next } = state;
  if (Catch.length === 0) return [['catches', { ...state, Catch: [{ ErrorEquals: ['States.ALL'], Next }] }]];
  return Catch.flatMap((catcher, n): Changed[] => [
    [`has no catcher ${n + 1}`, { ...state, Catch: Catch.toSpliced(n, 1) }],
    [
      `catches to elsewhere (${n + 1})`,
      { ...state, Catch: Catch.with(n, { ...catcher, Next: elsewhere(catcher.Next) }) },
    ],
    [
      `catches time-outs alone (${n + 1})`,
      { ...state, Catch: Catch.with(n, { ...catcher, ErrorEquals: ['States.Timeout'] }) },
    ],
  ]);
};

const lambdaMistakes = (state: Guarded): Changed[] => {
  if (state.Type !== 'Task' || !('FunctionName' in state.Arguments)) return [];
  const { Arguments } = state;
  const called = (over: object): object => ({ ...state, Arguments: { ...Arguments, ...over } });
  const another: Changed = ['calls another Lambda', called({ FunctionName: '$' + '{Another}' })];
  const Payload = Arguments.Payload.replace("'error'", "'other'");
  return Payload === Arguments.Payload ? [another] : [another, ['does not tell why', called({ Payload })]];
};

type Choice = Extract<State<string>, { readonly Type: 'Choice' }>;

const choiceMistakes = (choice: Choice, elsewhere: Elsewhere): Changed[] => {
  const { Choices, Default } = choice;
  const withRule = (n: number, over: object) => ({
    ...choice,
    Choices: Choices.map((rule, m) => (m === n ? { ...rule, ...over } : rule)),
  });
  return [
    ['has another Default', { ...choice, Default: elsewhere(Default) }],
    ...Choices.flatMap(({ Condition, Next, Output }, n): Changed[] => [
      [`has no rule ${n + 1}`, { ...choice, Choices: Choices.toSpliced(n, 1) }],
      [`goes elsewhere by rule ${n + 1}`, withRule(n, { Next: elsewhere(Next) })],
      [
        `has the opposite of rule ${n + 1}`,
        withRule(n, { Condition: `{% $not(${Condition.slice(2, -2)}) %}` }),
      ],
      ...(Output === undefined
        ? []
        : [[`has no Output in rule ${n + 1}`, withRule(n, { Output: {} })] as const]),
    ]),
  ];
};
