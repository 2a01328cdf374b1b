"""The history shows what happens inside Parallel and Map, in an order that can be followed.

AWS: states inside branches and items are entered and exited as others; items have MapIteration events; each event names
the one before it in its branch.
https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html

MiniStack 1.5.33: no events of states inside Parallel and Map, and no previousEventId; two branches may give one number.

Here: as AWS, but for the items of a distributed Map, which have executions of their own.

Upstream issue: "GetExecutionHistory has no state and iteration events inside Parallel and Map, and no previousEventId.
_run_sub_machine could add them as _run_execution does; _add_event needs a lock, since branches are threads."

Parity:
- "The history tells the states inside of a Parallel and the iterations of a Map"
"""

import contextvars
import json
import threading
from typing import Any

from common import bound
from ministack.services import stepfunctions
from seam import edit, replace

_lock = threading.Lock()
# The last event of this thread's branch, with its execution: a task may start another one.
_previous: contextvars.ContextVar[tuple[str, int]] = contextvars.ContextVar("previous", default=("", 0))
# The Map whose item is under way: a Parallel inside an item is no iteration of its own.
_in_item: contextvars.ContextVar[Any] = contextvars.ContextVar("in_item", default=None)


@replace(stepfunctions, "_add_event")
def numbered(original: Any, execution: dict, event_type: str, details: dict | None = None) -> Any:
    with _lock:
        event = original(execution, event_type, details)
    arn, before = _previous.get()
    event["previousEventId"] = before if arn == execution["executionArn"] else event["id"] - 1
    _previous.set((execution["executionArn"], event["id"]))
    return event


def entered(execution: dict, kind: str, name: str, given: Any) -> None:
    details = {"stateEnteredEventDetails": {"name": name, "input": json.dumps(given)}}
    stepfunctions._add_event(execution, f"{kind}StateEntered", details)


def exited(execution: dict, kind: str, name: str, output: Any) -> Any:
    details = {"stateExitedEventDetails": {"name": name, "output": json.dumps(output)}}
    stepfunctions._add_event(execution, f"{kind}StateExited", details)
    return output


edit(
    stepfunctions,
    "_run_sub_machine",
    (
        '"EnteredTime": now_iso(), "RetryCount": 0}\n',
        '"EnteredTime": now_iso(), "RetryCount": 0}\n'
        "        this_name = current_name\n"
        "        _state_entered(execution, state_type, this_name, current_input)\n",
    ),
    (
        "            return _apply_output_path(state_def,\n"
        "                                      _apply_input_path(state_def, current_input, ctx), ctx)\n",
        "            return _state_exited(execution, state_type, this_name, _apply_output_path(\n"
        "                state_def, _apply_input_path(state_def, current_input, ctx), ctx))\n",
    ),
    (
        "                state_def, current_input, ctx)\n\n    return current_input",
        "                state_def, current_input, ctx)\n"
        "        _state_exited(execution, state_type, this_name, current_input)\n\n    return current_input",
    ),
    correction="machine_history",
    _state_entered=entered,
    _state_exited=exited,
)


@replace(stepfunctions, "_run_sub_machine")
def iteration(original: Any, states: dict, start_at: str, given: Any, execution: dict, ctx: dict) -> Any:
    item = ctx.get("Map")
    if item is None or item is _in_item.get():
        return original(states, start_at, given, execution, ctx)
    facts = {"name": ctx["State"]["Name"], "index": item["Item"]["Index"]}
    stepfunctions._add_event(execution, "MapIterationStarted", {"mapIterationStartedEventDetails": facts})
    try:
        with bound(_in_item, item):
            output = original(states, start_at, given, execution, ctx)
    except stepfunctions._ExecutionError:
        stepfunctions._add_event(execution, "MapIterationFailed", {"mapIterationFailedEventDetails": facts})
        raise
    stepfunctions._add_event(execution, "MapIterationSucceeded", {"mapIterationSucceededEventDetails": facts})
    return output
