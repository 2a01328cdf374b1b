"""What a transaction's token remembers of its request is a fingerprint.

AWS: a token is good for ten minutes; with other parameters it is refused.
https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html

MiniStack 1.5.33: does the same, and keeps the whole request for these ten minutes, with all items, to compare.

Here: a hash of the request is kept and compared.

Upstream issue: "_txn_token_store keeps the whole request of each TransactWriteItems for ten minutes. A SHA-256 of its
JSON would tell another payload as well, and a busy table's requests need not stay in memory."

Parity: performance only, measured by bench/emulator, in the memory of its soak.
"""

import hashlib
import json
from typing import Any

from ministack.services import dynamodb
from seam import replace


class Fingerprint:
    def __init__(self, request: dict) -> None:
        self.digest = hashlib.sha256(json.dumps(request, sort_keys=True).encode()).digest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, dict) and self.digest == Fingerprint(other).digest


@replace(dynamodb, "_txn_token_store")
def keep_fingerprint(original: Any, token: str, entry: dict) -> None:
    original(token, {**entry, "signature": Fingerprint(entry["signature"])})
