"""A repository of Bluesky: content-addressed blocks in one file, read in bounded memory.

https://ipld.io/specs/transport/car/carv1/ and https://atproto.com/specs/repository. A record stands
in a block, its name in the tree above it: so the file is read twice, first for the names.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import libipld

from rejoinder.listening.hear.exports import BadFileError, Record

LARGEST = 2 * 1024**2  # bytes of one block; a record has 1 MB at most
RECORDS = 5_000_000
POSTS = "app.bsky.feed.post"
_SHA256 = b"\x01\x71\x12\x20"  # CIDv1, dag-cbor, sha2-256, 32 bytes
_CID = len(_SHA256) + 32


def is_car(path: Path) -> bool:
    """By its header, which names its version and its roots."""
    with path.open("rb") as file:
        start = file.read(64)
    return b"eroots" in start[:24] and b"gversion" in start


class Car:
    """One repository."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._at = 0

    def records(self) -> Iterator[Record]:
        """Every post, in the order of the file. Raises BadFileError."""
        did, names = self._names()
        for number, (cid, data) in enumerate(self._blocks(), start=1):
            key = names.pop(cid, "")
            if key:
                yield _record(number, did, key, cid, data)
        for number, key in enumerate(names.values(), start=1):
            yield Record(number, {}, f"the file names {key} and does not hold it")

    def position(self) -> int:
        return self._at

    def _names(self) -> tuple[str, dict[bytes, str]]:
        """Whose it is, and the names of the posts by their blocks."""
        did, names = "", dict[bytes, str]()
        for cid, data in self._blocks():
            found = _decoded(cid, data)
            if isinstance(found, dict) and "$type" not in found:
                did = did or str(found.get("did", ""))[:200]
                names |= _entries(found)
            if len(names) > RECORDS:
                raise BadFileError(f"{self._path.name} is refused: it has too many records")
        if not did.startswith("did:"):
            raise BadFileError(f"{self._path.name} does not say whose repository it is")
        return did, names

    def _blocks(self) -> Iterator[tuple[bytes, bytes]]:
        with self._path.open("rb") as file:
            header = _length(file)
            if header is None or len(file.read(header)) != header:
                raise BadFileError(f"{self._path} is cut off or damaged")
            while (size := _length(file)) is not None:
                block = file.read(size)
                if len(block) != size:
                    raise BadFileError(f"{self._path} is cut off or damaged")
                self._at = file.tell()
                yield block[:_CID], block[_CID:]


def _length(file: BinaryIO) -> int | None:
    """An unsigned LEB128; None at the end of the file. Raises BadFileError."""
    value = shift = 0
    while byte := file.read(1):
        value |= (byte[0] & 0x7F) << shift
        shift += 7
        if not byte[0] & 0x80:
            if value > LARGEST:
                break
            return value
        if shift > 28:
            break
    if shift == 0:
        return None
    raise BadFileError("it is damaged: no block of a repository is so large")


def _decoded(cid: bytes, data: bytes) -> Any:
    """What a block says; None where it is not what its name promises."""
    if cid[: len(_SHA256)] != _SHA256 or hashlib.sha256(data).digest() != cid[len(_SHA256) :]:
        return None
    try:
        return libipld.decode_dag_cbor(data)
    except (ValueError, RecursionError, OverflowError):
        return None


def _entries(node: dict[str, Any]) -> dict[bytes, str]:
    """The posts that a node of the tree names; keys are cut where they repeat the one before."""
    entries, found, last = node.get("e"), dict[bytes, str](), b""
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, dict):
            break
        start, rest, cid = entry.get("p"), entry.get("k"), entry.get("v")
        if not (isinstance(start, int) and isinstance(rest, bytes) and isinstance(cid, bytes)):
            break
        last = last[: max(0, start)] + rest[:500]
        collection, _, key = last.decode("utf-8", "replace").partition("/")
        if collection == POSTS:
            found[cid] = key
    return found


def _record(number: int, did: str, key: str, cid: bytes, data: bytes) -> Record:
    found = _decoded(cid, data)
    if not isinstance(found, dict):
        return Record(number, {}, "the block is not what its name promises")
    reply = found.get("reply")
    parent = reply.get("parent") if isinstance(reply, dict) else None
    languages = found.get("langs")
    return Record(
        number,
        {
            "id": f"at://{did}/{POSTS}/{key}",
            "text": found.get("text"),
            "author": did,
            "created_at": found.get("createdAt"),
            "in_reply_to": parent.get("uri") if isinstance(parent, dict) else None,
            "ours": "yes",
            "url": f"https://bsky.app/profile/{did}/post/{key}",
            "language": languages[0] if isinstance(languages, list) and languages else None,
        },
    )
