"""Functions, queues and machines publish their metrics, and log lines in the embedded format become metrics.

AWS: Lambda counts every invocation, whoever makes it, with the age of a stream's batch; SQS tells how many messages are
visible, in flight and delayed, and the age of the oldest; Step Functions counts executions by their end.
https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
CloudWatch Logs takes metrics out of lines that have the embedded metric format.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html

MiniStack 1.5.33: counts direct Invoke calls alone (a throttled one twice), has no metrics of queues and machines, and
reads no embedded metrics.

Here: Lambda's metrics come from where every invocation passes; queues are looked at every two seconds, empty ones once
a minute as on AWS; machines report when an execution's status changes; embedded metrics are read as lines are kept.
Equal values within five seconds are one point with a count, as in PutMetricData, since points would be a tenth of the
memory: it has the time of the first.

Upstream issue: "AWS/Lambda metrics only after a direct Invoke; no AWS/SQS and AWS/States metrics; EMF is not extracted.
_emit_lambda_metrics is called by the Invoke handler, so runs by event sources, API Gateway and rules are not counted. It
belongs into _execute_function_dispatch."

Parity:
- "Every call of a function is counted and every failure too, whoever calls: a client, a queue, a state machine"
- "A queue reports how many messages wait"
- "A state machine counts its executions and those that failed"
- "A log line in the embedded metric format becomes a metric"
"""

import json
import threading
import time
from typing import Any

from common import every, tenant
from ministack.services import cloudwatch, lambda_svc, sqs, stepfunctions
from seam import replace

# A value may be told to be so much older than it is: little, against the minute of an alarm.
AT_ONCE_SECONDS = 5
# So many of the last points of a metric are looked at for an equal one.
LOOKED_AT = 8
LOOK_SECONDS = 2.0
EMPTY_SECONDS = 60.0

_counting = threading.Lock()


@replace(cloudwatch, "record_metric")
def count_equal(original: Any, space: str, name: str, value: float, unit: str = "None", by: dict | None = None) -> None:
    with _counting:
        since = time.time() - AT_ONCE_SECONDS
        points = cloudwatch._metric_bucket((space, name, cloudwatch._dims_key(by or {})))
        for point in points[-LOOKED_AT:]:
            is_equal = (point["Value"], point["Unit"]) == (value, unit) and "_stat" not in point
            if is_equal and point["Timestamp"] > since:
                point["Count"] = point.get("Count", 1.0) + 1
                return
        original(space, name, value, unit, by)
        for point in points[-1:]:
            point["Dimensions"] = points[0]["Dimensions"]


@replace(lambda_svc, "_emit_lambda_metrics")
def count_throttle(_original: Any, function_name: str, duration_ms: float, error: bool, throttle: bool) -> None:
    # Whoever was refused did not run, so `count_run` does not see it. The Invoke handler reports it again, with a
    # duration.
    if throttle and duration_ms == 0:
        cloudwatch.record_metric("AWS/Lambda", "Throttles", 1, "Count", {"FunctionName": function_name})


@replace(lambda_svc, "_execute_function_dispatch")
def count_run(original: Any, func: dict, config: dict, event: Any, request_id: str, started: float) -> dict:
    result = original(func, config, event, request_id, started)
    dimensions = {"FunctionName": config.get("FunctionName", "unknown")}
    values = [
        ("Invocations", 1, "Count"),
        ("Errors", 1 if result.get("error") else 0, "Count"),
        ("Duration", (time.time() - started) * 1000, "Milliseconds"),
    ]
    if (age := _age_of_batch(event, started)) is not None:
        values.append(("IteratorAge", age, "Milliseconds"))
    for name, value, unit in values:
        cloudwatch.record_metric("AWS/Lambda", name, value, unit, dimensions)
    return result


