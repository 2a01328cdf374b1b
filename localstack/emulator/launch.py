"""Starts the pinned MiniStack behind the gate.

Reads the emulator's own environment variables (GATEWAY_PORT, AUTH, PERSIST_STATE, STATE_DIR, LOG_LEVEL, ...), which
`localstack/cloud/emulator.ts` sets. It listens on the loopback interface whatever BIND_HOST says.
"""

import importlib.metadata
import os
import sys

from gate import Gate

PINNED = "1.5.33"


def refuse_other_versions() -> None:
    """The gate wraps what this version calls its application; another version may call it something else.

    Raises SystemExit: install again from requirements.txt.
    """
    found = importlib.metadata.version("ministack")
    if found != PINNED:
        raise SystemExit(f"This launcher is for ministack {PINNED}, but {found} is installed.")


def main() -> None:
    refuse_other_versions()
    os.environ["BIND_HOST"] = "127.0.0.1"
    # Calls that wait for a worker hold a thread each.
    os.environ.setdefault("MINISTACK_WORKER_THREADS", "256")
    from ministack import app as ministack  # after the environment is right: it is read on import
    from streams import forget_stream_positions
    from subscriptions import batch_subscriptions
    from workers import bound_workers

    forget_stream_positions()
    batch_subscriptions()
    bound_workers()
    ministack.app = Gate(ministack.app)
    sys.argv = sys.argv[:1]  # MiniStack reads arguments of its own
    ministack.main()


if __name__ == "__main__":
    main()
