import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient, env } from '../../../shared/aws/index.ts';
import { RECENT_SHARDS, recentKey, TraceEntry, type TraceSummary } from '../contract.ts';
import { leadsTo, listed, oldestOfEach, type TraceQuestion } from '../domain/trace-list.ts';
import { type TraceReader, traceReader } from './read-traces.ts';

/** A look reads so many entries of each partition, so many times at most for one page. */
const ENTRIES = 100;
const LOOKS = 4;
/** For one page so many traces are read at most, so many at a time. */
const TRACES = 100;
const AT_ONCE = 10;

export interface TraceList {
  /** Newest first, those behind a cursor. */
  page(
    question: TraceQuestion & { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<{ readonly items: readonly TraceSummary[]; readonly next?: string }>;
}

export const traceList = (
  client: Pick<DynamoDBDocumentClient, 'send'>,
  table: string,
  traces: TraceReader,
): TraceList => {
  const shardBefore = async (shard: number, cursor: string | undefined) => {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: `pk = :pk${cursor === undefined ? '' : ' AND sk < :cursor'}`,
        ExpressionAttributeValues: {
          ':pk': recentKey(shard),
          ...(cursor === undefined ? {} : { ':cursor': cursor }),
        },
        ScanIndexForward: false,
        Limit: ENTRIES,
      }),
    );
    const entries = Items.map((item) => TraceEntry.parse(item));
    return { entries, more: LastEvaluatedKey !== undefined };
  };

  /** All entries behind the cursor down to where the first partition was not read further. */
  const entriesBefore = async (cursor: string | undefined) => {
    const shards = await Promise.all(
      Array.from({ length: RECENT_SHARDS }, (_, shard) => shardBefore(shard, cursor)),
    );
    const ends = shards.flatMap(({ entries, more }) => (more ? (entries.at(-1)?.sk ?? []) : []));
    const end = ends.toSorted().at(-1);
    const entries = shards.flatMap((shard) => shard.entries);
    return { entries: entries.filter(({ sk }) => end === undefined || sk >= end), end };
  };

  return {
    async page({ cursor, limit, ...question }) {
      const items: TraceSummary[] = [];
      let from = cursor;
      let read = 0;
      for (let look = 0; look < LOOKS; look += 1) {
        const { entries, end } = await entriesBefore(from);
        const leads = oldestOfEach(entries.filter(leadsTo(question)));
        for (let first = 0; first < leads.length; first += AT_ONCE) {
          const some = leads.slice(first, first + AT_ONCE);
          const found = await Promise.all(
            some.map(async (entry) => listed(entry, (await traces.read(entry.traceId, 1)).items, question)),
          );
          for (const [index, summary] of found.entries()) {
            if (summary) items.push(summary);
            read += 1;
            if (items.length === limit || read === TRACES) return { items, next: some[index]?.sk ?? '' };
          }
        }
        if (end === undefined) return { items };
        from = end;
      }
      return { items, ...(from === undefined ? {} : { next: from }) };
    },
  };
};

export interface TraceListPorts {
  readonly list: TraceList;
}

export const traceListPorts = (): TraceListPorts => {
  const [client, table] = [documentClient(), env('TRACES_TABLE')];
  return { list: traceList(client, table, traceReader(client, table)) };
};
