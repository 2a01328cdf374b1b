"""An invocation's log lines are those between the bootstrap's START and END lines, in the log stream of its environment.

AWS: the lines of an invocation lie between its START and its END line. Each environment has a log stream.
https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html

MiniStack 1.5.33: takes lines until 5 ms pass with none (50 ms if there is none at all), on every invocation; a later line
goes to the next one, as happens in some of a hundred. Of more than ten thousand lines the first are lost. START and END
of a runtime that writes them are there twice. Every invocation has a new stream, and its environment another name for it.

Here: our bootstrap writes `START RequestId: <id>` and, before it answers, `END RequestId: <id>`; the lines are complete
with it, and both are left to MiniStack to write. A runtime that writes no END is waited for once, then left to
MiniStack's own way. An environment gets the name of its stream when it starts.

Upstream issue: "provided.* runtimes: _drain_stderr_bounded costs 5 ms on each invocation and can give a line to the next
one. If a runtime prints END RequestId: <id>, the drain can stop there; it has the id in ProvidedWorker.invoke. And
_emit_lambda_logs makes up a stream for each invocation; AWS_LAMBDA_LOG_STREAM_NAME has another name."

Parity:
- "The lines of a call are its START, what it wrote, its END and its REPORT"
- "However many lines a call writes, all of them are in its log"
- "An environment writes what it does into one log stream, which its context names"
"""

import queue
import threading
import time
import uuid
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import lambda_svc
from seam import edit, replace

# Upstream's own limit, here of the silence after a line.
LATEST_SECONDS = 0.25
# A process that ends at once writes no END; it must be known to be gone before the next event is given to it.
EXIT_LOOK_SECONDS = 0.02
# What an environment may write in one call, in lines; upstream's limit is 10,000.
lambda_runtime._PROVIDED_LOG_MAX_LINES = 100_000

_starting = threading.local()
# Of calls that are over and whose lines are not yet written.
_streams: dict[str, str] = {}


@replace(lambda_runtime.ProvidedWorker, "_spawn")
def name_stream(original: Any, self: Any, *args: Any, **kwargs: Any) -> None:
    day = time.strftime("%Y/%m/%d", time.gmtime())
    self.stream = _starting.stream = f"{day}/[{self.config.get('Version', '$LATEST')}]{uuid.uuid4().hex}"
    original(self, *args, **kwargs)


@replace(lambda_svc, "_provided_worker_env")
def with_stream(original: Any, *args: Any) -> dict[str, str]:
    return {**original(*args), "AWS_LAMBDA_LOG_STREAM_NAME": _starting.stream}


_EMIT = ('stream_name = f"', 'stream_name = streams_of_calls.pop(request_id, None) or f"')
edit(lambda_svc, "_emit_lambda_logs", _EMIT, correction="log_end", streams_of_calls=_streams)


@replace(lambda_runtime.ProvidedWorker, "invoke")
def remember_request(original: Any, self: Any, event: Any, request_id: str, **kwargs: Any) -> Any:
    self.request_id_of_lines = request_id
    result = original(self, event, request_id, **kwargs)
    _streams[request_id] = self.stream
    return result


@replace(lambda_runtime.Worker, "_drain_stderr_bounded")
def drain_to_end(original: Any, self: Any, *args: Any, **kwargs: Any) -> str:
    request_id = getattr(self, "request_id_of_lines", None)
    first, last = f"START RequestId: {request_id} ", f"END RequestId: {request_id}"
    if args or kwargs or not getattr(self, "writes_end", True):
        return original(self, *args, **kwargs)
    lines: list[str] = []
    deadline = time.monotonic() + LATEST_SECONDS
    while (left := deadline - time.monotonic()) > 0:
        try:
            line = self._stderr_queue.get(timeout=min(left, EXIT_LOOK_SECONDS))
        except queue.Empty:
            if self._proc is None or self._proc.poll() is not None:
                break
            continue
        if line == last:
            self.writes_end = True
            return "\n".join(lines)
        deadline = time.monotonic() + LATEST_SECONDS
        if not line.startswith(first):
            lines.append(line)
    if not hasattr(self, "writes_end"):
        self.writes_end = False
    return "\n".join(lines)
