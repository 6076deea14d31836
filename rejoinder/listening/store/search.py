"""Finding mentions by their words, newest first, whatever was typed."""

import re
from typing import NamedTuple

from django.db import connection

from rejoinder.listening.models import Mention
from rejoinder.listening.store.words import words
from rejoinder.plumbing.sql import fetch
from rejoinder.team.access import Actor, visible

PAGE = 50
RECENT = 20_000  # of the newest, looked through row by row on PostgreSQL
_WORDS_AT_MOST = 12
# A quoted phrase, or a word with perhaps a star at its end; a minus before either takes away.
_TERM = re.compile(r'(-?)(?:"([^"]*)"|([\w@#][\w@#\'’.:/-]*)(\*?))')


class Term(NamedTuple):
    """Words that stand together; the last may be a beginning, all may be unwanted."""

    words: tuple[str, ...]
    begins: bool
    without: bool


class Found(NamedTuple):
    """One page of mentions, and what to give as `before` for the older ones, if there are any."""

    mentions: list[Mention]
    older: int | None


def search(actor: Actor, typed: str, before: int | None = None, size: int = PAGE) -> Found:
    """Mentions that hold all the words typed, the newest heard first.

    "Quoted words" stand together, `word*` is a beginning, `-word` takes away; anything else that
    was typed is no error. Nothing is found for no words. What was deleted is not found.
    """
    asked = terms(typed)
    if all(term.without for term in asked):
        return Found([], None)
    numbers = _numbers(asked, before, size + 1)
    rows = visible(actor, Mention.objects.filter(pk__in=numbers[:size], deleted_at=None))
    mentions = rows.select_related("person", "conversation", "account").order_by("-pk")
    return Found(list(mentions), numbers[size - 1] if len(numbers) > size else None)


def conversations(actor: Actor, typed: str, size: int) -> list[int]:
    """Those of the newest mentions that `search` finds, without their words; newest first."""
    asked = terms(typed)
    if all(term.without for term in asked):
        return []
    numbers = _numbers(asked, None, size)
    rows = visible(actor, Mention.objects.filter(pk__in=numbers, deleted_at=None))
    talks = rows.exclude(conversation=None).order_by("-pk").values_list("conversation", flat=True)
    return [talk for talk in talks if talk is not None]


def terms(typed: str) -> list[Term]:
    """What was asked for, of anything that somebody may type."""
    found = []
    for minus, phrase, word, star in _TERM.findall(typed.replace("\x00", " "))[:_WORDS_AT_MOST]:
        if parts := tuple(words(phrase or word)):
            found.append(Term(parts, bool(star), bool(minus)))
    return found


def _numbers(asked: list[Term], before: int | None, limit: int) -> list[int]:
    """Row ids from the index, newest first; row ids grow with the time of hearing."""
    below = before if before is not None else 2**62
    if connection.vendor != "postgresql":
        return _column(_SQLITE, _match(asked), below, limit)
    wanted = _tsquery(asked)
    [newest] = _column("SELECT coalesce(max(mention_id), 0) FROM listening_search")
    below = min(below, newest + 1)
    found = _column(_POSTGRES, wanted, below, below - RECENT, limit)
    if len(found) < limit:
        found += _column(_POSTGRES_OLDER, wanted, below - RECENT, limit - len(found))
    return found


def _column(statement: str, *values: object) -> list[int]:
    return [row[0] for row in fetch(statement, values)]


_SQLITE = (
    "SELECT rowid FROM listening_search WHERE listening_search MATCH %s AND rowid < %s "
    "ORDER BY rowid DESC LIMIT %s"
)
_POSTGRES = (
    "SELECT mention_id FROM listening_search WHERE words @@ %s::tsquery "
    "AND mention_id < %s AND mention_id >= %s ORDER BY mention_id DESC LIMIT %s"
)
# PostgreSQL takes any word it did not count for one in two hundred, and would walk a million rows
# from the newest on to find few. What the recent ones did not bring is rare: its index first.
_POSTGRES_OLDER = (
    "WITH found AS MATERIALIZED (SELECT mention_id FROM listening_search "
    "WHERE words @@ %s::tsquery AND mention_id < %s) "
    "SELECT mention_id FROM found ORDER BY mention_id DESC LIMIT %s"
)


def _match(asked: list[Term]) -> str:
    """For FTS5: each term in quotes, so that no word of it is an operator."""
    wanted = [_quoted(term) for term in asked if not term.without]
    unwanted = [_quoted(term) for term in asked if term.without]
    words = " AND ".join(wanted)
    return f"({words}) NOT ({' OR '.join(unwanted)})" if unwanted else words


def _quoted(term: Term) -> str:
    return '"' + " ".join(term.words) + '"' + ("*" if term.begins else "")


def _tsquery(asked: list[Term]) -> str:
    """For PostgreSQL: only word characters, joined by operators of our own."""
    return " & ".join(_lexemes(term) for term in asked)


def _lexemes(term: Term) -> str:
    words = [f"'{word}'" for word in term.words]
    if term.begins:
        words[-1] += ":*"
    return ("!" if term.without else "") + "(" + " <-> ".join(words) + ")"
