"""RedriveExecution starts a failed execution again where it failed.

AWS: a standard execution that failed, timed out or was stopped goes on at the state that did not succeed, with that state's
input, under the same ARN; its history goes on.
https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html

MiniStack 1.5.33: Unknown action.

Here: as AWS, but a Parallel or Map state runs again as a whole, the state that runs again is told as entered once more, and
JSONata variables are not brought back. A client token that redrove an execution gets the first answer for a quarter of an
hour, and starts nothing.

Upstream issue: "RedriveExecution is missing. _run_execution could begin at a given state and input; the last
stateEnteredEventDetails of the history hold both."

Parity:
- "A redriven execution goes on from the state that failed, and does not repeat what succeeded"
- "A redrive with the client token of an earlier one gets that one's answer, and starts nothing"
- "Only an execution that failed, timed out or was stopped is redriven"
"""

import json
from typing import Any

from common import in_background
from ministack.services import stepfunctions
from seam import edit, replace

edit(
    stepfunctions,
    "_run_execution",
    (
        'current_name = definition.get("StartAt")\n',
        'current_name = execution.get("redriveAt") or definition.get("StartAt")\n',
    ),
    (
        "        current_input = {}\n\n    ctx",
        "        current_input = {}\n    first_input = current_input\n"
        '    current_input = execution.get("redriveInput", current_input)\n\n    ctx',
    ),
    ('"Input": current_input,\n            "Name"', '"Input": first_input,\n            "Name"'),
    correction="machine_redrive",
)


@replace(stepfunctions, "handle_request")
async def with_redrive(original: Any, method: str, path: str, headers: dict, body: bytes, query: dict) -> Any:
    if headers.get("x-amz-target", "").endswith(".RedriveExecution"):
        return stepfunctions._finalize_response(_redrive(**json.loads(body)))
    return await original(method, path, headers, body, query)


def _redrive(executionArn: str = "", clientToken: str | None = None) -> Any:
    if not (execution := stepfunctions._executions.get(executionArn)):
        return stepfunctions.error_response_json("ExecutionDoesNotExist", f"Execution {executionArn} not found", 400)
    # When each redrove it, by the clock and as it was answered.
    tokens = execution.setdefault("redriveTokens", {})
    now, date = stepfunctions.time.time(), stepfunctions.now_iso()
    if clientToken in tokens and now - tokens[clientToken][0] < 900:
        return stepfunctions.json_response({"redriveDate": tokens[clientToken][1]})
    machine = stepfunctions._state_machines.get(execution["stateMachineArn"])
    states = json.loads(machine["definition"])["States"] if machine else {}
    entered = [event["stateEnteredEventDetails"] for event in execution["events"] if "stateEnteredEventDetails" in event]
    at = next((each for each in reversed(entered) if each["name"] in states), None)
    if execution["status"] not in ("FAILED", "TIMED_OUT", "ABORTED") or execution.get("sync") or at is None:
        return stepfunctions.error_response_json("ExecutionNotRedrivable", f"Execution is {execution['status']}", 400)
    details = {"redriveCount": execution.get("redriveCount", 0) + 1}
    execution.update(status="RUNNING", stopDate=None, output=None, error=None, cause=None, **details)
    execution.update(redriveAt=at["name"], redriveInput=json.loads(at["input"]))
    stepfunctions._add_event(execution, "ExecutionRedriven", {"executionRedrivenEventDetails": details})
    stepfunctions._emit_execution_status_event(execution)
    in_background(stepfunctions._run_execution, executionArn)
    tokens.update({clientToken: (now, date)} if clientToken else {})
    return stepfunctions.json_response({"redriveDate": date})
