"""How a correction takes the place of one function of the emulator, and how a changed function is noticed.

A seam is a place of the emulator that a correction was written for. `replace` is the rule: the new function gets the
old one and calls it for whatever it does not change. `edit` is for a few words in the middle of a long function that
would otherwise be copied whole; it is refused when the old words do not occur exactly once.

Every seam is recorded with a hash of the upstream function's text. `seams.txt` holds the hashes that the corrections
were written against, and the launcher refuses any other: an upgrade is read by somebody, never patched over.
"""

import hashlib
import inspect
import linecache
from collections.abc import Callable
from pathlib import Path
from types import FunctionType
from typing import Any, NamedTuple

COMMITTED = Path(__file__).with_name("seams.txt")


class Seam(NamedTuple):
    correction: str
    place: str
    fingerprint: str


class SeamError(Exception):
    """A correction does not fit the emulator that is installed."""


installed: list[Seam] = []


def replace(owner: Any, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Puts the decorated function in the place of `owner.name`; it gets the function it replaces before its arguments.

    Two corrections may replace one function: the later one gets the earlier one. A name that another module imported
    for itself (`from x import name`) is another seam.
    """
    earlier = getattr(owner, name)

    def decorate(new: Callable[..., Any]) -> Callable[..., Any]:
        if inspect.iscoroutinefunction(earlier):

            async def corrected(*args: Any, **kwargs: Any) -> Any:
                return await new(corrected.__wrapped__, *args, **kwargs)

        else:

            def corrected(*args: Any, **kwargs: Any) -> Any:
                return new(corrected.__wrapped__, *args, **kwargs)

        corrected.__name__ = name
        corrected.__wrapped__ = earlier  # looked up at each call, so that `edit` can reach below a replacement
        setattr(owner, name, corrected)
        _record(new.__module__, owner, name, _innermost(earlier))
        return new

    return decorate


def edit(owner: Any, name: str, *changes: tuple[str, str], correction: str, **names: Any) -> None:
    """Compiles `owner.name` again with each old text exchanged for its new one.

    `names` are put into the module, for the new text to call. Raises SeamError when an old text is not found exactly
    once.
    """
    top = getattr(owner, name)
    below = _innermost(top)
    source: str = getattr(below, "edited_source", None) or inspect.getsource(below)
    for old, new in changes:
        if source.count(old) != 1:
            raise SeamError(f"{correction}: {owner.__name__}.{name} has {source.count(old)} places that read {old!r}.")
        source = source.replace(old, new)
    for key, value in names.items():
        if hasattr(owner, key):
            raise SeamError(f"{correction}: {owner.__name__} has a {key} of its own.")
        setattr(owner, key, value)
    fingerprint = getattr(below, "upstream_fingerprint", None) or fingerprint_of(below)
    edited = _compile(source, below, name)
    edited.edited_source = source  # type: ignore[attr-defined]
    edited.upstream_fingerprint = fingerprint  # type: ignore[attr-defined]
    _put_below(owner, name, top, edited)
    installed.append(Seam(correction, f"{owner.__name__}.{name}", fingerprint))


def fingerprint_of(function: Callable[..., Any]) -> str:
    """A hash of the function's text, by indentation: `inspect.getsource` reads it token by token, which takes longer
    than all the corrections do."""
    code = function.__code__
    lines = linecache.getlines(code.co_filename)[code.co_firstlineno - 1 :]
    indent = len(lines[0]) - len(lines[0].lstrip())
    text = [lines[0]]
    is_inside = False
    for line in lines[1:]:
        start = line.lstrip()
        if is_inside and start and len(line) - len(start) <= indent and start[0] != ")":
            break
        # Decorators and the head stand where the function does; what is within stands deeper.
        is_inside = is_inside or len(line) - len(start) > indent
        text.append(line)
    return hashlib.sha256("".join(text).encode()).hexdigest()[:12]


def committed() -> set[Seam]:
    """The seams that the corrections were written for."""
    return {Seam(*line.split()) for line in COMMITTED.read_text().splitlines() if line and not line.startswith("#")}


def strangers() -> list[Seam]:
    """The installed seams whose upstream function is not the one that was committed."""
    known = committed()
    return [seam for seam in installed if seam not in known]


def _record(module: str, owner: Any, name: str, function: Callable[..., Any]) -> None:
    fingerprint = getattr(function, "upstream_fingerprint", None) or fingerprint_of(function)
    place = f"{getattr(owner, '__module__', None) or owner.__name__}"
    if inspect.isclass(owner):
        place = f"{place}.{owner.__qualname__}"
    installed.append(Seam(module.removeprefix("corrections."), f"{place}.{name}", fingerprint))


def _innermost(function: Callable[..., Any]) -> Callable[..., Any]:
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    return function


def _compile(source: str, function: Callable[..., Any], name: str) -> FunctionType:
    # As many empty lines before it as the function has upstream, so that tracebacks show upstream's numbers.
    lines = "\n" * (function.__code__.co_firstlineno - 1)
    module = function.__globals__
    before = module[name]
    exec(compile(lines + source, function.__code__.co_filename, "exec"), module)
    edited = module[name]
    module[name] = before
    return edited


def _put_below(owner: Any, name: str, top: Callable[..., Any], edited: Callable[..., Any]) -> None:
    if not hasattr(top, "__wrapped__"):
        setattr(owner, name, edited)
        return
    while hasattr(top.__wrapped__, "__wrapped__"):
        top = top.__wrapped__
    top.__wrapped__ = edited
