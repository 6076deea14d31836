"""What intake writes and asks: rows as tuples, and what it needs from a database for that."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, NamedTuple, Protocol

import msgspec

PERSONS, CONVERSATIONS, MENTIONS = (
    f"listening_{name}" for name in ("person", "conversation", "mention")
)
PERSON = "id, channel, external_id, handle, name, followed"
CONVERSATION = (
    "id, public_id, channel, thread, person_id, account_id, need, opened_at, last_at, "
    "waiting_since, reopened, last_mention_id"
)
MENTION = (
    "id, channel, external_id, account_id, conversation_id, person_id, thread, in_reply_to, text, "
    "created_at, heard_at, time_known, tagged, public, ours, url, language, media, ref, "
    "hidden, edited_at, deleted_at, need, intent, sentiment, reading, read_with, copy_of"
)
Row = tuple[Any, ...]


def moments(times: Sequence[datetime]) -> list[str]:
    """Times in UTC as rows hold them, without a zone; sorted as text they are sorted in time.

    Measured: a twentieth of the time of `isoformat`, one by one.
    """
    return json(times).replace("T", " ")[2:-3].split('Z","') if times else []


class Kept(NamedTuple):
    """A mention that is there already."""

    id: int
    thread: str
    conversation: int | None
    deleted: bool


class Known(NamedTuple):
    """A person who is there already."""

    id: int
    handle: str
    name: str
    followed: int | None


class Word(NamedTuple):
    """What a batch brings to a conversation that is there already; times as rows hold them."""

    conversation: int
    first: str
    last: str
    mention: int
    account: int | None
    need: int


class Store(Protocol):
    """What intake needs from a database."""

    most: int
    """Posts in one transaction, so that nobody waits long for it and memory is bounded."""

    def alone(self) -> AbstractContextManager[None]:
        """Keep other writers of mentions out, in any process."""
        ...

    def mentions(self, channel: str, ids: Sequence[str]) -> dict[str, Kept]:
        """Those of these posts that are kept, by their external id."""
        ...

    def names(self, channel: str, posts: Sequence[str]) -> set[str]:
        """Those of these posts after which a thread of kept mentions is named."""
        ...

    def persons(self, channel: str, ids: Sequence[str]) -> dict[str, Known]:
        """Those of these people who are known, by their external id."""
        ...

    def conversations(
        self, channel: str, keys: Sequence[tuple[str, int]]
    ) -> dict[tuple[str, int], int]:
        """Row ids of those conversations that exist, by thread and person."""
        ...

    def new_ids(self, table: str, many: int) -> Sequence[int]:
        """That many ids that nobody else gets, ascending."""
        ...

    def add(self, table: str, columns: str, rows: Sequence[Row]) -> None:
        """Rows that are surely new, in the order of the columns."""
        ...

    def say_more(self, words: Sequence[Word]) -> None:
        """People wrote again: their conversations wait, and open again if they did not."""
        ...

    def index(self, ids: Sequence[int], texts: Sequence[str]) -> None:
        """Make these mentions known to search by their words."""
        ...

    def unindex(self, ids: Sequence[int]) -> None:
        """Take these out of search; call it before their text changes."""
        ...

    def others_write(self) -> bool:
        """Whether somebody else wrote since the last asking and may have to wait for us."""
        ...


def json(values: object) -> str:
    """Values as JSON text."""
    return msgspec.json.encode(values).decode()
