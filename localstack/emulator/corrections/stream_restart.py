"""Keeps the records of a table's stream over a restart, with the positions of its consumers.

AWS: a stream keeps its records for 24 hours, whatever happens to anybody's machine, and a mapping goes on where it was.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html

MiniStack 1.5.33: saves how far each mapping has read, but not the stream, which begins anew at zero: a mapping that had
read a thousand records does not see the next thousand, and records that waited at the stop are gone.

Here: the records that some mapping has not read are saved with the tables and loaded with them, and the number of all
that came before, so that positions stay true. Records that every mapping has read are not kept, since they would be
most of the saved state: whoever reads such a stream by hand begins at the stop. State that was saved without records (in
stock) makes the positions be forgotten, so that a mapping begins where its StartingPosition says.

Upstream issue: "PERSIST_STATE saves dynamodb_stream_positions of Lambda but not _stream_records and _stream_trimmed of
DynamoDB, so after a restart every position lies beyond the end of its stream and the first records are skipped. Save
both, and _stream_seq_counter."

Parity:
- "A stream gives its consumer each record once, before a restart and after it"
- "A record that was written and not yet read when the cloud stopped reaches the consumer"
"""

import copy
from collections.abc import Iterator
from typing import Any

from ministack.services import dynamodb, lambda_svc
from seam import replace

UNREAD = "dabbawala_stream_unread"
READ = "dabbawala_stream_read"
SEQUENCE = "dabbawala_stream_sequence"
# Of a stream that no mapping reads: whoever comes later finds so many.
MOST_WITHOUT_READER = 1_000


class _Loaded:
    """The tables may be loaded before the mappings or after them."""

    with_records = False


@replace(dynamodb, "get_state")
def state_with_records(original: Any) -> dict:
    unread, read = type(dynamodb._stream_records)(), type(dynamodb._stream_trimmed)()
    for (account, region, table), records in dynamodb._stream_records.all_items():
        trimmed = dynamodb._stream_trimmed.get_scoped(account, region, table, 0)
        without_reader = trimmed + max(0, len(records) - MOST_WITHOUT_READER)
        from_here = min(_positions(account, region, table), default=without_reader)
        kept = records[max(0, from_here - trimmed) :]
        unread.set_scoped(account, region, table, copy.deepcopy(kept))
        read.set_scoped(account, region, table, trimmed + len(records) - len(kept))
    return {**original(), UNREAD: unread, READ: read, SEQUENCE: dynamodb._stream_seq_counter}


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
