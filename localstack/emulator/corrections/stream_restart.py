"""Keeps the records of a table's stream over a restart, with the positions of its consumers.

AWS: a stream keeps its records for 24 hours, whatever happens to anybody's machine, and a mapping goes on where it was.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html

MiniStack 1.5.33: saves how far each mapping has read, but not the stream, which begins anew at zero: a mapping that had
read a thousand records does not see the next thousand, and records that waited at the stop are gone.

Here: the records that some mapping has not read are saved with the tables and loaded with them, and the number of all
that came before, so that positions stay true. Records that every mapping has read are forgotten, after a minute or at
the stop, since they would be most of the saved state and a tenth of the memory: whoever reads such a stream by hand, or
by a mapping that comes later, begins there. State that was saved without records (in stock) makes the positions be
forgotten, so that a mapping begins where its StartingPosition says.

Upstream issue: "PERSIST_STATE saves dynamodb_stream_positions of Lambda but not _stream_records and _stream_trimmed of
DynamoDB, so after a restart every position lies beyond the end of its stream and the first records are skipped. Save
both, and _stream_seq_counter."

Parity:
- "A stream gives its consumer each record once, before a restart and after it"
- "A record that was written and not yet read when the cloud stopped reaches the consumer"
"""

import threading
import time
from collections.abc import Iterator
from typing import Any

from common import every
from ministack.services import dynamodb, lambda_svc
from seam import replace

UNREAD = "dabbawala_stream_unread"
READ = "dabbawala_stream_read"
SEQUENCE = "dabbawala_stream_sequence"
# Of a stream that no mapping reads: whoever comes later finds so many.
MOST_WITHOUT_READER = 1_000
FORGET_AFTER_SECONDS = 60.0
LOOK_SECONDS = 20.0

_reading = threading.Lock()


class _Loaded:
    """The tables may be loaded before the mappings or after them."""

    with_records = False


@replace(dynamodb, "get_state")
def state_with_records(original: Any) -> dict:
    _forget_read(0)
    streams = {UNREAD: dynamodb._stream_records, READ: dynamodb._stream_trimmed}
    return {**original(), **streams, SEQUENCE: dynamodb._stream_seq_counter}


def undisturbed(original: Any, *args: Any, **kwargs: Any) -> Any:
    with _reading:
        return original(*args, **kwargs)


for _name in ("stream_records_since", "stream_end_position"):
    replace(dynamodb, _name)(undisturbed)


def forget_read_records() -> None:
    # A reader must not find records gone and their number not yet counted.
    with _reading:
        _forget_read(FORGET_AFTER_SECONDS)


def _forget_read(seconds: float) -> None:
    """Drops what all mappings have read and what is older than that."""
    for (account, region, table), records in dynamodb._stream_records.all_items():
        trimmed = dynamodb._stream_trimmed.get_scoped(account, region, table, 0)
        without_reader = trimmed + max(0, len(records) - MOST_WITHOUT_READER)
        read = max(0, min(_positions(account, region, table), default=without_reader) - trimmed)
        times = (record["dynamodb"]["ApproximateCreationDateTime"] for record in records[:read])
        old = sum(at <= time.time() - seconds for at in times)
        del records[:old]
        dynamodb._stream_trimmed.set_scoped(account, region, table, trimmed + old)


def _positions(account: str, region: str, table: str) -> Iterator[int]:
    stream = f":{region}:{account}:table/{table}/stream/"
    for key, mapping in lambda_svc._esms.all_items():
        position = lambda_svc._dynamodb_stream_positions._data.get(key)
        if position is not None and stream in mapping.get("EventSourceArn", ""):
            yield position


@replace(dynamodb, "_restore_state")
def load_with_records(original: Any, data: dict) -> None:
    original(data)
    _Loaded.with_records = UNREAD in data
    if not _Loaded.with_records:
        lambda_svc._dynamodb_stream_positions.clear()
        return
    dynamodb._stream_records.update(data[UNREAD])
    dynamodb._stream_trimmed.update(data[READ])
    dynamodb._stream_seq_counter = data[SEQUENCE]


@replace(lambda_svc, "_restore_state")
def load_positions(original: Any, data: dict) -> None:
    original(data)
    if dynamodb._tables.has_any() and not _Loaded.with_records:
        lambda_svc._dynamodb_stream_positions.clear()


every(LOOK_SECONDS, forget_read_records)
