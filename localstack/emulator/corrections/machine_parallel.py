"""A branch that fails stops its siblings, and branches do not see each other's state.

AWS: when a branch of a Parallel state fails, or an item of a Map state, the whole state fails and the others are stopped;
a function that is under way is not.
https://docs.aws.amazon.com/step-functions/latest/dg/state-parallel.html
https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html

MiniStack 1.5.33: waits for all of them: a sibling's later tasks run, then the state fails. Branches share one context, so
one reads another's state name and retry count.

Here: the first failure is the state's error and stops the others; each branch has a context of its own. A sibling's call
that is under way is waited for. Items of a distributed Map go on, since it has its own tolerance.

Upstream issue: "Parallel and inline Map: a failed branch does not stop its siblings, whose later tasks still run, and
_run_sub_machine lets branches overwrite each other's ctx['State']."

Parity:
- "When one branch of a Parallel fails the others are stopped: what they had not begun is not done"
"""

from typing import Any

from common import bound
from ministack.services import stepfunctions
from seam import replace

from corrections import _executions


class _Group(_executions.Scope):
    first_error: Exception | None = None


def in_group(original: Any, state: dict, raw_input: Any, execution: dict, ctx: dict) -> Any:
    around = _executions.present.get()
    group = _Group(around)
    try:
        with bound(_executions.present, group):
            return original(state, raw_input, execution, ctx)
    except stepfunctions._ExecutionError as error:
        if around and around.stopped.is_set():
            raise _executions.Stopped from None
        raise group.first_error or error from None
    finally:
        if around:
            around.inner.remove(group)


for _name in ("_run_parallel_branches", "_run_map_items"):
    replace(stepfunctions, _name)(in_group)


@replace(stepfunctions, "_run_sub_machine")
def run_branch(original: Any, states: dict, start_at: str, given: Any, execution: dict, ctx: dict) -> Any:
    try:
        return original(states, start_at, given, execution, {**ctx})
    except stepfunctions._ExecutionError as error:
        group = _executions.present.get()
        if isinstance(group, _Group) and not execution.get("mapRunArn"):
            group.first_error = group.first_error or error
            group.stop()
        raise
