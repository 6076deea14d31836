"""Who may be told by a batch, in what words, and when a batch stops by itself. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from rejoinder.listening.read.words import Need

Unfit = Literal[
    "urgent",
    "own-case",
    "abuse",
    "not-asked",
    "continued",
    "in-hand",
    "told",
    "deleted",
    "too-long",
    "no-account",
]
LeftOut = Unfit | Literal["answered", "stopped", "refused", "withdrawn"]
Z = 1.96  # of a 95 % interval
TOO_MANY = 0.10  # of those told say that it does not help: then it does not
AT_LEAST = 5  # people; of fewer nothing can be said


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who may be pointed to an answer, as the desk knows them.

    `asked_us`: they wrote to us, or named us; `continued`: we have answered them here before;
    `told`: they heard this revision already.
    """

    need: Need
    asked_us: bool
    continued: bool
    in_hand: bool
    told: bool
    deleted: bool


def unfit(asker: Asker) -> Unfit | None:
    """Why somebody gets no pointer; None for who may.

    A short general answer is for a common question that somebody asked us: never for danger, a case
    of one's own, or a conversation that goes on.
    """
    cases: Sequence[tuple[bool, Unfit]] = (
        (asker.deleted, "deleted"),
        (asker.need == "urgent", "urgent"),
        (asker.need == "specific", "own-case"),
        (asker.need == "abuse", "abuse"),
        (asker.told, "told"),
        (asker.continued, "continued"),
        (asker.in_hand, "in-hand"),
        (not asker.asked_us, "not-asked"),
    )
    return next((reason for holds, reason in cases if holds), None)


def unfit_by_now(need: Need, *, waits: bool, pointer: bool) -> LeftOut | None:
    """Why somebody who was chosen is told no more: they wrote again, or are answered by now."""
    if waits and need in {"urgent", "specific"}:
        return "urgent" if need == "urgent" else "own-case"
    return "answered" if pointer and not waits else None


def helps_not(told: int, unhappy: int) -> bool:
    """Whether so many of those told came back unhappy that a batch should stop.

    Stops when even the lower end of the 95 % interval of their share (Wilson 1927) is above
    TOO_MANY, and never for fewer than AT_LEAST people.
    """
    return unhappy >= AT_LEAST and _lower_end(unhappy, told) > TOO_MANY


def corrects(last_told: int, revisions: Sequence[tuple[int, bool]]) -> bool:
    """Whether somebody who last heard a revision has to hear the newest.

    `revisions` are the published ones, each its number and whether it changed what people had been
    told (material), or makes it harmful.
    """
    return any(changed for number, changed in revisions if number > last_told)


def words(short: str, link: str = "") -> str:
    """What a reply says: the answer itself, and a link only where one is wanted."""
    return " ".join(part for part in (short.strip(), link) if part)


def correction(short: str, what_changed: str, sorry: str, link: str = "") -> str:
    """What somebody hears who was told otherwise: that it changed, then what holds now."""
    return " ".join(part for part in (sorry, short.strip() or what_changed.strip(), link) if part)


def _lower_end(successes: int, trials: int) -> float:
    if trials <= 0:
        return 0.0
    share, square = min(successes / trials, 1.0), Z * Z
    middle = share + square / (2 * trials)
    spread = Z * sqrt(share * (1 - share) / trials + square / (4 * trials * trials))
    return (middle - spread) / (1 + square / trials)
