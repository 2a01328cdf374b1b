import type { Results, Row } from './results.ts';
import type { Target } from './target.ts';

const COLUMNS: readonly (readonly [Target, string])[] = [
  ['local', 'local'],
  ['stock', 'stock'],
  ['localstack', 'LocalStack'],
  ['aws', 'AWS'],
];

const HEAD = `# What the local cloud does as AWS does

Each row is a behaviour of AWS with the page that states it, asked of a running cloud by the same test
([how](README.md)). \`local\` is the emulator as \`npm start\` runs it, \`stock\` the same without our corrections
(\`npm start -- --stock\`). ✓ passes; *differs* is followed by what was seen; *not run by us* is waiting for somebody
who has that cloud: \`npm run parity -- --endpoint localstack\`, or \`aws\`. ● marks what our code relies on: it stops the
build when \`local\` differs. † marks a page of which no copy could be read; what it states was read elsewhere.

This file is written by \`npm run parity\`.
`;

/** The table of all results, as Markdown. */
export const tableOf = (results: Results): string => {
  const services = Map.groupBy(results, ({ service }) => service);
  return [
    HEAD,
    summary(results),
    ...[...services].map(([service, rows]) => chapter(service, rows)),
    sources(results),
  ].join('\n');
};

/** What a page says of the results in numbers. */
export interface Counts {
  /** Behaviours that were asked for, and how many of them our code relies on. */
  readonly asked: number;
  readonly relied: number;
  readonly waiting: number;
  readonly targets: readonly {
    readonly name: string;
    readonly pass: number;
    readonly differ: number;
    readonly notRun: number;
  }[];
}

export const countsOf = (results: Results): Counts => {
  const asked = results.filter(({ waits }) => !waits);
  const targets = COLUMNS.map(([target, name]) => {
    const outcomes = asked.flatMap(({ outcomes }) => outcomes[target] ?? []);
    const pass = outcomes.filter(({ passes }) => passes).length;
    return { name, pass, differ: outcomes.length - pass, notRun: asked.length - outcomes.length };
  });
  const relied = asked.filter(({ reliedOn }) => reliedOn).length;
  return { asked: asked.length, relied, waiting: results.length - asked.length, targets };
};

const summary = (results: Results): string => {
  const { asked, relied, waiting, targets } = countsOf(results);
  const rows = targets.map(
    ({ name, pass, differ, notRun }) => `| ${name} | ${pass} | ${differ} | ${notRun} |`,
  );
  return `${asked} behaviours, ${relied} of which our code relies on; ${waiting} more wait for their first user.

| Target | pass | differ | not run |
|---|---|---|---|
${rows.join('\n')}
`;
};

const chapter = (service: string, rows: readonly Row[]): string => `## ${titleOf(service)}

| AWS | ${COLUMNS.map(([, name]) => name).join(' | ')} |
|---|${COLUMNS.map(() => '---|').join('')}
${rows.map(lineOf).join('\n')}
`;

const lineOf = (row: Row): string => {
  const link = `[${cell(row.sentence)}](${row.page.url})`;
  const marks = `${row.page.by ? ' †' : ''}${row.reliedOn ? ` ● ${cell(row.reliedOn)}` : ''}`;
  return `| ${link}${marks} | ${COLUMNS.map(([target]) => cellOf(row, target)).join(' | ')} |`;
};

const cellOf = ({ waits, outcomes }: Row, target: Target): string => {
  if (waits) return `waits for its first user: ${cell(waits)}`;
  const outcome = outcomes[target];
  if (!outcome) return target === 'local' || target === 'stock' ? 'not run' : 'not run by us';
  return outcome.passes ? '✓' : `differs: ${cell(outcome.seen)}`;
};

const sources = (results: Results): string => {
  const indirect = new Map(results.flatMap(({ page }) => (page.by ? [[page.url, page.by] as const] : [])));
  if (indirect.size === 0) return '';
  const lines = [...indirect].map(([url, by]) => `- <${url}>: ${by}`);
  return `## † Where it was read instead\n\n${lines.join('\n')}\n`;
};

/** Text in a cell: bars would end it, and angle brackets would be taken for HTML. */
const cell = (text: string): string =>
  text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('`', "'");

const NAMES: Readonly<Record<string, string>> = {
  'api-gateway': 'API Gateway',
  'api-gateway-limits': 'API Gateway limits',
  cloudformation: 'CloudFormation',
  'cloudwatch-alarms': 'CloudWatch alarms',
  dynamodb: 'DynamoDB',
  'dynamodb-items': 'DynamoDB items',
  'dynamodb-streams': 'DynamoDB streams',
  eventbridge: 'EventBridge',
  iam: 'IAM',
  lambda: 'Lambda',
  restart: 'After a restart',
  sns: 'SNS',
  sqs: 'SQS',
  'sqs-consumers': 'SQS as an event source',
  'step-functions': 'Step Functions: executions',
  'step-functions-errors': 'Step Functions: errors and retries',
  'step-functions-flow': 'Step Functions: tokens, Parallel and Map',
  'step-functions-jsonata': 'Step Functions: JSONata',
  websocket: 'WebSocket APIs',
};

const titleOf = (service: string): string =>
  NAMES[service] ?? `${service.slice(0, 1).toUpperCase()}${service.slice(1).replaceAll('-', ' ')}`;
