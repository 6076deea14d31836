"""Where the posts stand in the archives that platforms give out, and what they mean there.

X: `data/tweets.js` and its parts. Mastodon: `outbox.json`. Google Takeout: a file for each post of
Google+ with its comments; Google+ was shut on 7 March 2019, and this is what is left of it.
"""

import io
import json
import re
from collections.abc import Iterator
from typing import IO, Any, cast

from rejoinder.channels import hypertext
from rejoinder.listening.hear.archives.members import Member
from rejoinder.listening.hear.exports import BadFileError, Record, from_json

LARGEST = 32 * 1024**2  # bytes of a file that is read whole
PUBLIC = ("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public")

_TWEETS = re.compile(r"(?:.*/)?data/tweets?(?:-part\d+)?\.js", re.IGNORECASE)
_ACCOUNT = re.compile(r"(?:.*/)?data/account\.js", re.IGNORECASE)
_OUTBOX = re.compile(r"(?:[^/]+/)?outbox\.json")
_ACTOR = re.compile(r"(?:[^/]+/)?actor\.json")
_PLUS = re.compile(r".*Google\+ Stream/(?:Posts|[^/]+)/[^/]+\.json")
_PROFILE = re.compile(r".*(?:Profile|Google\+ Profile)/Profile\.json")


def about(name: str) -> bool:
    """Whether a member says whose archive it is."""
    return any(kind.fullmatch(name) for kind in (_ACCOUNT, _ACTOR, _PROFILE))


def posts(name: str) -> bool:
    """Whether a member holds posts."""
    return any(kind.fullmatch(name) for kind in (_TWEETS, _OUTBOX, _PLUS))


def owner(member: Member) -> str:
    """Whose archive it is, as its posts name them; empty where it does not say."""
    found = _whole(member)
    if _ACCOUNT.fullmatch(member.name):
        found = found[0] if isinstance(found, list) and found else {}
        account = found.get("account") if isinstance(found, dict) else None
        return _word(account, "username")
    return _word(found, "preferredUsername") or _word(found, "resourceName")


def records(member: Member, whose: str) -> Iterator[Record]:
    """The posts of one member."""
    if _TWEETS.fullmatch(member.name):
        yield from _of_x(member, whose)
    elif _OUTBOX.fullmatch(member.name):
        yield from _of_mastodon(member, whose)
    else:
        yield from _of_plus(member, whose)


def _of_x(member: Member, whose: str) -> Iterator[Record]:
    """A script that assigns a list."""
    for record in from_json(_after(member.stream, "=")):
        said = record.values.get("tweet", record.values)
        if record.error or not isinstance(said, dict):
            yield record if record.error else Record(record.line, {}, "it is no post of X")
            continue
        number = _word(said, "id_str") or _word(said, "id")
        values = {
            "id": number,
            "text": said.get("full_text") or said.get("text"),
            "author": whose,
            "created_at": said.get("created_at"),
            "in_reply_to": said.get("in_reply_to_status_id_str"),
            "ours": "yes",
            "url": f"https://x.com/i/status/{number}",
            "language": said.get("lang"),
        }
        yield Record(record.line, values)


def _of_mastodon(member: Member, whose: str) -> Iterator[Record]:
    """A collection of activities; what was handed on of others is not ours to keep."""
    for record in from_json(_after(member.stream, '"orderedItems"')):
        said = record.values.get("object")
        if record.error:
            yield record
        elif record.values.get("type") == "Create" and isinstance(said, dict):
            yield _status(record.line, said, whose)


def _status(line: int, said: dict[str, Any], whose: str) -> Record:
    readers = [said.get("to"), said.get("cc")]
    named = [each for some in readers for each in (some if isinstance(some, list) else [some])]
    if not any(each in PUBLIC for each in named):
        return Record(line, {}, "it was written for few eyes, and is left where it is")
    warning = _word(said, "summary")
    words = hypertext.words(_word(said, "content"))
    values = {
        "id": said.get("id"),
        "text": f"[{warning}] {words}" if warning else words,
        "author": whose,
        "created_at": said.get("published"),
        "in_reply_to": said.get("inReplyTo"),
        "ours": "yes",
        "url": said.get("url"),
    }
    return Record(line, values)


def _of_plus(member: Member, whose: str) -> Iterator[Record]:
    said = _whole(member)
    if not isinstance(said, dict) or "creationTime" not in said:
        return  # an album, an event or a collection
    url = _word(said, "url")
    # Older archives have no profile in them; whoever posted is whose archive it is.
    whose = whose or _author(said)
    yield _plus(1, said, url, "", whose)
    comments = said.get("comments")
    for line, comment in enumerate(comments if isinstance(comments, list) else (), start=2):
        if isinstance(comment, dict):
            number = f"{url}#{_word(comment, 'creationTime')} {_author(comment)}"
            yield _plus(line, comment, number, url, whose)


def _plus(line: int, said: dict[str, Any], number: str, above: str, whose: str) -> Record:
    author = _author(said)
    values = {
        "id": number,
        "text": hypertext.words(_word(said, "content")),
        "author": author,
        "created_at": _word(said, "creationTime"),
        "in_reply_to": above,
        "ours": "yes" if author and author == whose else "",
    }
    return Record(line, values)


def _author(said: dict[str, Any]) -> str:
    author = said.get("author")
    return _word(author, "resourceName") or _word(author, "displayName")


def _after(stream: IO[bytes], mark: str) -> io.TextIOBase:
    """The list that stands behind a mark, from its bracket on; empty where there is none."""
    text = io.TextIOWrapper(cast("Any", stream), "utf-8", errors="replace", newline="")
    start = ""
    while chunk := text.read(1 << 16):
        start += chunk
        at = start.find(mark)
        bracket = start.find("[", at) if at >= 0 else -1
        if bracket >= 0:
            return cast("io.TextIOBase", _Joined(start[bracket:], text))
        start = start[-(1 << 16) :] if at < 0 else start
        if len(start) > LARGEST:
            break
    return io.StringIO("[]")


class _Joined:
    """What was read already, and what follows."""

    def __init__(self, start: str, rest: io.TextIOWrapper) -> None:
        self._start = start
        self._rest = rest

    def read(self, size: int) -> str:
        if self._start:
            start, self._start = self._start, ""
            return start
        return self._rest.read(size)


def _whole(member: Member) -> Any:
    """A small file as JSON; X's assign it to a name. None where it cannot be read."""
    raw = member.stream.read(LARGEST + 1)
    while len(raw) <= LARGEST and (more := member.stream.read(LARGEST + 1 - len(raw))):
        raw += more
    if len(raw) > LARGEST:
        raise BadFileError(f"{member.name} is larger than any file of its kind")
    text = raw.decode("utf-8", "replace")
    if text.lstrip().startswith("window."):
        text = text.partition("=")[2]
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _word(found: object, name: str) -> str:
    value = found.get(name) if isinstance(found, dict) else None
    return str(value) if isinstance(value, str | int) else ""
