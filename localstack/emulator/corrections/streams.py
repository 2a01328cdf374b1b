"""Consumers of streams: partial failures, retries with an end, bisected batches, old records, on-failure destinations.

AWS: a mapping gives each shard one batch at a time. A batch that fails comes again, until MaximumRetryAttempts or
MaximumRecordAgeInSeconds; then its description goes to the on-failure destination and the shard goes on.
BisectBatchOnFunctionError halves it first, which uses no attempt. With ReportBatchItemFailures the batch comes again from
the lowest record that the function names.
https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html

MiniStack 1.5.33: runs all stream consumers on the one thread that polls every source, repeats a failing batch each
second without end, and takes a batch with reported failures for done: the reported records are lost.

Here: each shard's batch runs in a thread of its own, with all of the above. Not here: ParallelizationFactor, windows.

Upstream issue: "Stream mappings ignore MaximumRetryAttempts, BisectBatchOnFunctionError, DestinationConfig.OnFailure (of
Kinesis) and batchItemFailures, and block the poll thread. _poll_kinesis and _poll_dynamodb_streams call the function
themselves; with _dispatch_esm_batch for each shard, and a small record of attempts and bisected ends beside the
position, all of them follow."

Parity:
- "After a partial failure records come again from the reported one"
- "After a partial failure records come again from the reported one, not from the first"
- "A batch that failed as often as the retry limit allows is passed over, and its place is told to the failure queue"
- "A failing batch is halved until the bad record stands alone"
- "A slow consumer of a stream does not hold up the consumer of a queue"
"""

import base64
import json
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from common import send_to_queue, tenant
from ministack.core.arn import ArnParseError, parse_arn
from ministack.core.responses import get_account_id, get_region, new_uuid
from ministack.services import dynamodb, kinesis, sns
from ministack.services import lambda_svc as lam
from seam import replace

TABLE_SHARD = "shardId-00000000000000000000-00000000"


@dataclass
class Progress:
    """What is known of the batch at a shard's position. Lost at a restart: then it has all its attempts again."""

    failures: int = 0
    # Where the halves of a bisected or partly done batch end, the innermost last.
    ends: list[int] = field(default_factory=list)
    not_before: float = 0

    def settle(self, position: int) -> None:
        self.failures, self.not_before = 0, 0
        while self.ends and self.ends[-1] <= position:
            self.ends.pop()


_progress: dict[str, Progress] = defaultdict(Progress)


class KinesisSource:
    """The shards of a Kinesis stream. Positions count the records of a shard."""
    batch_info = "KinesisBatchInfo"

    def __init__(self, mapping: dict, spec: Any) -> None:
        self.mapping = mapping
        self.stream = kinesis._streams.get_scoped(spec.account_id, spec.region, spec.resource.partition("/")[2])

    def shards(self) -> list[str]:
        if not self.stream or self.stream["StreamStatus"] != "ACTIVE":
            return []
        positions = lam._kinesis_positions.get(self.mapping["UUID"])
        # A shard that came later, of a split, is read from its first record: none between may be lost.
        from_the_end = positions is None and self.mapping.get("StartingPosition", "LATEST") != "TRIM_HORIZON"
        if positions is None:
            positions = lam._kinesis_positions[self.mapping["UUID"]] = {}
        for name, shard in self.stream["shards"].items():
            positions.setdefault(name, len(shard["records"]) if from_the_end else 0)
        return list(self.stream["shards"])

    def position(self, shard: str) -> int:
        return lam._kinesis_positions[self.mapping["UUID"]][shard]

    def advance(self, shard: str, position: int) -> None:
        lam._kinesis_positions[self.mapping["UUID"]][shard] = position

    def read(self, shard: str, position: int, limit: int) -> list[dict]:
        return [self._event(shard, record) for record in self.stream["shards"][shard]["records"][position:][:limit]]

    def _event(self, shard: str, record: dict) -> dict:
        data = record["Data"]
        return {
            "kinesis": {
                "kinesisSchemaVersion": "1.0",
                "partitionKey": record["PartitionKey"],
                "sequenceNumber": record["SequenceNumber"],
                "data": data if isinstance(data, str) else base64.b64encode(data).decode(),
                "approximateArrivalTimestamp": record["ApproximateArrivalTimestamp"],
            },
            "eventSource": "aws:kinesis",
            "eventVersion": "1.0",
            "eventID": f"{shard}:{record['SequenceNumber']}",
            "eventName": "aws:kinesis:record",
            "invokeIdentityArn": f"arn:aws:iam::{get_account_id()}:role/lambda-role",
            "awsRegion": get_region(),
            "eventSourceARN": self.mapping["EventSourceArn"],
        }

    @staticmethod
    def number_and_time(record: dict) -> tuple[str, float]:
        kept = record["kinesis"]
        return kept["sequenceNumber"], float(kept["approximateArrivalTimestamp"])


