"""Comparing tuples in SQL, so that a page by key is one range of an index on both databases.

Django's own comparison of tuples becomes a chain of ORs on SQLite, which reads the whole index.
"""

from collections.abc import Mapping
from typing import Any, cast

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Model, Value
from django.db.models.fields import Field
from django.db.models.sql.compiler import SQLCompiler


class Beyond(Func):
    """`(a, b, c) > (x, y, z)`, or `<` when the order descends, in the order of the fields."""

    output_field = BooleanField()

    def __init__(self, model: type[Model], values: Mapping[str, Any], *, descending: bool) -> None:
        """`values`: what each field of the model is compared with."""
        types = [model._meta.get_field(name) for name in values]
        super().__init__(
            *(F(name) for name in values),
            *(
                Value(value, output_field=cast("Field[Any, Any]", of))
                for value, of in zip(values.values(), types, strict=True)
            ),
        )
        self.sign = "<" if descending else ">"

    def as_sql(  # type: ignore[override]  # templates of Func have no place here
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, list[Any]]:
        parts = [compiler.compile(each) for each in self.get_source_expressions()]
        half = len(parts) // 2
        names, values = (", ".join(sql for sql, _ in side) for side in (parts[:half], parts[half:]))
        return f"({names}) {self.sign} ({values})", [one for _, given in parts for one in given]
