"""Rules, schedules and topics: what cannot be delivered goes to the dead-letter queue; functions are called asynchronously.

AWS: a rule's target or a schedule that has no permission, or whose target is gone, goes to the dead-letter queue at once,
with the reason in message attributes; a queue needs a policy that lets the rule send.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
A subscription has a dead-letter queue of its own. https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
A function that rules and topics call runs asynchronously: Lambda tries twice more and then uses the function's own
destination. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
Schedules fire within their minute and fill in their keywords.
https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html

MiniStack 1.5.33: writes a log line about what cannot be delivered and forgets it; calls a function once; delivers rules
to queues without a policy; looks for due schedules every ten seconds and leaves their keywords as text.

Here: as AWS; schedules are looked at every second. RetryPolicy is not used: the failures that exist here, no such target
and no permission, are those that AWS does not try again.

Upstream issue: "DeadLetterConfig of rules and schedules and RedrivePolicy of subscriptions are stored and not used.
_invoke_target and sns._deliver_to_* know when a target is missing; they could put the event on the configured queue.
Lambda targets should go through invoke_async_with_retry, and queues through queue_policy_allows as SNS does."

Parity:
- "An event for a queue whose policy does not let EventBridge in goes to the dead-letter queue, with the reason"
- "An event for a target that is not there goes to the dead-letter queue"
- "A Lambda that fails is tried two more times for the same event"
- "What cannot be delivered to a subscriber that is gone goes to the dead-letter queue of the subscription"
- "A Lambda that fails is tried again for the same message"
- "The scheduled time stands in the input where it is asked for"
- "What a schedule cannot deliver goes to its dead-letter queue"
"""

import contextvars
import json
from datetime import datetime, timezone
from typing import Any, NamedTuple

from common import bound, send_to_queue
from ministack.core.responses import get_account_id, new_uuid
from ministack.services import eventbridge, scheduler, sns, sqs, stepfunctions
from ministack.services import lambda_svc as lam
from seam import replace

scheduler._SCHEDULE_TICK_INTERVAL = 1


class Failure(NamedTuple):
    code: str
    message: str


# What the present delivery failed with, and the rule that makes it (a schedule asks no queue's policy).
_failure: contextvars.ContextVar[Failure | None] = contextvars.ContextVar("failure", default=None)
_rule: contextvars.ContextVar[str | None] = contextvars.ContextVar("rule", default=None)


def _call_later(function_ref: str, event: Any) -> None:
    function, config, name = lam._get_func_record_for_ref(function_ref)
    if not function or not config:
        _failure.set(Failure("NO_RESOURCE", f"Function not found: {name}"))
        return
    lam.invoke_async_with_retry(lam._execution_record_for_config(function, config), event)


@replace(eventbridge, "_invoke_target")
def deliver(original: Any, target: dict, event: dict, rule: dict, view: Any = None) -> None:
    source = rule.get("Arn") or ""
    is_schedule = ":scheduler:" in source
    if is_schedule:
        target = _with_keywords(target, event, source)
    with bound(_failure, None), bound(_rule, None if is_schedule else source):
        original(target, event, rule, view)
        failure = _failure.get()
    queue = (target.get("DeadLetterConfig") or {}).get("Arn")
    if not failure or not queue:
        return
    if is_schedule:
        body = target.get("Input") or "{}"
    else:
        body = json.dumps((view or eventbridge._pattern_event_view(event)).event_with_detail())
    ends = {"SCHEDULE_ARN" if is_schedule else "RULE_ARN": source, "TARGET_ARN": target.get("Arn", "")}
    send_to_queue(queue, body, {**ends, "ERROR_CODE": failure.code, "ERROR_MESSAGE": failure.message})


def _with_keywords(target: dict, event: dict, schedule: str) -> dict:
    given = target.get("Input") or ""
    if "<aws.scheduler." not in given:
        return target
    values = {
        "scheduled-time": datetime.fromtimestamp(event["Time"], timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "schedule-arn": schedule,
        "execution-id": new_uuid(),
        "attempt-number": "1",
    }
    for name, value in values.items():
        given = given.replace(f"<aws.scheduler.{name}>", value)
    return {**target, "Input": given}


@replace(eventbridge, "_dispatch_to_lambda")
def to_function(_original: Any, arn: str, payload: str) -> None:
    _call_later(arn, json.loads(payload))


@replace(eventbridge, "_dispatch_to_sqs")
def to_queue(original: Any, spec: Any, payload: str, sqs_parameters: dict | None = None) -> None:
    rule, queue = _rule.get(), str(spec)
    if sqs._queue_by_arn(queue) is None:
        _failure.set(Failure("NO_RESOURCE", f"The queue {queue} does not exist"))
    elif rule and not sqs.queue_policy_allows(queue, "events.amazonaws.com", rule, get_account_id()):
        _failure.set(Failure("NO_PERMISSIONS", f"The policy of {queue} does not let events.amazonaws.com send"))
    else:
        original(spec, payload, sqs_parameters)


@replace(eventbridge, "_dispatch_to_stepfunctions")
def to_machine(original: Any, arn: str, payload: str) -> None:
    if stepfunctions._resolve_state_machine_arn(arn) is None:
        _failure.set(Failure("NO_RESOURCE", f"The state machine {arn} does not exist"))
    else:
        original(arn, payload)


@replace(sns, "_deliver_to_lambda")
def topic_to_function(_original: Any, endpoint: str, envelope: str, topic: str, subscription: str, *_rest: Any) -> None:
    record = {"EventVersion": "1.0", "EventSubscriptionArn": subscription, "EventSource": "aws:sns"}
    with bound(_failure, None):
        _call_later(endpoint, {"Records": [{**record, "Sns": json.loads(envelope)}]})
        if failure := _failure.get():
            _park(sns._find_subscription(topic, subscription), envelope, failure)


@replace(sns, "_deliver_to_sqs")
def topic_to_queue(original: Any, endpoint: str, envelope: str, raw: bool, raw_message: str, *args: Any,
                   topic_arn: str = "", **kwargs: Any) -> Any:
    if sqs._queue_by_arn(endpoint) and sqs.queue_policy_allows(
        endpoint, "sns.amazonaws.com", topic_arn, get_account_id()
    ):
        return original(endpoint, envelope, raw, raw_message, *args, topic_arn=topic_arn, **kwargs)
    topic = sns._topic_by_arn_any_scope(topic_arn) or {"subscriptions": []}
    mine = next((each for each in topic["subscriptions"] if each.get("endpoint") == endpoint), None)
    _park(mine, raw_message if raw else envelope, Failure("400", f"{endpoint} does not exist or refuses the topic"))
    return None


def _park(subscription: dict | None, body: str, failure: Failure) -> None:
    policy = json.loads((subscription or {}).get("attributes", {}).get("RedrivePolicy") or "{}")
    if queue := policy.get("deadLetterTargetArn"):
        send_to_queue(
            queue, body, {"RequestID": new_uuid(), "ErrorCode": failure.code, "ErrorMessage": failure.message}
        )
