"""Statements that the ORM has no words for, past it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

Row = tuple[Any, ...]
_AT_ONCE = 10_000  # rows


def fetch(statement: str, values: Sequence[Any] = ()) -> list[Row]:
    """The rows that a statement gives."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[Row] = cursor.fetchall()
    return rows


def rows(statement: str, values: Sequence[Any] = ()) -> Iterator[Row]:
    """The same, some at a time, for more rows than fit into memory twice."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        while some := cursor.fetchmany(_AT_ONCE):
            yield from some


def execute(statement: str, values: Sequence[Any] = ()) -> None:
    """Run a statement that gives no rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
