/** Holds back what follows from bookings: their events stay in the outbox for a while. */
import {
  GetEventSourceMappingCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { waitFor } from '../../shared/testing/index.ts';
import type { Place } from '../baseline/deployment.ts';

const RELAY = 'irctc-booking-relay-outbox';

/** Works while the relay of the outbox stands still; it goes on afterwards, with all that it has missed. */
export const whileHeld = async <T>({ endpoint, region }: Place, work: () => Promise<T>): Promise<T> => {
  const client = new LambdaClient({ endpoint, region });
  const { EventSourceMappings: [mapping] = [] } = await client.send(
    new ListEventSourceMappingsCommand({ FunctionName: RELAY }),
  );
  const { UUID } = mapping ?? {};
  if (UUID === undefined) throw new Error(`${RELAY} has no stream`);
  const runs = async (Enabled: boolean) => {
    await client.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
    const wanted = Enabled ? 'Enabled' : 'Disabled';
    await waitFor(
      async () => (await client.send(new GetEventSourceMappingCommand({ UUID }))).State === wanted,
      {
        ...{ what: `${RELAY} to be ${wanted}`, timeoutMs: 60_000, everyMs: 100 },
      },
    );
  };
  await runs(false);
  try {
    return await work();
  } finally {
    await runs(true);
  }
};
