"""A function that fails before it has its task token answered fails the task.

AWS: with .waitForTaskToken the call itself can fail; its error is the task's, for Retry and Catch.
https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html

MiniStack 1.5.33: swallows the function's error and waits for TimeoutSeconds.

Here: as AWS; and in JSONata each attempt has a token of its own, where all attempts shared one.

Upstream issue: "lambda:invoke.waitForTaskToken: `except _ExecutionError: pass` hides a function's failure until the
time-out. A retried task sends the token of its first attempt."

Parity:
- "A task with a token whose Lambda throws fails at once, not at its time-out"
"""

from typing import Any

from ministack.core.responses import new_uuid
from ministack.services import stepfunctions
from seam import edit, replace

edit(
    stepfunctions,
    "_invoke_with_callback",
    (
        "        except _ExecutionError:\n            pass\n",
        "        except _ExecutionError:\n            _task_tokens.pop(token, None)\n            raise\n",
    ),
    correction="machine_tokens",
)


@replace(stepfunctions, "_apply_jsonata_arguments")
def with_fresh_token(original: Any, state: dict, raw_input: Any, ctx: dict | None = None) -> Any:
    if ctx is not None and ".waitForTaskToken" in state.get("Resource", ""):
        ctx["Task"] = {"Token": new_uuid()}
    return original(state, raw_input, ctx)
