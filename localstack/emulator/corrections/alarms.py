"""Alarms look at their own metric, by themselves, and come back to OK.

AWS: an alarm watches one metric of one set of dimensions. It rings when M of the last N periods breach; periods without
data are filled as TreatMissingData says, and only as many as are needed. It is evaluated all the time.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html

MiniStack 1.5.33: takes the data of every set of dimensions, knows neither DatapointsToAlarm nor TreatMissingData, and
looks only when somebody calls PutMetricData: an alarm stays in ALARM.

Here: as AWS, every two seconds. Periods end now and slide, where AWS begins them on full minutes, so that a test waits
for one look. Alarms on expressions and anomaly bands stay as they are (INSUFFICIENT_DATA).

Upstream issue: "CloudWatch alarms ignore Dimensions, DatapointsToAlarm and TreatMissingData, and are evaluated only on
PutMetricData. _evaluate_alarm pools the points of every bucket with the namespace and name; it should take the bucket of
the alarm's dimensions, one statistic for each period, and run on a timer, so that an alarm without data changes too."

Parity:
- "An alarm rings when its metric crosses the threshold, is OK again when it no longer does, and tells a topic both times"
- "An alarm looks only at data with its dimensions"
- "An alarm over two of three periods does not ring for one"
- "Missing data breaches, is fine, or is not enough to say, as the alarm has it"
"""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from common import every, tenant
from ministack.services import cloudwatch
from seam import replace

LOOK_SECONDS = 2.0
# AWS looks further back than N periods for real data, by a number that it does not publish.
EXTRA_PERIODS = 2
# Points come nearly in the order of their time; after so many too old ones in a row there are no more.
OLD_IN_A_ROW = 500

BREACHES: dict[str, Callable[[float, float], bool]] = {
    "GreaterThanOrEqualToThreshold": lambda value, threshold: value >= threshold,
    "GreaterThanThreshold": lambda value, threshold: value > threshold,
    "LessThanThreshold": lambda value, threshold: value < threshold,
    "LessThanOrEqualToThreshold": lambda value, threshold: value <= threshold,
}


@replace(cloudwatch, "_evaluate_alarm")
def evaluate(_original: Any, alarm: dict) -> None:
    breaches = BREACHES.get(alarm.get("ComparisonOperator", ""))
    if not (breaches and alarm.get("Namespace") and alarm.get("MetricName")):
        return
    periods = alarm.get("EvaluationPeriods", 1)
    threshold = alarm.get("Threshold", 0)
    values = [value for value in _statistics(alarm, periods + EXTRA_PERIODS) if value is not None][:periods]
    to_alarm, missing = alarm.get("DatapointsToAlarm") or periods, alarm.get("TreatMissingData") or "missing"
    state = verdict([breaches(value, threshold) for value in values], periods, to_alarm, missing)
    if state is not None and state != alarm["StateValue"]:
        _enter(alarm, state, f"Threshold Crossed: the last datapoints were {values}, the threshold is {threshold}")


def verdict(real: Sequence[bool], periods: int, to_alarm: int, missing: str) -> str | None:
    """The state that the page's tables give; None to keep the present one.

    `real`: whether each of the latest periods that have data breaches, at most as many as `periods`.
    """
    gaps = periods - len(real)
    if not real:
        return {"breaching": "ALARM", "notBreaching": "OK", "ignore": None}.get(missing, "INSUFFICIENT_DATA")
    if sum(real) + (gaps if missing == "breaching" else 0) >= to_alarm:
        return "ALARM"
    if gaps and missing not in ("breaching", "notBreaching") and all(real):
        # Nothing but breaches, and too few of them: a premature alarm, or the present state.
        return None if missing == "ignore" else "ALARM"
    return "OK"


def _statistics(alarm: dict, count: int) -> Iterator[float | None]:
    """The alarm's statistic of each period, the latest first."""
    name = alarm.get("ExtendedStatistic") or alarm.get("Statistic") or "Average"
    for points in _by_period(alarm, count):
        yield cloudwatch._stat_value(cloudwatch._calc_stats(points), name, points) if points else None


def _by_period(alarm: dict, count: int) -> list[list[dict]]:
    dimensions = cloudwatch._dims_key(cloudwatch._dims_from_list(alarm.get("Dimensions") or []))
    points = cloudwatch._metrics.get((alarm["Namespace"], alarm["MetricName"], dimensions)) or []
    length, now = alarm.get("Period", 60), time.time()
    periods: list[list[dict]] = [[] for _ in range(count)]
    too_old = 0
    for point in reversed(points):
        age = int((now - point["Timestamp"]) // length)
        too_old = too_old + 1 if age >= count else 0
        if too_old > OLD_IN_A_ROW:
            break
        if 0 <= age < count and alarm.get("Unit") in (None, "", point["Unit"]):
            periods[age].append(point)
    return periods


def _enter(alarm: dict, state: str, reason: str) -> None:
    before = alarm["StateValue"]
    alarm.update(StateValue=state, StateReason=reason, StateUpdatedTimestamp=int(time.time()))
    cloudwatch._record_history(alarm["AlarmName"], before, state, reason)
    cloudwatch._dispatch_alarm_actions(alarm, before, state, reason)
    cloudwatch._evaluate_parent_alarms(alarm)


def evaluate_alarms() -> None:
    for account, region in {key[:2] for key, _ in cloudwatch._alarms.all_items()}:
        with tenant(account, region):
            cloudwatch._evaluate_all_alarms()


every(LOOK_SECONDS, evaluate_alarms)
