"""What several corrections use: the caller's account and region, timers, messages to queues."""

import contextlib
import contextvars
import hashlib
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ministack.core import responses
from ministack.services import sqs

log = logging.getLogger("dabbawala")

# Set once the emulator begins to save its state: nothing of ours may change it any more.
stopping = threading.Event()


@contextlib.contextmanager
def bound(variable: contextvars.ContextVar[Any], value: Any) -> Iterator[None]:
    """The variable has this value inside, and its earlier one again afterwards."""
    before = variable.set(value)
    try:
        yield
    finally:
        variable.reset(before)


@contextlib.contextmanager
def tenant(account: str, region: str) -> Iterator[None]:
    """Runs as a request of this account and region would."""
    with bound(responses._request_account_id, account), bound(responses._request_region, region):
        yield


def every(seconds: float, work: Callable[[], None]) -> None:
    """Does the work again and again until the emulator stops; whatever goes wrong once, the next time has its turn."""

    def go_on() -> None:
        while not stopping.wait(seconds):
            try:
                work()
            except Exception:
                log.exception("%s failed", work.__name__)

    threading.Thread(target=go_on, name=work.__name__, daemon=True).start()


def in_background(work: Callable[..., object], *args: object) -> None:
    """Runs in a thread of its own, as the present request."""
    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(work, *args), name=work.__name__, daemon=True).start()


def send_to_queue(arn: str, body: str, attributes: Mapping[str, str] | None = None) -> bool:
    """Puts a message on a queue; False when there is no such queue."""
    queue = sqs._queue_by_arn(arn)
    if queue is None:
        return False
    request = {
        "MessageBody": body,
        "MessageAttributes": {
            name: {"DataType": "String", "StringValue": value} for name, value in (attributes or {}).items() if value
        },
    }
    if queue.get("is_fifo"):
        request["MessageGroupId"] = "dead-letters"
        request["MessageDeduplicationId"] = hashlib.sha256(body.encode()).hexdigest()
    sqs._act_send_message(request, sqs._queue_url(arn.rsplit(":", 1)[1]))
    return True
