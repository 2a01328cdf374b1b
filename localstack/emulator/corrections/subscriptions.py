"""Delivers log lines to the functions that subscribed to them in batches, one batch at a time.

AWS: CloudWatch Logs gathers the events of a log stream and delivers many of them in one compressed message.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html

MiniStack 1.5.33: calls the subscriber once for every invocation of every function, each in a thread of its own: a
collector of traces is as busy as all the others together.

Here: the lines that a stream got in a quarter of a second go in one call. Lines beyond a limit are dropped: telemetry may
be lost, memory may not.

Upstream issue: "Subscription filters start a thread and an invocation for every PutLogEvents. Queue the events for each
log group and deliver them in one message after a short time, as AWS does; a busy group now runs its subscriber hundreds
of times a second."

Parity: performance only, measured by bench/emulator; corrections.cloud.test.ts holds it. AWS promises no number of calls.
"""

import base64
import contextvars
import gzip
import json
import threading
import uuid
from typing import Any

from common import every, log
from ministack.services import cloudwatch_logs, lambda_svc
from seam import replace

# So long lines gather; a person who looks for a trace waits no longer than that.
WINDOW_SECONDS = 0.25
MOST_WAITING = 5_000

_waiting: dict[tuple[str, str], tuple[contextvars.Context, list[dict]]] = {}
_lock = threading.Lock()


@replace(cloudwatch_logs, "_fanout_to_subscription_filters")
def gather(_original: Any, group: str, stream: str, events: list[dict]) -> None:
    with _lock:
        _, lines = _waiting.setdefault((group, stream), (contextvars.copy_context(), []))
        lines.extend(events[: MOST_WAITING - len(lines)])


def deliver_log_lines() -> None:
    with _lock:
        batches = list(_waiting.items())
        _waiting.clear()
    for (group, stream), (context, lines) in batches:
        try:
            context.run(_deliver, group, stream, lines)
        except Exception:  # whatever it is, the next batch has its turn
            log.exception("lines of %s were not delivered", group)


def _deliver(group: str, stream: str, lines: list[dict]) -> None:
    filters = cloudwatch_logs._log_groups.get(group, {}).get("subscriptionFilters") or {}
    for subscription in list(filters.values()):
        name = subscription.get("destinationArn", "").partition(":function:")[2].partition(":")[0]
        function = lambda_svc._functions.get(name)
        # A function that is fed its own lines would never come to rest.
        if function is None or group == f"/aws/lambda/{name}":
            continue
        events = [
            {"id": uuid.uuid4().hex, "timestamp": line["timestamp"], "message": line["message"]}
            for line in lines
            if cloudwatch_logs._subscription_pattern_matches(subscription.get("filterPattern"), line["message"])
        ]
        if events:
            event = _envelope(group, stream, subscription.get("filterName", ""), events)
            lambda_svc._execute_function_with_config_scope(function, event)


def _envelope(group: str, stream: str, name: str, events: list[dict]) -> dict:
    payload = {
        "messageType": "DATA_MESSAGE",
        "owner": cloudwatch_logs.get_account_id(),
        "logGroup": group,
        "logStream": stream,
        "subscriptionFilters": [name],
        "logEvents": events,
    }
    return {"awslogs": {"data": base64.b64encode(gzip.compress(json.dumps(payload).encode())).decode()}}


every(WINDOW_SECONDS, deliver_log_lines)
