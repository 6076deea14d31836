"""Columns of numbers from many rows, past what the ORM does with each row."""

from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import BigIntegerField, Func, QuerySet

from rejoinder.plumbing.sql import fetch

Ints = npt.NDArray[np.int64]
_ZERO = datetime(1970, 1, 1, tzinfo=UTC)


def columns(wanted: QuerySet[Any, Any], many: int) -> list[Ints]:
    """So many columns of whole numbers, past what the ORM does with each row; none is empty."""
    statement, values = wanted.query.sql_with_params()
    found = fetch(statement, values)
    told = np.fromiter(chain.from_iterable(found), np.int64, many * len(found))
    return list(told.reshape(len(found), many).T)


class Micros(Func):
    """Microseconds since 1970 of a moment in a column: numbers for many rows at once, which are
    read several times as fast as moments.
    """

    output_field = BigIntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **also: Any) -> tuple[str, Any]:
        """Moments are text here, with six digits after the point or with none. `strftime` rounds
        what is nearly a second to one, and so sees whole ones alone.
        """
        template = (
            "(CAST(strftime('%%%%s', substr(%(expressions)s, 1, 19)) AS INTEGER) * 1000000"
            " + CAST(substr(%(expressions)s, 21) AS INTEGER))"
        )
        return self.as_sql(compiler, connection, template=template, **also)

    def as_postgresql(self, compiler: Any, connection: Any, **also: Any) -> tuple[str, Any]:
        """What is extracted is exact."""
        template = "(extract(epoch FROM %(expressions)s) * 1000000)::bigint"
        return self.as_sql(compiler, connection, template=template, **also)


def as_micros(moment: datetime) -> int:
    """A moment as `Micros` gives it."""
    return (moment - _ZERO) // timedelta(microseconds=1)


def of_micros(number: int) -> datetime:
    """The moment again."""
    return _ZERO + timedelta(microseconds=number)
