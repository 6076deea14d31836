"""Mentions and the people who wrote them, counted in groups. Pure."""

import numpy as np
import numpy.typing as npt

from rejoinder.reporting.rollup.columns import Ints


def counted(groups: Ints, persons: Ints, many: int) -> tuple[Ints, Ints]:
    """Of groups 0 … `many` - 1, of which each mention is in one: mentions, and distinct people."""
    mentions = np.bincount(groups, minlength=many)
    return mentions, np.bincount(_once_each(groups, persons, many) % many, minlength=many)


def _once_each(groups: Ints, persons: Ints, many: int) -> Ints:
    """Each person once in each group, as person × many + group."""
    if not len(groups):
        return groups
    base = persons.min()
    width = int(persons.max() - base + 1) * many
    keys = (persons - base) * many + groups
    # A table of bits is quicker than sorting, as long as it is no larger than what it is for.
    if width <= 16 * len(keys) + 2**16:
        there: npt.NDArray[np.bool_] = np.zeros(width, np.bool_)
        there[keys] = True
        return np.flatnonzero(there)
    keys.sort()
    return once(keys)


def once(ordered: Ints) -> Ints:
    """Of numbers in order, each once: `np.unique` of numpy 2.3 and later hashes, which takes twenty
    times as long.
    """
    found: Ints = ordered[np.append(True, ordered[1:] != ordered[:-1])]
    return found
