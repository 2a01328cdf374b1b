import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { cityEventRoutes } from '../../functions/console/contract.city-events.ts';
import { correlationKey, TraceItem, type TraceRow } from '../../functions/platform/contract.ts';
import { linesIn, render, waterfall } from '../../functions/platform/domain/trace.ts';
import type { CityFile } from '../cloud/city.ts';
import { ACCOUNT } from '../cloud/environment.ts';
import { openStage } from '../story/stage.ts';

/** What was collected under a trace id. */
export interface Trace {
  readonly document: { readonly traceId: string; readonly spans: readonly TraceRow[] };
  /** The same for a person: one line a span, its log lines under it. */
  readonly lines: readonly string[];
}

export interface ReadTraceOptions {
  readonly city: CityFile;
  /**
   * A trace id, a traceparent, the id of what a machine drives (a payment), a correlation id, or the id of what events tell of
   * (an order).
   */
  readonly id: string;
}

/** Reads a trace as far as it has arrived; undefined when nothing has, or nobody knows the id. */
export const readTrace = async ({ city, id }: ReadTraceOptions): Promise<Trace | undefined> => {
  const traceId =
    traceIdIn(id) ??
    (await traceOfSaga(city, id)) ??
    (await traceOfCorrelation(city, id)) ??
    (await traceOfSubject(city, id));
  if (traceId === undefined) return undefined;
  const lines = linesIn(await itemsUnder(city, traceId));
  if (lines.length === 0) return undefined;
  return { document: { traceId, spans: waterfall(lines) }, lines: render(lines).split('\n') };
};

/** `4bf9…` or `00-4bf9…-…-01`. */
const traceIdIn = (text: string): string | undefined =>
  /^(?:00-)?([0-9a-f]{32})(?:-[0-9a-f]{16}-[0-9a-f]{2})?$/.exec(text)?.[1];

const connection = ({ endpoint, region }: CityFile) => ({ endpoint, region });

/** A saga's executions are called `<its id>.<n>`, and are started with its traceparent. */
const traceOfSaga = async (city: CityFile, id: string): Promise<string | undefined> => {
  const sfn = new SFNClient(connection(city));
  const machines = Object.values(city.systems).flatMap(({ machines }) => machines as readonly string[]);
  for (const machine of machines) {
    const executionArn = `arn:aws:states:${city.region}:${ACCOUNT}:execution:${machine}:${id}.1`;
    try {
      const { input = '{}' } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      const { traceparent } = JSON.parse(input) as { traceparent?: string };
      if (traceparent) return traceIdIn(traceparent);
    } catch (error) {
      if (!(error instanceof Error && /ExecutionDoesNotExist|InvalidArn/.test(error.name))) throw error;
    }
  }
  return undefined;
};

const traceOfCorrelation = async (city: CityFile, id: string): Promise<string | undefined> => {
  const [first] = await itemsUnder(city, correlationKey(id));
  return first && TraceItem.parse(first).sk;
};

/** What no machine drives is told of in events; they go out in the name of the first call. */
const traceOfSubject = async (city: CityFile, subject: string): Promise<string | undefined> => {
  if (!city.urls.identity || !city.urls.console) return undefined;
  const stage = openStage(city);
  const { listCityEvents } = stage.as(stage.operator, 'console', cityEventRoutes);
  const { body } = await listCityEvents({ query: { subject, limit: 100 } });
  return body.items.findLast(({ traceId }) => traceId !== undefined)?.traceId;
};

const itemsUnder = async (city: CityFile, pk: string): Promise<object[]> => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(connection(city)));
  const pages = paginateQuery(
    { client },
    {
      TableName: city.systems.platform?.outputs.TracesName ?? '',
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
    },
  );
  const items: object[] = [];
  for await (const { Items = [] } of pages) items.push(...Items);
  return items;
};
