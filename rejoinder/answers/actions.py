"""Everything done with a public answer; pages and rooms above call these.

Nothing published is changed or deleted: the next revision comes.
"""

from rejoinder.answers.opening import cover, may_write, open_answer, tick, uncover
from rejoinder.answers.publishing import (
    check,
    may_check,
    may_publish,
    needs_second,
    publish,
    withdraw,
)
from rejoinder.answers.writing import begin, discard, write

__all__ = [
    "begin",
    "check",
    "cover",
    "discard",
    "may_check",
    "may_publish",
    "may_write",
    "needs_second",
    "open_answer",
    "publish",
    "tick",
    "uncover",
    "withdraw",
    "write",
]
