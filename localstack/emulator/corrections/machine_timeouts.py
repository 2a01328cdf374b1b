"""Machines end at their TimeoutSeconds, and tasks without a heartbeat at their HeartbeatSeconds.

AWS: an execution that runs longer than the machine's TimeoutSeconds ends TIMED_OUT.
https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html
A task that reports no heartbeat for HeartbeatSeconds fails with States.HeartbeatTimeout.
https://docs.aws.amazon.com/step-functions/latest/dg/sfn-stuck-execution.html

MiniStack 1.5.33: knows neither; SendTaskHeartbeat is accepted and forgotten.

Here: both. A call of a function that is under way at the end runs on, and its answer is dropped.

Upstream issue: "A state machine's TimeoutSeconds and a task's HeartbeatSeconds have no effect: a 10 s Wait under
TimeoutSeconds 2 succeeds, and a callback task with HeartbeatSeconds 3 waits for its TimeoutSeconds."

Parity:
- "An execution that runs longer than its machine allows is TIMED_OUT"
- "A task that is silent for longer than its heartbeat fails, and a heartbeat keeps it alive"
"""

import contextvars
import json
import threading
import time
from typing import Any

from ministack.services import stepfunctions
from seam import edit, replace

from corrections import _executions

# A wait looks so often whether it is stopped or overdue; an answer ends it at once.
LOOK_SECONDS = 0.1


@replace(stepfunctions, "_run_execution")
def run_with_limit(original: Any, arn: str) -> None:
    execution = stepfunctions._executions.get(arn)
    machine = execution and stepfunctions._state_machines.get(execution["stateMachineArn"])
    limit = json.loads(machine["definition"]).get("TimeoutSeconds") if machine else None
    if not limit:
        original(arn)
        return
    timer = threading.Timer(limit, contextvars.copy_context().run, (_time_out, execution))
    timer.daemon = True
    timer.start()
    try:
        original(arn)
    finally:
        timer.cancel()


def _time_out(execution: dict) -> None:
    if execution["status"] != "RUNNING":
        return
    execution.update(status="TIMED_OUT", stopDate=stepfunctions.now_iso())
    stepfunctions._add_event(execution, "ExecutionTimedOut", {"executionTimedOutEventDetails": {}})
    if scope := _executions.of_execution.get(execution["executionArn"]):
        scope.stop()
    stepfunctions._emit_execution_status_event(execution)


def wait_for_answer(answered: threading.Event, token: str, limit: float, heartbeat: float | None) -> bool:
    """Whether the answer came within the limit. Raises States.HeartbeatTimeout."""
    told = stepfunctions._task_tokens[token]
    begun = told["beat"] = time.monotonic()
    while not answered.wait(min(LOOK_SECONDS, max(0.0, begun + limit - time.monotonic()))):
        _executions.check()
        now = time.monotonic()
        if heartbeat and now - told["beat"] > heartbeat:
            stepfunctions._task_tokens.pop(token, None)
            raise stepfunctions._ExecutionError("States.HeartbeatTimeout", f"No heartbeat for {heartbeat} seconds")
        if now - begun >= limit:
            return False
    return True


edit(
    stepfunctions,
    "_invoke_with_callback",
    (
        "if not evt.wait(timeout=timeout):",
        'if not _wait_for_answer(evt, token, timeout, state_def.get("HeartbeatSeconds")):',
    ),
    correction="machine_timeouts",
    _wait_for_answer=wait_for_answer,
)


@replace(stepfunctions, "_send_task_heartbeat")
def beat(original: Any, request: dict) -> Any:
    if told := stepfunctions._task_tokens.get(request.get("taskToken")):
        told["beat"] = time.monotonic()
    return original(request)
