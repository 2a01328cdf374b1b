"""Retries keep to MaxDelaySeconds and JitterStrategy.

AWS: the delay grows by BackoffRate up to MaxDelaySeconds; with JitterStrategy FULL it is chosen between zero and that.
https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html

MiniStack 1.5.33: knows neither, and bounds every delay at 60 s.

Here: both.

Upstream issue: "Retry: MaxDelaySeconds and JitterStrategy are ignored in _execute_task and _with_retry_and_catch."

Parity:
- "The wait before a retry does not grow beyond MaxDelaySeconds"
- "With full jitter the waits before a retry are spread between nothing and the whole interval"
"""

import random

from ministack.services import stepfunctions
from seam import edit


def retry_delay(retrier: dict, count: int) -> float:
    delay = retrier.get("IntervalSeconds", 1) * retrier.get("BackoffRate", 2.0) ** count
    delay = min(delay, retrier.get("MaxDelaySeconds", delay))
    return random.uniform(0, delay) if retrier.get("JitterStrategy") == "FULL" else delay


edit(
    stepfunctions,
    "_execute_task",
    ("_scaled_sleep(min(sleep_sec, 60))", "_scaled_sleep(_retry_delay(retrier, count))"),
    correction="machine_retries",
    _retry_delay=retry_delay,
)
edit(
    stepfunctions,
    "_with_retry_and_catch",
    (
        '_scaled_sleep(min(interval * (retrier.get("BackoffRate", 2.0) ** count), 60))',
        "_scaled_sleep(_retry_delay(retrier, count))",
    ),
    correction="machine_retries",
)