def _age_of_batch(event: Any, now: float) -> float | None:
    """How old the last record of a stream's batch was when the function got it; None for other events."""
    records = event.get("Records") if isinstance(event, dict) else None
    last = records[-1] if isinstance(records, list) and records else None
    if not isinstance(last, dict):
        return None
    arrived = (last.get("kinesis") or {}).get("approximateArrivalTimestamp")
    arrived = arrived or (last.get("dynamodb") or {}).get("ApproximateCreationDateTime")
    return max(0.0, (now - float(arrived)) * 1000) if arrived else None


@replace(lambda_svc, "_emit_lambda_logs")
def keep_lines_and_metrics(original: Any, func: dict, request_id: str, log_text: str, *args: Any, **kwargs: Any) -> None:
    original(func, request_id, log_text, *args, **kwargs)
    if log_text and '"_aws"' in log_text:
        for line in log_text.splitlines():
            if '"_aws"' in line:
                _record_embedded(line)


def _record_embedded(line: str) -> None:
    try:
        document = json.loads(line)
        for directive in document["_aws"]["CloudWatchMetrics"]:
            for names in directive.get("Dimensions") or [[]]:
                dimensions = {name: str(document[name]) for name in names}
                for metric in directive["Metrics"]:
                    values, unit = document[metric["Name"]], metric.get("Unit", "None")
                    for value in values if isinstance(values, list) else [values]:
                        cloudwatch.record_metric(directive["Namespace"], metric["Name"], value, unit, dimensions)
    except (ValueError, KeyError, TypeError):
        return  # AWS takes nothing from a line that does not follow the format, and keeps the line


_told: dict[Any, tuple[float, bool]] = {}


def tell_of_queues() -> None:
    now = time.time()
    for key, queue in sqs._queues.all_items():
        scope = sqs._queue_scope_from_record(key, queue)
        messages = list(queue["messages"])
        at, was_empty = _told.get(key, (0.0, False))
        if not scope or (not messages and was_empty and now - at < EMPTY_SECONDS):
            continue
        _told[key] = now, not messages
        dimensions = {"QueueName": queue["attributes"]["QueueArn"].rsplit(":", 1)[1]}
        with tenant(*scope[:2]):
            for name, value, unit in _gauges(messages, now):
                cloudwatch.record_metric("AWS/SQS", name, value, unit, dimensions)


def _gauges(messages: list[dict], now: float) -> list[tuple[str, float, str]]:
    visible = [message for message in messages if message["visible_at"] <= now]
    hidden = [message for message in messages if message["visible_at"] > now]
    in_flight = [message for message in hidden if message["receive_count"]]
    oldest = min((message["sent_at"] for message in visible + in_flight), default=now)
    return [
        ("ApproximateNumberOfMessagesVisible", len(visible), "Count"),
        ("ApproximateNumberOfMessagesNotVisible", len(in_flight), "Count"),
        ("ApproximateNumberOfMessagesDelayed", len(hidden) - len(in_flight), "Count"),
        ("ApproximateAgeOfOldestMessage", now - oldest, "Seconds"),
    ]


STATUS_METRICS = {
    "RUNNING": "ExecutionsStarted",
    "SUCCEEDED": "ExecutionsSucceeded",
    "FAILED": "ExecutionsFailed",
    "ABORTED": "ExecutionsAborted",
    "TIMED_OUT": "ExecutionsTimedOut",
}


@replace(stepfunctions, "_emit_execution_status_event")
def count_execution(original: Any, execution: dict) -> None:
    original(execution)
    dimensions = {"StateMachineArn": execution["stateMachineArn"]}
    if metric := STATUS_METRICS.get(execution["status"]):
        cloudwatch.record_metric("AWS/States", metric, 1, "Count", dimensions)
    if execution.get("stopDate"):
        begun, ended = (stepfunctions._iso_to_epoch_ms(execution[at]) for at in ("startDate", "stopDate"))
        cloudwatch.record_metric("AWS/States", "ExecutionTime", ended - begun, "Milliseconds", dimensions)


every(LOOK_SECONDS, tell_of_queues)
