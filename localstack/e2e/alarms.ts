import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { waitFor } from '../../shared/testing/index.ts';
import type { CityFile } from '../cloud/city.ts';
import { credentials } from './city.ts';

type City = Pick<CityFile, 'endpoint' | 'region'>;

/** Waits until an alarm of the city under test rings, by itself. */
export const rings = ({ endpoint, region }: City, alarm: string) => {
  const cloudwatch = new CloudWatchClient({ endpoint, region, credentials });
  return waitFor(
    async (seen) => {
      const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [alarm] }));
      seen(MetricAlarms.map(({ StateValue }) => StateValue));
      return MetricAlarms[0]?.StateValue === 'ALARM';
    },
    { what: `${alarm} to ring`, timeoutMs: 30_000, everyMs: 250 },
  );
};
