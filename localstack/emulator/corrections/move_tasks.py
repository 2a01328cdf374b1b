"""SQS moves the messages of a dead-letter queue back.

AWS: StartMessageMoveTask moves the messages of a dead-letter queue to where they came from or to another queue, at a
given rate; tasks are listed and cancelled. Only a running task shows its handle. What it moves is a new message, with an
id and a time of its own; one that SQS itself did not move to the dead letters has no queue to go back to, and ends the task.
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html

MiniStack 1.5.33: InvalidAction, so that a redrive cannot be rehearsed.

Here: the three actions of the JSON protocol, which SDKs use since 2023, each allowed or refused for the
queue that it is about. Without a rate the messages move in one go, where AWS chooses a rate of its own. Tasks are forgotten
at a stop.

Upstream issue: "SQS: StartMessageMoveTask, ListMessageMoveTasks and CancelMessageMoveTask answer InvalidAction. They fit
into _HANDLERS; a message already remembers DeadLetterQueueSourceArn."

Parity:
- "A move task takes dead letters back to the queue that they came from"
- "A message that a move task took back is a new one, with an id of its own"
- "A move task fails at a message that SQS did not move to the dead letters"
"""

import json
import time
from common import in_background
from ministack.core import iam_actions
from ministack.core.responses import new_uuid
from ministack.services import sqs
from seam import replace

_tasks: list[dict] = []


def start(request: dict, _url: str) -> dict:
    arn, destination = request.get("SourceArn", ""), request.get("DestinationArn")
    source = sqs._queue_by_arn(arn)
    if source is None or (destination and sqs._queue_by_arn(destination) is None):
        raise sqs._Err("ResourceNotFoundException", "A queue of the request does not exist.", 404)
    if not _is_dead_letter_queue(arn):
        raise sqs._Err("InvalidParameterValue", "Source queue must be configured as a Dead Letter Queue.")
    if any(task["Status"] == "RUNNING" and task["SourceArn"] == arn for task in _tasks):
        raise sqs._Err("UnsupportedOperation", "There is already a task running.")
    task = {"TaskHandle": new_uuid(), "Status": "RUNNING", "SourceArn": arn, "ApproximateNumberOfMessagesMoved": 0}
    task |= {"StartedTimestamp": int(time.time() * 1000), "ApproximateNumberOfMessagesToMove": len(source["messages"])}
    task |= {name: request[name] for name in ("DestinationArn", "MaxNumberOfMessagesPerSecond") if request.get(name)}
    _tasks.append(task)
    in_background(_move_all, task)
    return {"TaskHandle": task["TaskHandle"]}


def _is_dead_letter_queue(arn: str) -> bool:
    policies = (queue["attributes"].get("RedrivePolicy") for _key, queue in sqs._queues.all_items())
    return any(json.loads(policy or "{}").get("deadLetterTargetArn") == arn for policy in policies)


def _move_all(task: dict) -> None:
    while task["Status"] == "RUNNING" and _move_one(task):
        sqs.esm_wake.set()
        if rate := task.get("MaxNumberOfMessagesPerSecond"):
            time.sleep(1 / int(rate))


def _move_one(task: dict) -> bool:
    """Whether there was one to move; the task ends with the last."""
    with sqs._queues_lock:
        source = sqs._queue_by_arn(task["SourceArn"])
        waiting = source["messages"] if source else []
        message = next((each for each in waiting if each["visible_at"] <= time.time()), None)
        if message is None:
            task["Status"] = "COMPLETED" if source else "FAILED"
            return False
        came_from = message["sys"].get("DeadLetterQueueSourceArn", "")
        destination = task.get("DestinationArn") or came_from
        target = sqs._queue_by_arn(destination) if destination else None
        if target is None:
            reason = "AWS.SimpleQueueService.NonExistentQueue" if destination else "CouldNotDetermineMessageSource"
            task.update(Status="FAILED", FailureReason=reason)
            return False
        waiting.remove(message)
        target["messages"].append(_as_new(message))
        task["ApproximateNumberOfMessagesMoved"] += 1
        return True


def _as_new(message: dict) -> dict:
    now = time.time()
    fresh = {"receipt_handle": None, "receive_count": 0, "first_receive_at": None, "visible_at": now, "sent_at": now}
    sys = _without(message["sys"], "DeadLetterQueueSourceArn") | {"SentTimestamp": str(int(now * 1000))}
    return {**message, **fresh, "id": new_uuid(), "sys": sys}


def list_tasks(request: dict, _url: str) -> dict:
    of_queue = [task for task in reversed(_tasks) if task["SourceArn"] == request.get("SourceArn")]
    shown = of_queue[: int(request.get("MaxResults") or 1)]
    return {"Results": [task if task["Status"] == "RUNNING" else _without(task, "TaskHandle") for task in shown]}


def _without(given: dict, unwanted: str) -> dict:
    return {name: value for name, value in given.items() if name != unwanted}


def cancel(request: dict, _url: str) -> dict:
    wanted = (request.get("TaskHandle"), "RUNNING")
    task = next((each for each in _tasks if (each["TaskHandle"], each["Status"]) == wanted), None)
    if task is None:
        raise sqs._Err("ResourceNotFoundException", "Task does not exist.", 404)
    task["Status"] = "CANCELLED"
    return {"ApproximateNumberOfMessagesMoved": task["ApproximateNumberOfMessagesMoved"]}


sqs._HANDLERS.update(StartMessageMoveTask=start, ListMessageMoveTasks=list_tasks, CancelMessageMoveTask=cancel)


@replace(iam_actions, "extract_resource_arn")
def _queue_of_task(earlier, service, method, path, headers, body, *rest, **more):
    """These actions name a queue by its ARN, or by a task of it, where all others have its address."""
    if service == "sqs" and "MessageMoveTask" in headers.get("x-amz-target", ""):
        request = json.loads(body or b"{}")
        arn, handle = request.get("SourceArn"), request.get("TaskHandle")
        return arn or next((task["SourceArn"] for task in _tasks if task["TaskHandle"] == handle), "*")
    return earlier(service, method, path, headers, body, *rest, **more)
