"""Delivers log lines to the functions that subscribed to them in batches, one batch at a time, as AWS gathers them.

The emulator calls the subscriber once for every invocation of every function, each in a thread of its own: the
collector of traces would be as busy as the rest of the city together.
"""

import base64
import contextvars
import gzip
import json
import logging
import threading
import time
import uuid

from ministack.services import cloudwatch_logs, lambda_svc

# So long lines gather; a person who looks for a trace waits no longer than that.
WINDOW_SECONDS = 0.25
# What waits beyond this is dropped: telemetry may be lost, memory may not.
MOST_WAITING = 5_000

log = logging.getLogger("dabbawala.subscriptions")


def batch_subscriptions() -> None:
    """Replaces how the emulator delivers to subscriptions; to be called once, before it serves."""
    waiting: dict[str, tuple[contextvars.Context, str, list]] = {}
    lock = threading.Lock()

    def gather(group, stream, events):
        with lock:
            _, _, lines = waiting.setdefault(group, (contextvars.copy_context(), stream, []))
            lines.extend(events[: MOST_WAITING - len(lines)])

    def deliver_for_ever():
        while True:
            time.sleep(WINDOW_SECONDS)
            with lock:
                batches = list(waiting.items())
                waiting.clear()
            for group, (context, stream, lines) in batches:
                try:
                    context.run(_deliver, group, stream, lines)
                except Exception:  # whatever it is, the next batch has its turn
                    log.exception("lines of %s were not delivered", group)

    cloudwatch_logs._fanout_to_subscription_filters = gather
    threading.Thread(target=deliver_for_ever, name="subscriptions", daemon=True).start()


def _deliver(group: str, stream: str, lines: list) -> None:
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


def _envelope(group: str, stream: str, name: str, events: list) -> dict:
    """What CloudWatch Logs hands to a subscriber.

    See https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
    """
    payload = {
        "messageType": "DATA_MESSAGE",
        "owner": cloudwatch_logs.get_account_id(),
        "logGroup": group,
        "logStream": stream,
        "subscriptionFilters": [name],
        "logEvents": events,
    }
    data = base64.b64encode(gzip.compress(json.dumps(payload).encode()))
    return {"awslogs": {"data": data.decode()}}
