"""A machine's tasks run under the machine's role.

AWS: Step Functions assumes the role and calls a task's service with it; what the role does not allow fails the task.
https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html
https://docs.aws.amazon.com/step-functions/latest/dg/lambda-iam.html

MiniStack 1.5.33: calls every service with no identity, also under AUTH=true: a missing grant is seen on AWS alone.

Here: under AUTH=true the policies of the role are asked before each call: Lambda, SQS, SNS, DynamoDB, EventBridge,
Step Functions and aws-sdk tasks. Where the resource cannot be told from the task's input, any grant of the action will do:
this finds grants that are missing, and does not prove that a role suffices. A refused task of a function fails with
Lambda.AWSLambdaException, others with States.TaskFailed.

Upstream issue: "AUTH=true does not check state machine roles: _invoke_resource could evaluate the role's policies with
iam_evaluator, as Lambda's callers are checked."

Parity:
- "A task that the role of the machine does not allow is refused, and so the execution fails"
"""

import contextvars
import os
from typing import Any

from common import bound
from ministack.core import iam_evaluator
from ministack.core.responses import get_account_id, get_region
from ministack.services import stepfunctions
from seam import replace

# The role of the execution that the present thread runs.
_role: contextvars.ContextVar[str | None] = contextvars.ContextVar("role", default=None)

ACTIONS = {
    "lambda:invoke": "lambda:InvokeFunction",
    "sqs:sendMessage": "sqs:SendMessage",
    "sns:publish": "sns:Publish",
    "events:putEvents": "events:PutEvents",
    "states:startExecution": "states:StartExecution",
    "dynamodb:getItem": "dynamodb:GetItem",
    "dynamodb:putItem": "dynamodb:PutItem",
    "dynamodb:updateItem": "dynamodb:UpdateItem",
    "dynamodb:deleteItem": "dynamodb:DeleteItem",
}
# What aws-sdk tasks call a service, where IAM calls it otherwise.
IAM_NAMES = {"sfn": "states", "eventbridge": "events", "cloudwatchlogs": "logs"}


def needed(resource: str, given: Any) -> tuple[str, str | None] | None:
    """The action of a task and the ARN that it is for, None for one that cannot be told; None for no check."""
    if ":lambda:" in resource and ":function:" in resource:
        return "lambda:InvokeFunction", resource
    if not resource.startswith("arn:aws:states:::"):
        return None
    call = resource.removeprefix("arn:aws:states:::").split(".")[0]
    if call.startswith("aws-sdk:"):
        _sdk, service, name = call.split(":")
        action = f"{IAM_NAMES.get(service, service)}:{name[0].upper()}{name[1:]}"
    elif call in ACTIONS:
        action = ACTIONS[call]
    else:
        return None
    return action, _arn_of(action, given if isinstance(given, dict) else {})


def _arn_of(action: str, given: dict) -> str | None:
    def arn(service: str, name: str, kind: str = "") -> str:
        whole = f"arn:aws:{service}:{get_region()}:{get_account_id()}:{kind}{name}"
        return name if name.startswith("arn:") else whole

    if action == "lambda:InvokeFunction":
        return arn("lambda", given.get("FunctionName", ""), "function:")
    if given.get("QueueUrl"):
        return arn("sqs", given["QueueUrl"].rsplit("/", 1)[1])
    if given.get("TableName"):
        return arn("dynamodb", given["TableName"], "table/")
    return given.get("TopicArn") or given.get("StateMachineArn")


def allowed(role: str, session: str, action: str, resource: str | None) -> bool:
    policies = iam_evaluator._gather_role_policies(role.rsplit("/", 1)[1], role.split(":")[4])
    if resource is None:
        # Any grant of the action will do, and a Deny counts when it is for everything.
        anywhere = {"resources": ["*"], "not_resources": []}
        counted = [[one for one in policy if one.effect == "Allow" or "*" in one.resources] for policy in policies]
        policies = [[type(one)(**{**one.__dict__, **anywhere}) for one in policy] for policy in counted]
    context = iam_evaluator.EvalContext(
        principal_arn=session,
        principal_type="AssumedRole",
        principal_account=get_account_id(),
        action=action,
        resource_arn=resource or "*",
        region=get_region(),
    )
    return iam_evaluator.evaluate(context, policies).decision == "Allow"


def ask_role(original: Any, resource: str, given: Any, *rest: Any) -> Any:
    role, need = _role.get(), needed(resource, given)
    if role and need:
        action, on = need
        session = f"arn:aws:sts::{get_account_id()}:assumed-role/{role.rsplit('/', 1)[1]}/states"
        if not allowed(role, session, action, on):
            error = "Lambda.AWSLambdaException" if action.startswith("lambda:") else "States.TaskFailed"
            raise stepfunctions._ExecutionError(
                error,
                f"User: {session} is not authorized to perform: {action} on resource: {on or '*'} "
                f"because no identity-based policy allows the {action} action",
            )
    return original(resource, given, *rest)


for _name in ("_invoke_resource", "_invoke_with_callback"):
    replace(stepfunctions, _name)(ask_role)


@replace(stepfunctions, "_run_execution")
def run_under_role(original: Any, arn: str) -> None:
    execution = stepfunctions._executions.get(arn)
    machine = execution and stepfunctions._state_machines.get(execution["stateMachineArn"])
    checked = machine and os.environ.get("AUTH", "").lower() in ("1", "true", "yes")
    with bound(_role, machine.get("roleArn") if machine and checked else None):
        original(arn)