class TableSource:
    """The one shard of a table's stream. Positions count the records since the table began."""
    batch_info = "DDBStreamBatchInfo"

    def __init__(self, mapping: dict, spec: Any) -> None:
        self.mapping = mapping
        self.table = spec.resource.split("/")[1]

    def shards(self) -> list[str]:
        table = dynamodb._tables.get(self.table)
        stream = self.mapping["EventSourceArn"]
        if not table or table.get("LatestStreamArn") != stream:
            return []
        lam._init_stream_position(self.mapping["UUID"], stream, self.mapping.get("StartingPosition", "LATEST"))
        return [TABLE_SHARD]

    def position(self, _shard: str) -> int:
        oldest = dynamodb.stream_start_position(self.table)
        return max(lam._dynamodb_stream_positions[self.mapping["UUID"]], oldest)

    def advance(self, _shard: str, position: int) -> None:
        with lam._dynamodb_stream_positions_lock:
            lam._dynamodb_stream_positions[self.mapping["UUID"]] = position

    def read(self, _shard: str, position: int, limit: int) -> list[dict]:
        return dynamodb.stream_records_since(self.table, position, limit)

    @staticmethod
    def number_and_time(record: dict) -> tuple[str, float]:
        kept = record["dynamodb"]
        return kept["SequenceNumber"], float(kept["ApproximateCreationDateTime"])


Source = KinesisSource | TableSource


@replace(lam, "_poll_kinesis")
def poll_kinesis(_original: Any) -> bool:
    return _poll("kinesis", KinesisSource)


@replace(lam, "_poll_dynamodb_streams")
def poll_tables(_original: Any) -> bool:
    return _poll("dynamodb", TableSource)


def _poll(service: str, source_of: Callable[[dict, Any], Source]) -> bool:
    """Gives each idle shard of each mapping its next batch; whether there was any."""
    found = False
    for account, region, mapping in lam._iter_all_esms():
        with tenant(account, region):
            function = _function_of(service, mapping)
            if function is None:
                continue
            source = source_of(mapping, parse_arn(mapping["EventSourceArn"]))
            for shard in source.shards():
                key = f"{mapping['UUID']}/{shard}"
                progress = _progress[key]
                if key in lam._esm_inflight or progress.not_before > time.time():
                    continue
                if source.read(shard, source.position(shard), 1):
                    lam._dispatch_esm_batch(key, _run, mapping, function, source, shard, progress)
                    found = True
    return found


def _function_of(service: str, mapping: dict) -> dict | None:
    """What a mapping runs; None when it has nothing to do with this service, is off, or may not read."""
    try:
        spec = parse_arn(mapping.get("EventSourceArn", ""))
    except ArnParseError:
        return None
    if spec.service != service or spec.region != get_region() or not mapping.get("Enabled", True):
        return None
    function, _config = lam._get_func_record_for_qualifier(mapping["FunctionName"], mapping.get("Qualifier"))
    if function is None or spec.account_id == get_account_id():
        return function
    blocked = service != "kinesis" or lam._cross_account_read_blocked(str(spec), function, mapping["FunctionName"])
    return None if blocked else function


