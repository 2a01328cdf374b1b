/** A machine as a picture: Mermaid, which GitHub and most editors draw where it stands. */
import type { Machine, State } from './asl.ts';

/** Of a Choice with more branches than this only those are drawn to which nothing else leads. */
const MOST_BRANCHES = 6;

/**
 * The flowchart of a machine: tasks with how often they are tried again, solid arrows for what comes next, dotted ones
 * for what is caught. A state whose comment begins with "The pivot" is marked as one.
 */
export const mermaidOf = ({ StartAt, States }: Machine): string => {
  const entries = Object.entries(States);
  const pivots = entries.filter(([, { Comment }]) => Comment?.startsWith('The pivot')).map(([name]) => name);
  return [
    'flowchart TD',
    `  start((" ")) --> ${StartAt}`,
    ...entries.map(([name, state]) => `  ${name}${shapeOf(name, state)}`),
    ...entries.flatMap(([name, state]) => edgesOf(name, state, States).map((edge) => `  ${edge}`)),
    ...(pivots.length > 0 ? ['  classDef pivot stroke-width:4px', `  class ${pivots.join(',')} pivot`] : []),
  ].join('\n');
};

const shapeOf = (name: string, state: State<string>): string => {
  if (state.Type === 'Choice') return `{"${name}"}`;
  if (state.Type === 'Succeed' || state.Type === 'Fail') return `(["${name}"])`;
  const tries = 'Retry' in state ? Math.max(0, ...(state.Retry ?? []).map((one) => one.MaxAttempts)) : 0;
  return tries > 0 ? `["${name}<br/>${tries} retries"]` : `["${name}"]`;
};

type States = Machine['States'];

const edgesOf = (name: string, state: State<string>, states: States): readonly string[] => {
  if (state.Type === 'Succeed' || state.Type === 'Fail') return [];
  if (state.Type === 'Choice') return branchesOf(name, state, states);
  return [
    `${name} --> ${state.Next}`,
    ...catchersOf(state).map(({ ErrorEquals, Next }) => `${name} -. "${ErrorEquals.join(', ')}" .-> ${Next}`),
  ];
};

const catchersOf = (state: State<string>) => ('Catch' in state ? (state.Catch ?? []) : []);

type Choice = Extract<State<string>, { Type: 'Choice' }>;

const branchesOf = (name: string, { Choices, Default }: Choice, states: States): readonly string[] => {
  const otherwise = `${name} -- "else" --> ${Default}`;
  const branch = ({ Condition, Next }: Choice['Choices'][number]) =>
    `${name} -- "${plain(Condition)}" --> ${Next}`;
  if (Choices.length <= MOST_BRANCHES) return [...Choices.map(branch), otherwise];
  const reached = reachedBeside(name, states);
  const drawn = Choices.filter(({ Next }) => !reached.has(Next));
  const others = Choices.length - drawn.length;
  return [
    ...drawn.map(branch),
    ...(others > 0 ? [`${name} -.- ${name}Others>"and to ${others} others, by name"]`] : []),
    otherwise,
  ];
};

/** The states to which something else than one choice leads. */
const reachedBeside = (choice: string, states: States): ReadonlySet<string> =>
  new Set(
    Object.entries(states).flatMap(([name, state]) => {
      if (name === choice || state.Type === 'Succeed' || state.Type === 'Fail') return [];
      if (state.Type === 'Choice') return [...state.Choices.map(({ Next }) => Next), state.Default];
      return [state.Next, ...catchersOf(state).map(({ Next }) => Next)];
    }),
  );

/** `{% $millis() > $deadline %}` → `$millis() > $deadline`, with nothing in it that Mermaid would read. */
const plain = (condition: string): string =>
  condition.replace(/^\{%\s*|\s*%\}$/g, '').replaceAll('"', '#quot;');

const BLOCK = /(<!-- diagram of (\S+), by npm run generate -->\n)[\s\S]*?(<!-- end of the diagram -->)/g;

/**
 * A page with the diagrams that it asks for drawn anew.
 * @throws {Error} it asks for a machine that there is not
 */
export const withDiagrams = (page: string, machines: { readonly [path: string]: Machine }): string =>
  page.replaceAll(BLOCK, (_, begin: string, path: string, end: string) => {
    const machine = machines[path];
    if (!machine) throw new Error(`there is no machine ${path} to draw`);
    return `${begin}\n\`\`\`mermaid\n${mermaidOf(machine)}\n\`\`\`\n\n${end}`;
  });
