"""JSONata: Output of Succeed and Parallel, Assign at once and per branch, expressions for time-outs, true conditions, limits.

AWS: Assign is evaluated from the values at the state's begin, and a branch's variables stay in it.
https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
Arguments, Output and numbers such as TimeoutSeconds may be expressions; a Condition must be true or false.
https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
Output is at most 256 KiB; States.ALL catches neither States.Runtime nor States.DataLimitExceeded.
https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html

MiniStack 1.5.33: ignores Output of Succeed and Arguments, Output and Assign of Parallel; assigns one variable after the
other, into one dictionary that all branches share; fails on a time-out that is an expression; takes any condition for true
or false; knows no limit; catches everything with States.ALL.

Here: as AWS.

Upstream issue: "JSONata: _execute_parallel and Succeed skip Arguments, Output and Assign; _apply_state_assign mutates the
variables while it evaluates; TimeoutSeconds must be a number; Condition is coerced; no 256 KiB limit."

Parity:
- "A Succeed state puts out what its Output says"
- "A Parallel state shapes its Output and assigns from the results of its branches"
- "A variable that a branch assigns is not seen outside of it"
- "All values that one state assigns are computed from the variables as they were when it began"
- "What a state puts out may have 256 KiB and no more"
"""

import json
from typing import Any

from ministack.services import stepfunctions as sfn
from seam import replace

MOST_BYTES = 256 * 1024
PAST_STATES_ALL = ("States.Runtime", "States.DataLimitExceeded")


def _is_jsonata(state: dict, ctx: dict | None) -> bool:
    return sfn._state_query_language(state, ctx) == "JSONata"


@replace(sfn, "_apply_output_path")
def output_of_succeed(original: Any, state: dict, data: Any, ctx: dict | None = None) -> Any:
    if state.get("Type") == "Succeed" and _is_jsonata(state, ctx):
        return sfn._apply_jsonata_output(state, data, ctx, default=data)
    return original(state, data, ctx)


@replace(sfn, "_apply_state_assign")
def assign_at_once(_original: Any, state: dict, raw_input: Any, ctx: dict | None, result: Any = None,
                   error_output: Any = None) -> None:
    if ctx is None or not _is_jsonata(state, ctx) or not isinstance(state.get("Assign"), dict):
        return
    made = {
        name: sfn._apply_jsonata_template(template, raw_input, ctx, result=result, error_output=error_output)
        for name, template in state["Assign"].items()
    }
    # A dictionary of its own, so that a branch that copied the context keeps what it assigns.
    ctx["variables"] = {**ctx.get("variables", {}), **made}


@replace(sfn, "_execute_parallel")
def parallel(original: Any, state: dict, raw_input: Any, execution: dict, ctx: dict) -> Any:
    if not _is_jsonata(state, ctx):
        return original(state, raw_input, execution, ctx)

    def attempt() -> tuple[Any, str | None]:
        given = sfn._apply_jsonata_template(state["Arguments"], raw_input, ctx) if "Arguments" in state else raw_input
        inside = {**ctx}
        results, _ = sfn._run_parallel_branches({"Branches": state["Branches"]}, given, execution, inside)
        output = sfn._apply_jsonata_output(state, raw_input, ctx, result=results, default=results)
        sfn._apply_state_assign(state, raw_input, ctx, result=results)
        return output, sfn._next_or_end(state)

    return sfn._with_retry_and_catch(state, raw_input, ctx, attempt)


@replace(sfn, "_execute_task")
def task(original: Any, state: dict, raw_input: Any, execution: dict, ctx: dict) -> Any:
    numbers = {
        name: sfn._jsonata_state_field(state, name, "number", raw_input, ctx)
        for name in ("TimeoutSeconds", "HeartbeatSeconds")
        if isinstance(state.get(name), str)
    }
    output, following = original({**state, **numbers}, raw_input, execution, ctx)
    if len(json.dumps(output, separators=(",", ":"))) > MOST_BYTES:
        raise sfn._ExecutionError("States.DataLimitExceeded", "The state's output is larger than 256 KiB")
    return output, following


@replace(sfn, "_evaluate_jsonata_choice_rule")
def true_or_false(_original: Any, rule: dict, raw_input: Any, ctx: dict) -> bool:
    return sfn._jsonata_state_field(rule, "Condition", "boolean", raw_input, ctx)


@replace(sfn, "_error_matches")
def not_past_states_all(original: Any, names: list[str], error: str) -> bool:
    return error in names if error in PAST_STATES_ALL else original(names, error)
