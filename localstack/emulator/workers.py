"""Bounds how many workers one function gets.

The emulator starts another process for every call that finds no free worker: fifty payments at once would be some six
hundred processes, which no laptop carries. Here a call waits for a worker of its function once there are enough of
them. On AWS a function scales out instead; what a caller sees of the difference is time.
"""

import os
import threading
import time

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

# More than the processors can serve only cost memory; a few more than that hide each other's waiting for the disk.
ENOUGH = max(4, 2 * (os.cpu_count() or 1))
# After so long another is started all the same, so that a function that calls itself never waits for itself for good.
PATIENCE_SECONDS = 15.0
# A worker that died is not returned, so nobody is told of the room it leaves.
LOOK_SECONDS = 0.25


def bound_workers(enough: int = ENOUGH, patience: float = PATIENCE_SECONDS) -> None:
    """Replaces how the emulator leases and returns workers; to be called once, before it serves."""
    acquire, release = lambda_runtime.acquire_worker, lambda_runtime.release_worker
    returned = threading.Condition()

    def acquire_or_wait(func_name, config, code_zip, qualifier="$LATEST", max_concurrency=None):
        until = time.monotonic() + patience
        with returned:
            while True:
                worker, how = acquire(func_name, config, code_zip, qualifier, max_concurrency or enough)
                left = until - time.monotonic()
                if worker is not None:
                    return worker, how
                if left <= 0:
                    return acquire(func_name, config, code_zip, qualifier, max_concurrency)
                returned.wait(min(left, LOOK_SECONDS))

    def release_and_tell(worker):
        release(worker)
        with returned:
            returned.notify_all()

    for module in (lambda_runtime, lambda_svc):
        module.acquire_worker = acquire_or_wait
        module.release_worker = release_and_tell
