"""Blocks of columns: made from the rows of mentions, and read back."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from django.db import connection

from rejoinder.plumbing.giving_way import let_by
from rejoinder.plumbing.sql import fetch
from rejoinder.reporting.models import Block
from rejoinder.reporting.rollup.columns import (
    NO_NEED,
    NUMBERS,
    WORDS,
    Columns,
    Ints,
    joined,
    packed,
    packed_words,
    unpacked,
    unpacked_words,
)

_LATEST = 2**33  # seconds: a moment that nobody will live is a slip
_SECONDS = {
    # Without the fraction: `strftime` rounds what is nearly a second up, perhaps to another day.
    "sqlite": "CAST(strftime('%%s', substr({}, 1, 19)) AS INTEGER)",
    "postgresql": "floor(extract(epoch FROM {}))::bigint",
}


def counted(first: int) -> tuple[Columns, Ints]:
    """What counts now of the block of mentions that begins with this number, and when each was
    heard, in seconds. What counts is a post of somebody else that stands: not our own, no copy, not
    deleted.
    """
    seconds = _SECONDS[connection.vendor]
    rows = fetch(
        f"SELECT {seconds.format('created_at')}, id, person_id, coalesce(question_id, 0), "  # noqa: S608
        f"coalesce(need, {NO_NEED}), CASE WHEN public THEN 1 ELSE 0 END, "
        f"channel, intent, sentiment, language, {seconds.format('heard_at')} "
        "FROM listening_mention WHERE id >= %s AND id < %s "
        "AND NOT ours AND copy_of IS NULL AND deleted_at IS NULL ORDER BY id",
        (first, first + Block.SIZE),
    )
    told = list(zip(*rows, strict=True)) or [()] * (len(NUMBERS) + len(WORDS) + 1)
    values = {
        name: np.array(column, np.int64)
        for name, column in zip(NUMBERS, told[: len(NUMBERS)], strict=True)
    }
    values["at"] = np.clip(values["at"], 0, _LATEST)
    words: dict[str, list[str]] = {}
    for name, column in zip(WORDS, told[len(NUMBERS) : -1], strict=True):
        places: dict[str, int] = {}
        codes = [places.setdefault(each, len(places)) for each in column]
        values[name], words[name] = np.array(codes, np.int64), list(places)
    return Columns(len(rows), values, words), np.array(told[-1], np.int64)


def as_row(found: Columns) -> dict[str, Any]:
    """The values of a `Block`."""
    at = found["at"]
    return {
        "many": found.many,
        "first_at": int(at.min()) if found.many else 0,
        "last_at": int(at.max()) if found.many else -1,
        **{name: packed(found[name]) for name in NUMBERS},
        **{name: packed_words(found[name], found.words[name]) for name in WORDS},
    }


def as_columns(row: dict[str, Any], names: Sequence[str]) -> Columns:
    """These columns of a block; `row` has them as they lie in the table, and `many`."""
    values: dict[str, Ints] = {}
    words: dict[str, Sequence[str]] = {}
    for name in names:
        data = bytes(row[name])
        if name in WORDS:
            values[name], words[name] = unpacked_words(data, row["many"])
        else:
            values[name] = unpacked(data, row["many"])
    return Columns(row["many"], values, words)


def between(begins: datetime, ends: datetime, names: Sequence[str]) -> Columns:
    """What counts of begins ≤ written < ends, `at` and these columns, in the order of numbers."""
    names = list(dict.fromkeys(("at", *names)))
    return joined(list(parts_between(begins, ends, names)), names)


def parts_between(begins: datetime, ends: datetime, names: Sequence[str]) -> Iterator[Columns]:
    """The same block by block; `names` has `at`. None is empty."""
    first, last = int(begins.timestamp()), int(ends.timestamp())
    rows = Block.objects.filter(last_at__gte=first, first_at__lt=last, many__gt=0)
    for row in rows.order_by("id").values("many", "first_at", "last_at", *names).iterator(200):
        let_by()
        part = as_columns(row, names)
        if row["first_at"] < first or row["last_at"] >= last:
            part = part.where((part["at"] >= first) & (part["at"] < last))
        if part.many:
            yield part


def lately(name: str, blocks: int) -> list[str]:
    """The words of a column in the newest blocks."""
    rows = Block.objects.filter(many__gt=0).order_by("-id").values_list(name, "many")[:blocks]
    return sorted({word for data, many in rows for word in unpacked_words(bytes(data), many)[1]})
