"""A day of mentions that were really written: their moments and needs, the rest as drawn. Pure.

Nobody recorded how long people would have waited or who would have seen an answer: what a line
does not tell is drawn from the world, for a seed. The arrivals of a result tell everything, so that
a day can be changed by hand and played again.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

import msgspec
import numpy as np
from msgspec import UNSET, Meta, Struct, UnsetType
from numpy.typing import NDArray

from rejoinder.drill.day import Day, Floats, Ints, complete, streams
from rejoinder.drill.world import DAY_S, World
from rejoinder.drill.worlds import WorldError
from rejoinder.listening.read.words import NEEDS, Need

MOST = 100_000
Positive = Annotated[float, Meta(ge=0, le=1e12)]
Question = Annotated[int, Meta(ge=0, le=63)]
ReadNeeds = Callable[[Sequence[str]], Sequence[Need]]


class Recorded(Struct, frozen=True):
    """One line. `at` is seconds from midnight, `created_at` the moment; one of them is needed.

    Without `need` it is what the desk reads in `text`; without both, it is drawn. The rest is as
    in the arrivals of a result; `author` is whatever tells people apart, as `person` is there.
    """

    at: float | None = None
    created_at: datetime | None = None
    author: str | int | None = None
    person: int | None = None
    channel: str | None = None
    need: Need | None = None
    text: str = ""
    seen_need: Need | UnsetType = UNSET
    question: Question | UnsetType | None = UNSET
    seen_question: Question | UnsetType | None = UNSET
    patience_s: Positive | UnsetType = UNSET
    followers: Positive | UnsetType = UNSET
    handling_s: Positive | UnsetType = UNSET
    pointer_s: Positive | UnsetType = UNSET
    settles: bool | UnsetType = UNSET
    sees_after_s: Positive | UnsetType | None = UNSET
    deflected: bool | UnsetType = UNSET
    repeats_at: Positive | UnsetType | None = UNSET
    leaves_unseen: bool | UnsetType = UNSET


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
    read_as = np.where(seen >= 0, seen, day.seen_need)
    return _as_told(world, some, replace(day, channel=channel, seen_need=read_as))


def to_play(recorded: Sequence[Recorded]) -> list[Recorded]:
    """The same for people to play: what is asked stands in the words, and no question is drawn."""
    return [
        msgspec.structs.replace(
            one,
            question=None if one.question is UNSET else one.question,
            seen_question=None if one.seen_question is UNSET else one.seen_question,
        )
        for one in recorded
    ]


def texts(recorded: Sequence[Recorded]) -> list[str]:
    """What each mention of the day says, in its order; empty where a line has no text."""
    order = np.argsort(_moments(recorded), kind="stable").tolist()
    return [recorded[place].text for place in order]


def _moments(recorded: Sequence[Recorded]) -> Floats:
    """Positive from the midnight before the first, in its own time zone."""
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
    texts = [one.text if one.seen_need is UNSET else "" for one in recorded]
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
    keys = [
        place if one.author is None and one.person is None else (one.author, one.person)
        for place, one in enumerate(recorded)
    ]
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


def _as_told(world: World, recorded: Sequence[Recorded], day: Day) -> Day:
    """What lines tell in the place of what was drawn."""
    told = {
        "seen_need": _told(recorded, "seen_need", day.seen_need, NEEDS.index),
        "question": _told(recorded, "question", day.question, _question),
        "seen_question": _told(recorded, "seen_question", day.seen_question, _question),
        "sees": _told(recorded, "sees_after_s", day.sees, lambda after: after is not None),
        "sees_after_s": _told(recorded, "sees_after_s", day.sees_after_s, lambda after: after or 0),
        "repeats_at": _told(recorded, "repeats_at", day.repeats_at, _moment),
    }
    plain = ("patience_s", "followers", "handling_s", "pointer_s", "settles", "deflected")
    for name in (*plain, "leaves_unseen"):
        told[name] = _told(recorded, name, getattr(day, name), lambda value: value)
    if max(told["question"].max(), told["seen_question"].max()) >= len(world.questions):
        raise WorldError("A line names a question that the world does not have.")
    return replace(day, **told)


def _told(
    recorded: Sequence[Recorded], name: str, drawn: NDArray[Any], change: Callable[[Any], Any]
) -> NDArray[Any]:
    """A column with what the lines tell of it."""
    told = drawn.copy()
    for place, one in enumerate(recorded):
        if (value := getattr(one, name)) is not UNSET:
            told[place] = change(value)
    return told


def _question(told: int | None) -> int:
    return -1 if told is None else told


def _moment(told: float | None) -> float:
    return np.inf if told is None else told
