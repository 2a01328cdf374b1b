import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient, env } from '../../../shared/aws/index.ts';
import { ArmedFault, type FaultToArm, faultKey, LOOK_EVERY_MS } from '../../../shared/faults/index.ts';
import { mark, unmarkAll } from '../../../shared/faults/marks.ts';
import { type Ids, newId, uuidV7 } from '../../../shared/ids/index.ts';

/** A fault that nobody disarmed is forgotten after so long. */
const KEEP_SECONDS = 60 * 60;

export interface Faults {
  /** Active once every worker has looked again, which takes half a second. */
  arm(fault: FaultToArm): Promise<ArmedFault>;
  /** Those that have calls left: a handful at most, in a table of nothing else. */
  list(): Promise<ArmedFault[]>;
  disarm(): Promise<void>;
}

export interface FaultsPorts {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
  readonly now: () => Date;
  readonly ids: Ids;
}

export const faults = ({ client, table, now, ids }: FaultsPorts): Faults => {
  const all = async (): Promise<ArmedFault[]> => {
    const { Items = [] } = await client.send(new ScanCommand({ TableName: table, ConsistentRead: true }));
    return Items.map((item) => ArmedFault.parse(item));
  };
  return {
    async arm({ times, ...fault }) {
      const at = now().getTime();
      const armed: ArmedFault = {
        ...fault,
        id: newId('fault', ids),
        timesLeft: times,
        activeFrom: new Date(at + LOOK_EVERY_MS).toISOString(),
      };
      const expiresAt = Math.floor(at / 1000) + KEEP_SECONDS;
      await client.send(
        new PutCommand({
          TableName: table,
          Item: { ...faultKey(armed.function, armed.id), ...armed, expiresAt },
        }),
      );
      mark(armed.function);
      return armed;
    },
    list: async () => (await all()).filter(({ timesLeft }) => timesLeft > 0),
    async disarm() {
      // First: what is armed meanwhile is found below, or marked after this.
      unmarkAll();
      for (const fault of await all()) {
        await client.send(new DeleteCommand({ TableName: table, Key: faultKey(fault.function, fault.id) }));
      }
    },
  };
};

export const faultsPort = (): Faults =>
  faults({ client: documentClient(), table: env('FAULTS_TABLE'), now: () => new Date(), ids: uuidV7 });
