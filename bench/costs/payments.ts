/** Payments against a running city, and what each kind of them asked of AWS. */
import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { GetExecutionHistoryCommand, type HistoryEvent, SFNClient } from '@aws-sdk/client-sfn';
import { routes as sagaRoutes } from '../../functions/paytm-saga/contract.ts';
import { routes as bankRoutes, OperationKey } from '../../functions/sandbox-bank/contract.ts';
import type { CityFile } from '../../localstack/cloud/city.ts';
import { ACCOUNT } from '../../localstack/cloud/environment.ts';
import { castOf, type Order, type Person, pay } from '../../localstack/story/cast.ts';
import { openStage } from '../../localstack/story/stage.ts';
import { waitFor } from '../../shared/testing/index.ts';
import { openDoor } from './door.ts';
import type { Kind, KindUse, PaymentUse } from './measured.ts';

/** What runs each minute whatever is paid, and what serves only who looks. */
const NOT_OF_A_PAYMENT = /-(sweep|sweep-outbox|openapi)$|-(get|list|create|change|resume|top-up)-/;
/** Keeps what every function says of itself, for `dabba trace`; its share is told apart. */
const TRACES = 'platform-collect-spans';
/** Asks once a minute who a caller is. */
const AUTHORIZER = 'platform-authorizer';
const MACHINE = 'paytm-saga-payment';
/** What CloudWatch adds to each line of a log. */
const LINE_BYTES = 26;

type Outcome = { readonly [K in Kind]: KindUse };

/** Plays so many payments of each kind; the functions go back to their own addresses at the end. */
export const measurePayments = async (
  city: CityFile,
  count: number,
): Promise<{ kinds: Outcome; memory: number }> => {
  const aws = { endpoint: city.endpoint, region: city.region };
  const [lambda, sfn, logs] = [new LambdaClient(aws), new SFNClient(aws), new CloudWatchLogsClient(aws)];
  const functions = [...functionsOf(city).filter((name) => !NOT_OF_A_PAYMENT.test(name)), AUTHORIZER];
  const doors = { payment: await openDoor(aws), traces: await openDoor(aws) };
  const before = new Map<string, Record<string, string>>();
  let memory = 0;

  const redirect = async (FunctionName: string, door: { readonly address: string }): Promise<void> => {
    const found = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const own = { ...found.Environment?.Variables };
    memory = Math.max(memory, found.MemorySize ?? 0);
    before.set(FunctionName, own);
    // On AWS no function asks for armed faults.
    const { FAULTS_TABLE: _, ...others } = own;
    const Variables = { ...others, AWS_ENDPOINT_URL_DYNAMODB: door.address };
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  };

  const stage = openStage(city);
  const run = `costs-${Date.now()}`;
  const cast = castOf(stage, run);
  const operator = stage.as(stage.operator, 'paytm-saga', sagaRoutes);
  const bank = stage.as(stage.operator, 'sandbox-bank', bankRoutes);
  const merchant = await cast.merchant('stall');
  let references = 0;

  /** Follows a payment by its execution: looking through the door would be part of the bill. */
  const historyOf = async (id: string) => {
    const executionArn = `arn:aws:states:${city.region}:${ACCOUNT}:execution:${MACHINE}:${id}.1`;
    return waitFor(
      async () => {
        const { events = [] } = await sfn.send(
          new GetExecutionHistoryCommand({ executionArn, maxResults: 1_000 }),
        );
        return events.at(-1)?.type?.startsWith('Execution') && events.length > 1 && events;
      },
      { what: `the execution of ${id} to end`, timeoutMs: 120_000, everyMs: 250 },
    );
  };
  const start = async (payer: Person, order: Partial<Order> = {}) => {
    references += 1;
    const { id } = await pay(payer, { reference: `P${references}`, merchant, amount: 100, ...order });
    return id;
  };
  const approved = async (payer: Person) => {
    const id = await start(payer, { upi: { flow: 'qr' } });
    const call = { path: { key: OperationKey.parse(id) }, body: { decision: 'approve' } } as const;
    // A payer takes a moment: the machine waits by then.
    await waitFor(() => waitsFor(sfn, city, id), { what: `${id} to wait`, timeoutMs: 60_000 });
    await bank.answerRequest(call);
    return id;
  };
  /** Its merchant is frozen while the bank is away, and it is turned back at the pivot. */
  const compensated = async (payer: Person) => {
    const frozen = await cast.merchant(`frozen-${references}`);
    const id = await start(payer, { merchant: frozen, upi: { flow: 'qr' } });
    await waitFor(() => waitsFor(sfn, city, id), { what: `${id} to wait`, timeoutMs: 60_000 });
    await operator.changeMerchant({ path: { merchantId: frozen }, body: { settlement: 'frozen' } });
    await bank.answerRequest({ path: { key: OperationKey.parse(id) }, body: { decision: 'approve' } });
    return id;
  };

  /** What was asked since then by some functions, for each of so many payments. */
  const useOf = async (part: keyof typeof doors, from: number, times: number): Promise<PaymentUse> => {
    const { reads, writes } = doors[part].taken();
    const names = part === 'traces' ? [TRACES] : functions;
    const logged = await Promise.all(names.map((name) => logOf(logs, name, from)));
    const sum = (of: (log: Log) => number) => logged.reduce((total, log) => total + of(log), 0) / times;
    return {
      transitions: 0,
      invocations: sum(({ ms }) => ms.length),
      lambdaMs: sum(({ ms }) => median(ms) * ms.length),
      writes: writes / times,
      reads: reads / times,
      events: sum(({ sent }) => sent),
      messages: sum(({ received }) => received),
      logBytes: sum(({ bytes }) => bytes),
    };
  };

  /** Everything of a kind, from the first start to the last line of its traces. */
  const measured = async (payer: Person, one: (payer: Person) => Promise<string>) => {
    await quiet();
    for (const door of Object.values(doors)) door.taken();
    const from = Date.now();
    let transitions = 0;
    for (let n = 0; n < count; n += 1) transitions += transitionsIn(await historyOf(await one(payer)));
    await quiet();
    const payment = await useOf('payment', from, count);
    return {
      payment: { ...payment, transitions: transitions / count },
      traces: await useOf('traces', from, count),
    };
  };
  const quiet = () => Promise.all(Object.values(doors).map((door) => door.quiet()));

  try {
    for (const name of functions) await redirect(name, doors.payment);
    await redirect(TRACES, doors.traces);
    const byHand = async (name: string) => {
      const person = await cast.person(name);
      await bank.changeAccount({ path: { id: person.account }, body: { approvals: 'by_hand' } });
      return person;
    };
    const plain = await cast.person('at-once', { wallet: 10_000 });
    const [careful, unlucky] = [await byHand('approved'), await byHand('compensated')];
    const wallet = (payer: Person) => start(payer, { method: 'paytm_wallet' });
    // One of each before: starting a worker is not what is measured.
    for (const warm of [
      () => start(plain),
      () => wallet(plain),
      () => approved(careful),
      () => compensated(unlucky),
    ])
      await historyOf(await warm());
    const kinds = {
      at_once: await measured(plain, start),
      approved: await measured(careful, approved),
      wallet: await measured(plain, wallet),
      compensated: await measured(unlucky, compensated),
    };
    return { kinds, memory };
  } finally {
    for (const [FunctionName, Variables] of before)
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
    for (const door of Object.values(doors)) await door.close();
  }
};

