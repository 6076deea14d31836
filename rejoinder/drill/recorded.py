"""A day of mentions that were really written: their moments and needs, the rest as drawn. Pure.

Nobody recorded how long people would have waited or who would have seen an answer: that is drawn
from the world, for a seed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import msgspec
import numpy as np
from msgspec import Struct

from rejoinder.drill.day import Day, Floats, Ints, complete, streams
from rejoinder.drill.world import DAY_S, World
from rejoinder.drill.worlds import WorldError
from rejoinder.listening.read.words import NEEDS, Need

MOST = 100_000
ReadNeeds = Callable[[Sequence[str]], Sequence[Need]]


class Recorded(Struct, frozen=True):
    """One line. `at` is seconds from midnight, `created_at` the moment; one of them is needed.

    Without `need` it is what the desk reads in `text`; without both, it is drawn.
    """

    at: float | None = None
    created_at: datetime | None = None
    author: str | int | None = None
    channel: str | None = None
    need: Need | None = None
    text: str = ""


def lines(source: Iterable[bytes]) -> list[Recorded]:
    """The mentions of a file of JSON lines. Raises WorldError with the line's number."""
    found: list[Recorded] = []
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        if len(found) == MOST:
            raise WorldError(f"More than {MOST:,} mentions are too many for one day.")
        try:
            one = msgspec.json.decode(line, type=Recorded)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise WorldError(f"Line {number} cannot be read: {error}.") from None
        if one.at is None and one.created_at is None:
            raise WorldError(f"Line {number} has neither at nor created_at.")
        found.append(one)
    if not found:
        raise WorldError("There is no mention in the file.")
    return found


def replay(world: World, recorded: Sequence[Recorded], seed: int, read: ReadNeeds) -> Day:
    """The day of recorded mentions. `read` says what texts need; it is asked once, for all."""
    moments = _moments(recorded)
    order = np.argsort(moments, kind="stable").tolist()
    some = [recorded[place] for place in order]
    seen = _seen(some, read)
    drawn = streams(seed)
    need = _needs(world, some, seen, drawn["need"])
    person, writes = _authors(some)
    day = complete(world, drawn, moments[order], need, person=person, writes=writes)
    channel = _channels(world, some, day.channel)
    return replace(day, channel=channel, seen_need=np.where(seen >= 0, seen, day.seen_need))


def _moments(recorded: Sequence[Recorded]) -> Floats:
    """Seconds from the midnight before the first, in its own time zone."""
    dated = [one.created_at for one in recorded if one.at is None and one.created_at]
    zone = dated[0].tzinfo if dated else None
    if any((one.tzinfo is None) != (zone is None) for one in dated):
        raise WorldError("Some moments have a time zone and some have none.")
    try:
        local = [one.astimezone(zone) if zone else one for one in dated]
    except OverflowError:
        raise WorldError("A moment is too far from the others.") from None
    midnight = min(local).replace(hour=0, minute=0, second=0, microsecond=0) if local else None
    found = iter((one - midnight).total_seconds() for one in local if midnight)
    moments = np.array([next(found) if one.at is None else one.at for one in recorded])
    outside = np.flatnonzero(~((moments >= 0) & (moments < DAY_S)))
    if len(outside):
        raise WorldError(f"Mention {outside[0] + 1} is not on the day of the first.")
    return moments


def _seen(recorded: Sequence[Recorded], read: ReadNeeds) -> Ints:
    """What the desk reads in each text; -1 without one."""
    texts = [one.text for one in recorded]
    needs = iter(read([text for text in texts if text.strip()]))
    return np.array([NEEDS.index(next(needs)) if text.strip() else -1 for text in texts])


def _needs(
    world: World, recorded: Sequence[Recorded], seen: Ints, stream: np.random.Generator
) -> Ints:
    """The truth: what was said, else what was read, else what the world draws."""
    shares = np.array(world.need_share.values())
    drawn = stream.choice(len(NEEDS), len(recorded), p=shares / shares.sum())
    said = np.array([NEEDS.index(one.need) if one.need else -1 for one in recorded])
    return np.where(said >= 0, said, np.where(seen >= 0, seen, drawn))


def _authors(recorded: Sequence[Recorded]) -> tuple[Ints, Ints]:
    """Who wrote each, and the first mention of theirs; without an author, somebody new."""
    first: dict[object, int] = {}
    keys = [place if one.author is None else (one.author,) for place, one in enumerate(recorded)]
    writes = np.array([first.setdefault(key, place) for place, key in enumerate(keys)])
    _, person = np.unique(writes, return_inverse=True)
    return person, writes


def _channels(world: World, recorded: Sequence[Recorded], drawn: Ints) -> Ints:
    places = world.places()
    unknown = {one.channel for one in recorded if one.channel} - set(places)
    if unknown:
        raise WorldError(f"{min(unknown)!r} is no channel of the world.")
    return np.array(
        [
            places[one.channel] if one.channel else place
            for one, place in zip(recorded, drawn.tolist(), strict=True)
        ]
    )
