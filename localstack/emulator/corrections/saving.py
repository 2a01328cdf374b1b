"""All services are saved as they are at one moment.

AWS: a write that was answered is durable.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.ReadConsistency.html
AWS has no stop; what a local cloud keeps over one must at least fit together: a message that was taken, and what was
written for it.

MiniStack 1.5.33: writes one service after the other while functions, event sources and schedules still run: services can
disagree after a restart, and one that changes while it is written fails ("dictionary changed size") and keeps its older
file.

Here: every service is turned into text before any is written, and no other thread has its turn meanwhile. The files and
their form are MiniStack's own. What is most of it is not copied first.

Upstream issue: "At shutdown save_all runs while background threads change the state. Taking all snapshots before any file
is written, with the pollers stopped, would make them agree; and json.dumps is several times faster than json.dump, which
does not use the C encoder."

Parity:
- "What was done one after the other is there so after a restart: first an item, then the message of it"
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from common import log, stopping
from ministack import app
from ministack.core import persistence
from ministack.services import cloudwatch, cloudwatch_logs, dynamodb, stepfunctions
from seam import replace

# Longer than it takes to turn a gigabyte into text: a thread gives up its turn when it waits for something, and otherwise
# not. Not much longer, so that a thread that computes while WITH_FILES is read cannot hold up the stop.
ONE_TURN_SECONDS = 30.0
# A thread that waits for its turn already counts by the interval of before: it gets one now, and waits anew.
LAST_TURNS_SECONDS = 0.02
# It writes files while it tells its state, so that others have a turn: it comes first. Its positions in streams are read
# after the files, so that they are of the same moment as the others' state.
WITH_FILES = "lambda"
# In the place of the module `copy`.
_NO_COPY = SimpleNamespace(deepcopy=lambda value: value)


@replace(app, "save_all")
def save_one_moment(_original: Any, services: dict[str, Callable[[], dict | None]]) -> None:
    stopping.set()
    names = sorted(services, key=lambda name: name != WITH_FILES)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(ONE_TURN_SECONDS)
    try:
        time.sleep(LAST_TURNS_SECONDS)
        texts = {name: text for name in names if (text := _text_of(name, services[name])) is not None}
    finally:
        sys.setswitchinterval(interval)
    folder = Path(persistence.STATE_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        unfinished = folder / f"{name}.json.tmp"
        unfinished.write_text(text)
        os.replace(unfinished, folder / f"{name}.json")


def _itself(service: Any) -> Callable[..., dict]:
    def state(original: Any) -> dict:
        copy, service.copy = service.copy, _NO_COPY
        try:
            return original()
        finally:
            service.copy = copy

    return state


# Whatever is turned into text at once needs no copy; but other services change theirs before they give it.
for _service in (cloudwatch, cloudwatch_logs, dynamodb, stepfunctions):
    replace(_service, "get_state")(_itself(_service))


def _text_of(name: str, get_state: Callable[[], dict | None]) -> str | None:
    """None for a service that has nothing to save, or cannot: its last file stays then."""
    try:
        if (state := get_state()) is None:
            return None
        whole = {"__ministack_format__": persistence._state_format_version(name), "payload": state}
        return json.dumps(whole, default=persistence._json_default)
    except Exception:
        log.exception("%s could not be saved", name)
        return None
