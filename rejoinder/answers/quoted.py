"""Which revision of an answer a reply told: what was said decides, not what was clicked. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

AT_LEAST = 0.5  # of the runs of words of a short form; a personal line may stand around it
RUN = 3  # words

Runs = frozenset[tuple[str, ...]]

_LINK = re.compile(r"/s/([a-z0-9]{4,12})(?![a-z0-9])")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Told:
    """A published revision that may have been told: its row, its short form, its answer's code."""

    revision: int
    short: str
    code: str


def codes(text: str) -> list[str]:
    """The codes of our short links in a text."""
    return _LINK.findall(text)


def quoted(text: str, published: Sequence[Told], *, runs: int = 1) -> int | None:
    """The revision that the text says again, else the newest of an answer that it links.

    `published` stands newest first: of two that say the same the newer one counts. So many runs of
    words have to be said again at least: a few come about by chance where many answers are public.
    """
    said = _runs(text)
    shares = [_share(_short_runs(each.short), said, runs) for each in published]
    best = max(shares, default=0.0)
    if best >= AT_LEAST:
        return published[shares.index(best)].revision
    linked = set(codes(text))
    return next((each.revision for each in published if each.code in linked), None)


def _share(short: Runs, said: Runs, runs: int) -> float:
    both = len(short & said)
    return both / len(short) if both >= runs else 0.0


# Each reply that leaves is held against the same answers.
@lru_cache(maxsize=4096)
def _short_runs(short: str) -> Runs:
    return _runs(short)


def _runs(text: str) -> Runs:
    """Each three words that follow each other; what has a slash in it is an address."""
    spoken = " ".join(part for part in text.split() if "/" not in part)
    words = _WORD.findall(spoken.casefold())
    return frozenset(tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
