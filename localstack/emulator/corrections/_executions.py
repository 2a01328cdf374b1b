"""A part of the corrections of Step Functions: what stops an execution, or a part of it, stops all that runs in it.

MiniStack lets whatever has begun run to its end: a stopped execution's next state runs, and so does a branch whose sibling
has failed. Here each execution has a scope, and each group of branches one inside it. Waits end when their scope is
stopped; states, attempts and events do not begin any more. A call of a function that is under way cannot be stopped: what
it answers is dropped.
"""

import contextvars
import threading
import time
from typing import Any

from common import bound
from ministack.services import stepfunctions
from seam import edit, replace


class Stopped(Exception):
    """No error of a state, so that no Retry and no Catch sees it."""


class Scope:
    def __init__(self, around: "Scope | None" = None) -> None:
        self.stopped = threading.Event()
        self.inner: list[Scope] = []
        if around:
            around.inner.append(self)
            if around.stopped.is_set():
                self.stopped.set()

    def stop(self) -> None:
        self.stopped.set()
        for scope in list(self.inner):
            scope.stop()


present: contextvars.ContextVar[Scope | None] = contextvars.ContextVar("scope", default=None)
of_execution: dict[str, Scope] = {}


def check() -> None:
    """Raises Stopped when the present scope has been."""
    scope = present.get()
    if scope and scope.stopped.is_set():
        raise Stopped


def pause(seconds: float) -> None:
    """Sleeps, and raises Stopped as soon as the present scope is."""
    scope = present.get()
    if scope is None:
        time.sleep(seconds)
    elif scope.stopped.wait(seconds):
        raise Stopped


@replace(stepfunctions, "_scaled_sleep")
def scaled_pause(_original: Any, seconds: float) -> None:
    if (scaled := seconds * stepfunctions._SFN_WAIT_SCALE) > 0:
        pause(scaled)


edit(
    *(stepfunctions, "_run_execution"),
    (
        "    except Exception as exc:\n        logger",
        "    except _Stopped:\n        pass\n    except Exception as exc:\n        logger",
    ),
    correction="_executions",
    **{"_Stopped": Stopped, "_check_stopped": check},
)
edit(
    *(stepfunctions, "_execute_task"),
    (
        "        # Each attempt sees its own $$.State.RetryCount.\n",
        "        _check_stopped()\n        # Each attempt sees its own $$.State.RetryCount.\n",
    ),
    correction="_executions",
)
edit(
    *(stepfunctions, "_run_sub_machine"),
    ("    while current_name:\n", "    while current_name:\n        _check_stopped()\n"),
    correction="_executions",
)


@replace(stepfunctions, "_run_execution")
def run_in_scope(original: Any, arn: str) -> None:
    mine = of_execution[arn] = Scope()
    with bound(present, mine):
        try:
            original(arn)
        finally:
            # A redrive may run already while what was stopped comes to its end.
            if of_execution.get(arn) is mine:
                del of_execution[arn]


@replace(stepfunctions, "_stop_execution")
def stop_scope(original: Any, request: dict) -> Any:
    response = original(request)
    if scope := of_execution.get(request.get("executionArn", "")):
        scope.stop()
    return response


@replace(stepfunctions, "_fail_execution")
def fail_once(original: Any, execution: dict, error: str, cause: str) -> None:
    if execution["status"] == "RUNNING":
        original(execution, error, cause)


@replace(stepfunctions, "_add_event")
def nothing_of_the_stopped(original: Any, execution: dict, event_type: str, details: dict | None = None) -> Any:
    check()
    return original(execution, event_type, details)
