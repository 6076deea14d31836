"""What a desk in other processes has kept, read past its code, so that asking is quick."""

import sqlite3
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import psycopg

_MENTIONS = "SELECT external_id, text FROM listening_mention ORDER BY id"
_WAITING = "SELECT count(*) FROM listening_conversation WHERE waiting_since IS NOT NULL"
_COUNTED = "SELECT coalesce(sum(mentions), 0) FROM listening_minutecount"
_TROUBLE = "SELECT coalesce(max(trouble), '') FROM channels_account"
_SEARCHED = {
    "sqlite": "SELECT count(*) FROM listening_search WHERE listening_search MATCH 'signal'",
    "postgres": "SELECT count(*) FROM listening_search WHERE words @@ 'signal'::tsquery",
}


class State(NamedTuple):
    """Ids and texts in the order of their rows; how many wait, are counted, are found."""

    ids: list[str]
    texts: list[str]
    waiting: int
    counted: int
    searched: int
    trouble: str


def state(desk: dict[str, str]) -> State:
    """What is kept now, as other processes see it."""
    url = desk["REJOINDER_DATABASE_URL"]
    rows: Any = psycopg.connect(**_parts(url)) if url else _file(desk)
    try:
        mentions = rows.execute(_MENTIONS).fetchall()
        searched = _SEARCHED["postgres" if url else "sqlite"]
        return State(
            [external_id for external_id, _ in mentions],
            [text for _, text in mentions],
            *(rows.execute(ask).fetchone()[0] for ask in (_WAITING, _COUNTED, searched, _TROUBLE)),
        )
    finally:
        rows.close()


def _file(desk: dict[str, str]) -> sqlite3.Connection:
    return sqlite3.connect(Path(desk["REJOINDER_DATA"]) / "desk.sqlite3", timeout=60)


def _parts(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "host": unquote(parts.hostname or ""),
        "port": parts.port,
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or "") or None,
        "dbname": parts.path.lstrip("/"),
    }
