"""Starts the pinned MiniStack behind the gate, with our corrections.

Reads the emulator's own environment variables (GATEWAY_PORT, AUTH, PERSIST_STATE, STATE_DIR, LOG_LEVEL, ...), which
`localstack/cloud/emulator.ts` sets. It listens on the loopback interface whatever BIND_HOST says.

DABBA_CORRECTIONS says which corrections are loaded: `all` (the default), `none` (`npm start -- --stock`), or names
with commas between (`alarms,metrics`); `all,-alarms` is all but one. The gate stands in every case.

`launch.py --seams` prints the functions of MiniStack that the corrections replace, with a hash of each: what
`seams.txt` holds. A function that has changed is refused at the start.
"""

import importlib
import importlib.metadata
import os
import sys
from pathlib import Path

import seam
from gate import Gate

PINNED = "1.5.33"
CORRECTIONS = Path(__file__).with_name("corrections")
STOCK = "Without corrections it starts all the same: DABBA_CORRECTIONS=none, or npm start -- --stock."


def refuse_other_versions() -> None:
    """Raises SystemExit: the gate and the corrections are written for one version, and to be read again for another."""
    found = importlib.metadata.version("ministack")
    if found != PINNED:
        raise SystemExit(
            f"This launcher is for ministack {PINNED}, but {found} is installed. "
            "Install again from localstack/emulator/requirements.txt."
        )


def known() -> list[str]:
    """The corrections by name; a file whose name begins with an underscore is a part of others."""
    return sorted(file.stem for file in CORRECTIONS.glob("[a-z]*.py"))


def wanted(choice: str) -> list[str]:
    """The corrections that DABBA_CORRECTIONS names. Raises SystemExit for a name that there is not."""
    names = [name.strip() for name in choice.split(",") if name.strip()]
    without = {name[1:] for name in names if name.startswith("-")}
    chosen = {name for name in names if not name.startswith("-")}
    every = known()
    unknown = (without | chosen) - {"all", "none", *every}
    if unknown:
        raise SystemExit(f"No correction is named {', '.join(sorted(unknown))}. There are: {', '.join(every)}.")
    return [name for name in every if (name in chosen or "all" in chosen) and name not in without]


def load(names: list[str]) -> None:
    """Raises SystemExit when a correction does not fit the installed emulator."""
    for name in names:
        try:
            importlib.import_module(f"corrections.{name}")
        except seam.SeamError as problem:
            raise SystemExit(f"The emulator is not the one that our corrections are for. {problem}\n{STOCK}") from None
        except AttributeError as problem:
            raise SystemExit(f"Correction {name} does not find what it replaces: {problem}.\n{STOCK}") from None


def refuse_strangers() -> None:
    """Raises SystemExit when a replaced function is not the one that its correction was written against."""
    changed = [f"  {found.place}, which {found.correction} replaces" for found in seam.strangers()]
    if changed:
        raise SystemExit(
            "These functions of the emulator are not those that our corrections were written for:\n"
            + "\n".join(changed)
            + "\nRead what changed, mend the correction or take it away, try its parity tests, and commit the new\n"
            + f"hashes: launch.py --seams > localstack/emulator/seams.txt. {STOCK}"
        )


def main() -> None:
    refuse_other_versions()
    os.environ["BIND_HOST"] = "127.0.0.1"
    # Calls that wait for a worker hold a thread each.
    os.environ.setdefault("MINISTACK_WORKER_THREADS", "256")
    from ministack import app as ministack  # after the environment is right: it is read on import

    load(wanted(os.environ.get("DABBA_CORRECTIONS") or "all"))
    if "--seams" in sys.argv:
        print(*(" ".join(row) for row in sorted(set(seam.installed))), sep="\n")
        return
    refuse_strangers()
    ministack.app = Gate(ministack.app)
    sys.argv = sys.argv[:1]  # MiniStack reads arguments of its own
    ministack.main()


if __name__ == "__main__":
    main()
