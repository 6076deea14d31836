"""Mentions and the people who wrote them, counted in groups. Pure."""

import numpy as np
import numpy.typing as npt

from rejoinder.reporting.rollup.columns import Ints


def counted(groups: Ints, persons: Ints, many: int) -> tuple[Ints, Ints]:
    """Of groups 0 … `many` - 1, of which each mention is in one: mentions, and distinct people."""
    mentions = np.bincount(groups, minlength=many)
    return mentions, np.bincount(_once(groups, persons, many) % many, minlength=many)


def counted_also_as_one(
    groups: Ints, persons: Ints, many: int, of: int
) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
    """As `counted`, and again with the groups g, g + `of`, g + 2 `of` … taken as one.

    The second costs little: it counts those whom the first has once in each group. `many` is a
    multiple of `of`.
    """
    mentions, once = np.bincount(groups, minlength=many), _once(groups, persons, many)
    people = np.bincount(once % many, minlength=many)
    whole = _once(once % many % of, once // many, of)
    all_people = np.bincount(whole % of, minlength=of)
    return (mentions, people), (mentions.reshape(-1, of).sum(axis=0), all_people)


def _once(groups: Ints, persons: Ints, many: int) -> Ints:
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
    # Sorted here: `np.unique` of numpy 2.3 and later hashes, which takes twenty times as long.
    keys.sort()
    found: Ints = keys[np.append(True, keys[1:] != keys[:-1])]
    return found
