import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { waitFor } from '../../shared/testing/index.ts';
import type { CityFile } from '../cloud/city.ts';
import { credentials } from './city.ts';

type City = Pick<CityFile, 'endpoint' | 'region'>;

/** Waits until an alarm of the city under test rings, by itself. */
export const rings = (city: City, alarm: string) => becomes(city, alarm, 'ALARM', 30_000);

/** Waits until an alarm is over, by itself: a minute after what it rang for, where its period is one. */
export const isOver = (city: City, alarm: string) => becomes(city, alarm, 'OK', 100_000);

const becomes = ({ endpoint, region }: City, alarm: string, state: 'ALARM' | 'OK', timeoutMs: number) => {
  const cloudwatch = new CloudWatchClient({ endpoint, region, credentials });
  return waitFor(
    async (seen) => {
      const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [alarm] }));
      seen(MetricAlarms.map(({ StateValue }) => StateValue));
      return MetricAlarms[0]?.StateValue === state;
    },
    { what: `${alarm} to be ${state}`, timeoutMs, everyMs: 250 },
  );
};
