"""Which cells of a table may be told, so that none about few people can be reckoned. Pure.

A cell of one to four people is hidden; and where the cells of a line (the others of its row, of its
column, along any axis) with their sum would give it away, a second one is hidden with it:
complementary suppression (Hundepool and others 2012, Statistical Disclosure Control, chapter 4).
"""

import numpy as np
import numpy.typing as npt

from rejoinder.reporting.few import FEW
from rejoinder.reporting.rollup.columns import Ints

Bools = npt.NDArray[np.bool_]
_NONE = np.iinfo(np.int64).max


def told(people: Ints) -> Bools:
    """Of each cell of a table of any number of axes; nobody may be told.

    In every line either nothing is hidden, or two cells or more of which one is of five people or
    more, or all that somebody is in.
    """
    hidden = (people > 0) & (people < FEW)
    changed = bool(hidden.any())
    while changed:
        changed = any(_one_more(people, hidden, axis) for axis in range(people.ndim))
    return ~hidden


def _one_more(people: Ints, hidden: Bools, axis: int) -> bool:
    """Hides, in each line along the axis that needs it, the least of what is told."""
    many = hidden.sum(axis=axis)
    most = np.where(hidden, people, 0).max(axis=axis, initial=0)
    bare = (many > 0) & ((many == 1) | (most < FEW))
    left = np.where(hidden | (people == 0), _NONE, people)
    least = np.expand_dims(left.argmin(axis=axis), axis)
    there = np.take_along_axis(left, least, axis) < _NONE
    more = np.expand_dims(bare, axis) & there
    if not more.any():
        return False
    was = np.take_along_axis(hidden, least, axis)
    np.put_along_axis(hidden, least, was | more, axis)
    return True
