"""From what was said to the columns of rows: mentions, conversations, counts by the minute."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from rejoinder.listening.intake.normalise import Said, Understood
from rejoinder.listening.models import Need, ReadWith
from rejoinder.listening.store.rows import Row, moments
from rejoinder.plumbing import ids

# What columns say of our own words, and of what could not be read at a glance.
_NOT_READ: Row = (None, "", "", None, ReadWith.NOTHING.value, None)
_TO_BE_READ = Understood(Need.COMMON.value, "", "", None)


@dataclass
class Fresh:
    """New posts, and what was found for each: list by list in the same order."""

    said: list[Said]
    thread: dict[str, str]  # by external id
    person: dict[str, int]  # by the author's external id
    numbers: Sequence[int]
    written: list[str]  # when, as rows hold it
    mention: dict[str, int]  # row ids of these posts and of the kept ones that they name


class Sum(msgspec.Struct, gc=False):
    """What a batch says in one conversation."""

    first: str
    last: str
    mention: int
    account: int | None
    alive: bool  # it waits for an answer: not deleted, no copy of another, about us
    need: int


def sums_of(fresh: Fresh) -> dict[tuple[str, int], Sum]:
    """What each person says in each thread; our own words are nobody's."""
    sums: dict[tuple[str, int], Sum] = {}
    for said, number, at in zip(fresh.said, fresh.numbers, fresh.written, strict=True):
        if said.ours:
            continue
        alive = not (said.deleted or said.copy_of or said.elsewhere)
        need = (said.understood or _TO_BE_READ).need
        key = (fresh.thread[said.external_id], fresh.person[said.author_id])
        have = sums.get(key)
        if have is None or (alive and not have.alive):
            sums[key] = Sum(at, at, number, said.account, alive, need)
        elif alive:
            have.need = min(have.need, need)
            have.first = min(have.first, at)
            if at >= have.last:
                have.last, have.mention = at, number
            have.account = have.account or said.account
    return sums


def conversation_row(channel: str, row: int, key: tuple[str, int], brought: Sum) -> Row:
    return (
        row,
        ids.new_hex(),
        channel,
        *key,
        brought.account,
        brought.need,
        brought.first,
        brought.last,
        brought.first if brought.alive else None,
        False,
        brought.mention,
    )


def mention_rows(channel: str, fresh: Fresh, conversation: dict[tuple[str, int], int]) -> list[Row]:
    rows = []
    heard = moments([said.heard_at for said in fresh.said])
    for said, number, at, heard_at in zip(
        fresh.said, fresh.numbers, fresh.written, heard, strict=True
    ):
        author, name = fresh.person[said.author_id], fresh.thread[said.external_id]
        rows.append(
            (
                number,
                channel,
                said.external_id,
                said.account,
                None if said.ours else conversation[name, author],
                author,
                name,
                said.in_reply_to,
                said.text,
                at,
                heard_at,
                said.time_known,
                said.tagged,
                said.public,
                said.ours,
                said.url,
                said.language,
                said.media,
                said.ref,
                bool(said.hidden),
                heard_at if said.edited else None,
                heard_at if said.deleted else None,
                *_understood(said, fresh.mention),
            )
        )
    return rows


def _understood(said: Said, mention: Mapping[str, int]) -> Row:
    """The reading as columns; `mention` finds the one that this is a copy of."""
    if said.ours or said.deleted:
        return _NOT_READ
    copy_of = mention.get(said.copy_of) if said.copy_of else None
    found = said.understood or _TO_BE_READ
    return (
        found.need,
        found.intent,
        found.sentiment,
        found.reading,
        ReadWith.FAST.value,
        copy_of,
    )


def by_minute(fresh: Sequence[Said], written: Sequence[str]) -> dict[str, tuple[int, int]]:
    """How many were written in each minute, and how many of them did not tag us."""
    counts = Counter(
        (at[: len("2026-03-02 09:00")], said.tagged)
        for said, at in zip(fresh, written, strict=True)
        if not said.ours
    )
    return {
        f"{minute}:00": (counts[minute, True] + counts[minute, False], counts[minute, False])
        for minute in dict.fromkeys(minute for minute, _ in counts)
    }
