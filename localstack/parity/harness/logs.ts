import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  type FilteredLogEvent,
  PutLogEventsCommand,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Cloud } from './cloud.ts';

/** A log group with these streams. */
export const makeGroup = async (cloud: Cloud, ...streams: string[]): Promise<string> => {
  const logs = cloud.client(CloudWatchLogsClient);
  const logGroupName = cloud.name('group');
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  cloud.later(() => logs.send(new DeleteLogGroupCommand({ logGroupName })));
  for (const logStreamName of streams.length > 0 ? streams : [STREAM]) {
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  }
  return logGroupName;
};

/** The stream of a group that was asked for none. */
const STREAM = 'one';

/** Writes lines, at most 10,000, in the order of their times. */
export const writeTo = (cloud: Cloud, logGroupName: string, logStreamName: string, ...messages: string[]) =>
  cloud.client(CloudWatchLogsClient).send(
    new PutLogEventsCommand({
      logGroupName,
      logStreamName,
      logEvents: messages.map((message, n) => ({ timestamp: Date.now() + n, message })),
    }),
  );

export const write = (cloud: Cloud, logGroupName: string, ...messages: string[]) =>
  writeTo(cloud, logGroupName, STREAM, ...messages);

/** What a log group has, whatever wrote it; with a pattern, the lines that match it. */
export const readGroup = async (
  cloud: Cloud,
  logGroupName: string,
  filterPattern?: string,
): Promise<FilteredLogEvent[]> => {
  const pages = paginateFilterLogEvents(
    { client: cloud.client(CloudWatchLogsClient) },
    { logGroupName, ...(filterPattern ? { filterPattern } : {}) },
  );
  const events: FilteredLogEvent[] = [];
  for await (const page of pages) events.push(...(page.events ?? []));
  return events;
};
