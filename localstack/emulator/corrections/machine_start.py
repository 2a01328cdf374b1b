"""An execution begins at once, and starting it again with the same name and input gives the same one.

AWS: while an execution runs, StartExecution with its name and its input succeeds and gives its ARN; with another input, or
when it is over, ExecutionAlreadyExists. No delay is configured.
https://docs.aws.amazon.com/botocore/latest/reference/services/stepfunctions/client/exceptions/ExecutionAlreadyExists.html

MiniStack 1.5.33: ExecutionAlreadyExists in every case. It sleeps 150 ms before the first state, which is most of a short
execution's time.

Here: as AWS, without the sleep.

Upstream issue: "StartExecution is not idempotent: _start_execution could give the running execution of the same name and
input. And _run_execution sleeps 0.15 s before it reads the definition: a machine of one Pass state takes 0.17 s instead of
0.01 s."

Parity:
- "Starting an execution of the same name and input again succeeds with the same ARN"
"""

from typing import Any

from ministack.core.responses import get_account_id, get_region
from ministack.services import stepfunctions
from seam import edit, replace

edit(stepfunctions, "_run_execution", ("    time.sleep(0.15)\n\n", ""), correction="machine_start")


@replace(stepfunctions, "_start_execution")
def start_once(original: Any, request: dict) -> Any:
    machine = stepfunctions._resolve_state_machine_arn(request.get("stateMachineArn", "").partition("#")[0])
    if machine and request.get("name"):
        name = f"{stepfunctions._state_machines[machine]['name']}:{request['name']}"
        arn = f"arn:aws:states:{get_region()}:{get_account_id()}:execution:{name}"
        known = stepfunctions._executions.get(arn)
        if known and known["status"] == "RUNNING" and known["input"] == request.get("input", "{}"):
            return stepfunctions.json_response({"executionArn": arn, "startDate": known["startDate"]})
    return original(request)
