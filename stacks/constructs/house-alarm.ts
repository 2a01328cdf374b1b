import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { SystemStack } from './system-stack.ts';

export interface HouseAlarmProps {
  /** Its name in CloudWatch, begun by the system's. */
  readonly name: string;
  /** What is wrong, then what to do. */
  readonly description: string;
  readonly metric: IMetric;
  /** It is raised at this value and above. */
  readonly threshold: number;
  /** Periods of the metric, one after the other. @default 1 */
  readonly periods?: number;
}

/** An alarm that somebody can act on; silence of its metric is no alarm. */
export const houseAlarm = (
  scope: Construct,
  id: string,
  stack: SystemStack,
  { name, description, metric, threshold, periods = 1 }: HouseAlarmProps,
): void => {
  new Alarm(scope, id, {
    alarmName: name,
    alarmDescription: description,
    metric,
    threshold,
    evaluationPeriods: periods,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  stack.manifest.entry.alarms.push(name);
};
