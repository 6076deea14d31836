"""What the columns of an export mean: from one record of any export to one post."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from rejoinder.channels.contract import Post

FIELDS = ("id", "text", "author", "created_at", "in_reply_to", "ours", "url", "language")
CHANNEL = re.compile(r"[a-z0-9_-]{1,30}")  # what an import may call its channel

# Names that exports of platforms, research sets and tools give to the same thing.
_ALIASES = {
    "id": "id tweet_id id_str post_id status_id comment_id message_id external_id",
    "text": "text full_text tweet_text content body message comment tweet",
    "author": "author author_id user_id user username user_name screen_name handle from",
    "created_at": "created_at tweet_created created date time datetime timestamp published_at",
    "in_reply_to": "in_reply_to in_response_to_tweet_id in_reply_to_status_id "
    "in_reply_to_status_id_str in_reply_to_id parent_id reply_to",
    "ours": "ours inbound",
    "url": "url permalink link",
    "language": "language lang",
}
_NO = {"false", "0", "no", "f", "n"}
_YES = {"true", "1", "yes", "t", "y"}
_WHOLE_AS_FLOAT = re.compile(r"\d+\.0+")
_NUMBER = re.compile(r"\d{9,13}(\.\d+)?")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_MONTHS = {name: number for number, name in enumerate(
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1)}  # fmt: skip  # noqa: SIM905
# Twitter's own: Tue Oct 31 22:10:47 +0000 2017
_TWITTER = re.compile(r"\w{3} (\w{3}) (\d\d) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\d{4})")

Columns = dict[str, str]


class NoTextColumnError(ValueError):
    """None of the columns is known to hold the text. The message lists them."""


class BadRecordError(ValueError):
    """This record is no post; the message says why."""


def columns(names: Iterable[str], given: Mapping[str, str]) -> Columns:
    """Which column holds each field: what was `given`, else by name. Raises NoTextColumnError."""
    by_name = {_plain(name): name for name in reversed(list(names))}
    found = {
        field: next(by_name[alias] for alias in aliases.split() if alias in by_name)
        for field, aliases in _ALIASES.items()
        if any(alias in by_name for alias in aliases.split())
    }
    for field, name in given.items():
        if _plain(name) not in by_name:
            raise NoTextColumnError(
                f"there is no column {name!r} for {field}; there are: {_listed(by_name.values())}"
            )
        found[field] = by_name[_plain(name)]
    if "text" not in found:
        raise NoTextColumnError(
            f"no column is known to hold the text; there are: {_listed(by_name.values())}. "
            "Name it with --map text=COLUMN"
        )
    return found


def post(record: Mapping[str, Any], where: Columns, without_id: str) -> Post:
    """One record as a post; `without_id` is its id if it has none. Raises BadRecordError."""
    text = _text(record, where)
    author = _string(record, where, "author")
    return Post(
        external_id=_number(_string(record, where, "id")) or without_id,
        author_id=author,
        handle=author,
        text=text,
        created_at=moment(_string(record, where, "created_at")),
        in_reply_to=_number(_string(record, where, "in_reply_to")) or None,
        ours=_ours(record, where),
        url=_string(record, where, "url"),
        language=_string(record, where, "language"),
    )


def moment(written: str) -> datetime | None:
    """A time as exports write it; without a zone it is UTC. None when it cannot be understood."""
    if not written:
        return None
    for reading in _READINGS:
        try:
            read = reading(written)
        except (ValueError, OverflowError, KeyError, IndexError, TypeError, OSError):
            continue
        return read if read.tzinfo else read.replace(tzinfo=UTC)
    return None


def _from_iso(written: str) -> datetime:
    # "2015-02-24 11:35:52 -0800" is ISO but for one space.
    return datetime.fromisoformat(re.sub(r" (?=[+-]\d{2}:?\d{2}$)", "", written))


def _from_twitter(written: str) -> datetime:
    match = _TWITTER.fullmatch(written)
    if match is None:
        raise ValueError(written)
    month, day, time, zone, year = match.groups()
    return datetime.fromisoformat(f"{year}-{_MONTHS[month]:02}-{day}T{time}{zone}")


def _from_number(written: str) -> datetime:
    if not _NUMBER.fullmatch(written):
        raise ValueError(written)
    seconds = float(written)
    return datetime.fromtimestamp(seconds / 1000 if seconds >= 1e11 else seconds, UTC)


_READINGS: tuple[Callable[[str], datetime], ...] = (
    _from_number,
    _from_iso,
    _from_twitter,
    parsedate_to_datetime,
)


def _text(record: Mapping[str, Any], where: Columns) -> str:
    """The words. Exports of X write &, < and > as entities; here they are themselves again."""
    text = _string(record, where, "text")
    if not text.strip():
        raise BadRecordError("it has no text")
    if "&" in text:
        for entity, character in _ENTITIES:
            text = text.replace(entity, character)
    return text


def _ours(record: Mapping[str, Any], where: Columns) -> bool:
    """Whether we said it. A column "inbound" says the opposite."""
    said = _string(record, where, "ours").lower()
    inbound = _plain(where.get("ours", "")) == "inbound"
    return said in (_NO if inbound else _YES)


def _string(record: Mapping[str, Any], where: Columns, field: str) -> str:
    value = record.get(where[field]) if field in where else None
    if value is None:
        return ""
    if isinstance(value, dict | list):
        raise BadRecordError(f"its {field} is no plain value")
    return str(value) if field == "text" else str(value).strip()


def _number(external_id: str) -> str:
    """Without the .0 that a spreadsheet adds to whole numbers in a column with gaps."""
    return external_id.partition(".")[0] if _WHOLE_AS_FLOAT.fullmatch(external_id) else external_id


def _plain(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip().lower())


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"
