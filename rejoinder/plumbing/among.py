"""Rows whose number is one of many, as one value of a statement instead of thousands.

A statement with a place for each number is another statement each time: the ORM builds it anew, and
the database reads and plans it anew. Of some 2,000 that took PostgreSQL two to three times as long.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func
from django.db.models.sql.compiler import SQLCompiler


class Among(Func):
    """Whether a whole number is one of these; no order is kept, and one named twice counts once."""

    output_field = BooleanField()

    def __init__(self, name: str, numbers: Iterable[int]) -> None:
        """`name`: of the field."""
        super().__init__(F(name))
        self.numbers = list(numbers)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        field, given = compiler.compile(self.get_source_expressions()[0])
        listed = f"{field} IN (SELECT value FROM json_each(%s))"  # noqa: S608  # a field of ours
        return listed, (*given, json.dumps(self.numbers))

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, list[Any]]:
        field, given = compiler.compile(self.get_source_expressions()[0])
        return f"{field} = ANY(%s::bigint[])", [*given, self.numbers]