const functionsOf = ({ systems }: CityFile): readonly string[] =>
  (systems['paytm-saga']?.functions as readonly string[] | undefined) ?? [];

/** Whether the execution of a payment has come to `AwaitBank`. */
const waitsFor = async (sfn: SFNClient, city: CityFile, id: string): Promise<boolean> => {
  const executionArn = `arn:aws:states:${city.region}:${ACCOUNT}:execution:${MACHINE}:${id}.1`;
  const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1_000 }));
  return events.some(({ stateEnteredEventDetails: entered }) => entered?.name === 'AwaitBank');
};

/** States entered, and tasks that were tried again. */
const transitionsIn = (events: readonly HistoryEvent[]): number => {
  const count = (like: RegExp) => events.filter(({ type = '' }) => like.test(type)).length;
  return count(/StateEntered$/) + count(/^TaskScheduled$/) - count(/^TaskStateEntered$/);
};

/** What a function logged. */
interface Log {
  /** The billed time of each invocation. */
  readonly ms: readonly number[];
  readonly bytes: number;
  /** Messages that it took from its queue. */
  readonly received: number;
  /** Events that it put on the bus. */
  readonly sent: number;
}

const logOf = async (client: CloudWatchLogsClient, name: string, startTime: number): Promise<Log> => {
  const ms: number[] = [];
  let [bytes, received, sent] = [0, 0, 0];
  const pages = paginateFilterLogEvents({ client }, { logGroupName: `/aws/lambda/${name}`, startTime });
  for await (const { events = [] } of pages) {
    for (const { message = '' } of events) {
      bytes += Buffer.byteLength(message) + LINE_BYTES;
      const billed = /^REPORT .*Billed Duration: (\d+) ms/.exec(message)?.[1];
      if (billed !== undefined) ms.push(Number(billed));
      const span = /^\{"_span":.*?"name":"([^"]+)"/.exec(message)?.[1] ?? '';
      if (span.endsWith(' sent')) sent += 1;
      if (span.endsWith(' message')) received += 1;
    }
  }
  return { ms, bytes, received, sent };
};

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};
