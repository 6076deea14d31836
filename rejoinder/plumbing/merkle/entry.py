"""What stands in the log: an entry as the one text that everybody gets for it. Pure."""

import json
from collections.abc import Mapping

from rejoinder.plumbing.merkle.tree import leaf_hash

Value = str | int | bool | None


def canonical(entry: Mapping[str, Value]) -> str:
    """JSON with sorted names, no spaces, and letters as themselves.

    For texts, whole numbers, truth and null this is the form of RFC 8785 as long as names are
    ASCII, as ours are. Raises ValueError for half a surrogate pair, which is no text.
    """
    text = json.dumps(
        dict(entry), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    text.encode()
    return text


def hashed(text: str) -> str:
    """The leaf hash of a canonical entry, in hexadecimal digits."""
    return leaf_hash(text.encode()).hex()
