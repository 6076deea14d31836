"""One entry of the ledger, and the one text that everybody gets for it. Pure."""

from hashlib import sha256
from typing import Literal

import msgspec

from rejoinder.plumbing.merkle.tree import leaf_hash

Kind = Literal["opened", "refused", "retagged", "erased", "covers"]
START = bytes(32)  # what the chain begins with

_JSON = msgspec.json.Encoder(order="sorted")


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What happened to personal data: who, whose, which, what for, why; never what it says.

    `subject` is the pseudonym of the person; empty for a bulk job, whose exact set of people is
    kept beside the ledger and stands here as its size (`many`) and its hash (`members`).
    `system` is empty for this desk. `detail` says why it was refused, or what it was changed to.
    """

    at: int  # microseconds since 1970, UTC
    kind: Kind
    subject: str = ""
    field: str = ""
    purpose: str = ""
    actor: str = ""
    why: str = ""
    detail: str = ""
    system: str = ""
    many: int = 1
    members: str = ""


def leaf(place: int, entry: Entry) -> bytes:
    """The leaf hash of an entry at its place, which is a part of what is hashed."""
    return leaf_hash(b"%d " % place + _JSON.encode(entry))


def link(chain: bytes, leaf: bytes) -> bytes:
    """The chain with one leaf more."""
    return sha256(chain + leaf).digest()


def set_hash(subjects: str) -> str:
    """What stands in an entry for its exact set: the names in order, one a line."""
    return sha256(subjects.encode()).hexdigest()
