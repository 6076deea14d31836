"""The public log as JSON: the head with every entry, and proofs from any earlier head. Pure."""

import json
from collections.abc import Sequence
from typing import Any

from rejoinder.plumbing.merkle.tree import Tree

TYPE = "application/json"
RULES = "RFC 6962, section 2.1: SHA-256; entries are hashed as the UTF-8 text of `entry`"


class Log:
    """The entries and their tree, as they were when the pages were made."""

    def __init__(self, entries: Sequence[str], hashes: Sequence[str]) -> None:
        """Canonical texts and their leaf hashes in hexadecimal digits, in order."""
        self.entries = entries
        self.tree = Tree(bytes.fromhex(each) for each in hashes)
        self.hashes = hashes

    def whole(self) -> bytes:
        """The head, and every entry: whoever hashes these comes to that head."""
        listed = [
            {"place": place, "hash": hashed, "entry": entry}
            for place, (entry, hashed) in enumerate(zip(self.entries, self.hashes, strict=True))
        ]
        return _json({"rules": RULES, **self._head(len(self.tree)), "entries": listed})

    def since(self, size: int) -> bytes | None:
        """The head of the first entries, and the proof that the log only grew since."""
        if not 0 <= size <= len(self.tree):
            return None
        proof = [part.hex() for part in self.tree.consistency(size)]
        return _json({**self._head(size), "now": self._head(len(self.tree)), "consistency": proof})

    def entry(self, place: int) -> bytes | None:
        """One entry, and the proof that it is in the log."""
        if not 0 <= place < len(self.tree):
            return None
        proof = [part.hex() for part in self.tree.inclusion(place)]
        said = {"place": place, "hash": self.hashes[place], "entry": self.entries[place]}
        return _json({**said, **self._head(len(self.tree)), "inclusion": proof})

    def _head(self, size: int) -> dict[str, Any]:
        return {"size": size, "head": self.tree.head(size).hex()}


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
