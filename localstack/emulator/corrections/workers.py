"""Bounds how many workers one function gets.

AWS: a function scales out, an environment for each concurrent request, up to the account's concurrency.
https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html

MiniStack 1.5.33: likewise another process for every call that finds no free worker: fifty payments at once are some
six hundred processes, which no laptop carries.

Here: a call waits for a worker of its function once there are enough of them; after a while another is started all the
same, so that a function that calls itself never waits for itself for good. What a caller sees of it is time.

Upstream issue: "A limit of worker processes for each function that queues instead of failing. LAMBDA_LOCAL_MAX_WORKERS
answers func_cap, and the caller then runs the function in yet another process. A call could wait for a returned worker
with a time limit, as the Docker executor's pool does."

Parity: performance only, measured by bench/emulator; corrections.cloud.test.ts holds its bound. It costs
"Calls at the same time each have an environment of their own", which stock passes.
"""

import os
import threading
import time
from types import SimpleNamespace
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import lambda_svc
from seam import replace

# More than the processors can serve only cost memory; a few more than that hide each other's waiting for the disk.
ENOUGH = max(4, 2 * (os.cpu_count() or 1))
PATIENCE_SECONDS = 15.0
# A worker that died is not returned, so nobody is told of the room it leaves.
LOOK_SECONDS = 0.25

_returned = threading.Condition()


def acquire_or_wait(acquire: Any, func_name: str, config: dict, code_zip: bytes, qualifier: str = "$LATEST",
                    max_concurrency: int | None = None) -> tuple[Any, str]:
    until = time.monotonic() + PATIENCE_SECONDS
    with _returned:
        while True:
            worker, how = acquire(func_name, config, code_zip, qualifier, max_concurrency or ENOUGH)
            left = until - time.monotonic()
            if worker is not None:
                return worker, how
            if left <= 0:
                return acquire(func_name, config, code_zip, qualifier, max_concurrency)
            _returned.wait(min(left, LOOK_SECONDS))


def release_and_tell(release: Any, worker: Any) -> None:
    release(worker)
    with _returned:
        _returned.notify_all()


for _module in (lambda_runtime, lambda_svc):
    replace(_module, "acquire_worker")(acquire_or_wait)
    replace(_module, "release_worker")(release_and_tell)


@replace(lambda_runtime.ProvidedWorker, "_build_handler_class")
def wakes_seldom(build: Any, worker: Any, generation: int, pending: Any) -> Any:
    # What comes is taken at once; whether it is to stop, an idle worker had looked ten times a second: three hundred of
    # them were a third of a processor.
    return build(worker, generation, SimpleNamespace(get=lambda timeout: pending.get(timeout=20 * timeout)))
