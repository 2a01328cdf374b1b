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
  const elsewhere = (Next: string): string =>
    names.findLast((name) => name !== Next && name !== 'Park') ?? Next;
  const onwards: Changed[] =
    'Next' in state ? [['goes elsewhere', { ...state, Next: elsewhere(state.Next) }]] : [];
  switch (state.Type) {
    case 'Task':
      return [...onwards, ...taskMistakes(state, elsewhere)];
    case 'Choice':
      return choiceMistakes(state, elsewhere);
    case 'Pass':
      return onwards;
    case 'Succeed':
      return [['fails', { Type: 'Fail', Error: 'Failed', Cause: '' }]];
    case 'Fail':
      return [
        ['succeeds', { Type: 'Succeed' }],
        ['has another error', { ...state, Error: 'Another' }],
      ];
  }
};

type Task = Extract<State<string>, { readonly Type: 'Task' }>;

const taskMistakes = (task: Task, elsewhere: (next: string) => string): Changed[] => {
  const { Retry = [], Catch = [], Assign = {}, Arguments } = task;
  const { Retry: _, ...impatient } = task;
  const retrying = (change: (retrier: Retrier) => object) => ({
    ...task,
    Retry: Retry.map((retrier) => ({ ...retrier, ...change(retrier) })),
  });
  return [
    ...(Retry.length > 0
      ? ([
          ['is not retried', impatient],
          ['is retried once less', retrying(({ MaxAttempts }) => ({ MaxAttempts: MaxAttempts - 1 }))],
          ['is retried once more', retrying(({ MaxAttempts }) => ({ MaxAttempts: MaxAttempts + 1 }))],
          ['is retried whatever happens', retrying(() => ({ ErrorEquals: ['States.ALL'] }))],
        ] as const)
      : []),
    ...Catch.flatMap((catcher, n): Changed[] => [
      [`does not catch (${n + 1})`, { ...task, Catch: Catch.toSpliced(n, 1) }],
      [
        `catches to elsewhere (${n + 1})`,
        { ...task, Catch: Catch.with(n, { ...catcher, Next: elsewhere(catcher.Next) }) },
      ],
      [
        `catches time-outs alone (${n + 1})`,
        { ...task, Catch: Catch.with(n, { ...catcher, ErrorEquals: ['States.Timeout'] }) },
      ],
    ]),
    ...(Catch.length === 0
      ? [['catches', { ...task, Catch: [{ ErrorEquals: ['States.ALL'], Next: task.Next }] }] as const]
      : []),
    ...Object.keys(Assign).map(
      (variable): Changed => [
        `does not assign ${variable}`,
        { ...task, Assign: Object.fromEntries(Object.entries(Assign).filter(([name]) => name !== variable)) },
      ],
    ),
    ...(Arguments.Payload.includes("'error'")
      ? [
          [
            'does not tell why',
            {
              ...task,
              Arguments: { ...Arguments, Payload: Arguments.Payload.replace("'error'", "'other'") },
            },
          ] as const,
        ]
      : []),
    ['calls another Lambda', { ...task, Arguments: { ...Arguments, FunctionName: '$' + '{Another}' } }],
  ];
};

type Choice = Extract<State<string>, { readonly Type: 'Choice' }>;

const choiceMistakes = (choice: Choice, elsewhere: (next: string) => string): Changed[] => {
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
