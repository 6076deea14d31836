"""How many advisors are on duty, hour by hour, as people write it: "8-21 10, 21-24 5"."""

import re
from collections.abc import Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from rejoinder.desk.refusals import CannotError

HOURS = 24
_PART = re.compile(r"\s*(\d{1,2})\s*[-–]\s*(\d{1,2})\s*:?\s+(\d{1,4})\s*")


def read(text: str) -> list[int] | None:
    """One number for each hour; hours not named have nobody. None for an empty text.

    Raises CannotError for what is no shift.
    """
    if not text.strip():
        return None
    on_duty = [0] * HOURS
    for part in text.split(","):
        found = _PART.fullmatch(part)
        start, end, many = map(int, found.groups()) if found else (0, 0, 0)
        if not start < end <= HOURS:
            raise CannotError(
                _("“%(part)s” is no shift. Write hours and how many: 8-21 10, 21-24 5.")
                % {"part": part.strip()[:40]}
            )
        on_duty[start:end] = [many] * (end - start)
    return on_duty


def written(on_duty: Sequence[int] | None) -> str:
    """The same in words; hours with nobody are left out."""
    runs, hour = [], 0
    for many, run in groupby(on_duty or []):
        end = hour + len(list(run))
        if many:
            runs.append(f"{hour}-{end} {many}")
        hour = end
    return ", ".join(runs)