def _run(mapping: dict, function: dict, source: Source, shard: str, progress: Progress) -> None:
    start = source.position(shard)
    limit = progress.ends[-1] - start if progress.ends else mapping.get("BatchSize", 100)
    records = source.read(shard, start, limit)
    end = start + len(records)

    def settle(position: int) -> None:
        source.advance(shard, position)
        progress.settle(position)

    too_old = _too_old(mapping, source, records) if progress.failures else 0
    if too_old:
        _describe(mapping, function, source, shard, records[:too_old], progress, "MaxRecordAgeExceeded")
        return settle(start + too_old)
    batch = [(at, record) for at, record in enumerate(records) if lam._apply_filter_criteria([record], mapping)]
    result = lam._execute_function(function, {"Records": [record for _, record in batch]}) if batch else {}
    failed_at = _first_failure(mapping, source, batch, result)
    mapping["LastProcessingResult"] = "OK" if failed_at is None else "PROBLEM: Function call failed"
    if failed_at is None:
        return settle(end)

    # The same batch comes again, whatever has arrived meanwhile.
    progress.ends = progress.ends or [end]
    if failed_at == 0 and mapping.get("BisectBatchOnFunctionError") and len(records) > 1:
        progress.ends.append(start + len(records) // 2)
        return None
    if failed_at > 0:
        # What comes before is done; the rest is a batch of its own.
        settle(start + failed_at)
    else:
        progress.failures += 1
        attempts = mapping.get("MaximumRetryAttempts")
        if attempts is not None and 0 <= int(attempts) < progress.failures:
            _describe(mapping, function, source, shard, records, progress, "RetryAttemptsExhausted")
            return settle(end)
    progress.not_before = time.time() + lam._ESM_BACKOFF_SECONDS


def _too_old(mapping: dict, source: Source, records: list[dict]) -> int:
    """How many of the records, which are in order, have passed the mapping's age."""
    most = int(mapping.get("MaximumRecordAgeInSeconds") or -1)
    return sum(1 for record in records if 0 < most < time.time() - source.number_and_time(record)[1])


def _first_failure(mapping: dict, source: Source, batch: list[tuple[int, dict]], result: dict) -> int | None:
    """The place of the lowest failed record: 0 for a batch that failed as a whole, None for success."""
    if result.get("error") or result.get("throttle"):
        return 0
    if "ReportBatchItemFailures" not in (mapping.get("FunctionResponseTypes") or []):
        return None
    answer = result.get("body")
    if isinstance(answer, str | bytes):
        try:
            answer = json.loads(answer)
        except ValueError:
            return 0
    places = {source.number_and_time(record)[0]: at for at, record in batch}
    failures = (answer or {}).get("batchItemFailures") or []
    # A name that is no record's fails the batch.
    return min((places.get(failure.get("itemIdentifier"), 0) for failure in failures), default=None)


def _describe(mapping: dict, function: dict, source: Source, shard: str, records: list[dict], progress: Progress,
              condition: str) -> None:
    """Tells the on-failure destination which records were given up; the records themselves stay in the stream."""
    destination = ((mapping.get("DestinationConfig") or {}).get("OnFailure") or {}).get("Destination")
    if not destination:
        return
    (first, first_at), (last, last_at) = source.number_and_time(records[0]), source.number_and_time(records[-1])
    body = json.dumps({
        "requestContext": {
            "requestId": new_uuid(),
            "functionArn": (function.get("config") or function).get("FunctionArn", ""),
            "condition": condition,
            "approximateInvokeCount": progress.failures,
        },
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
        "version": "1.0", "timestamp": _iso(time.time()),
        source.batch_info: {
            "shardId": shard,
            "startSequenceNumber": first,
            "endSequenceNumber": last,
            "approximateArrivalOfFirstRecord": _iso(first_at),
            "approximateArrivalOfLastRecord": _iso(last_at),
            "batchSize": len(records),
            "streamArn": mapping["EventSourceArn"],
        },
    })
    if ":sns:" in destination:
        sns._fanout(destination, new_uuid(), body, "Lambda event source failure")
    else:
        send_to_queue(destination, body)


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
