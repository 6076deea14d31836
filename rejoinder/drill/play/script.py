"""What the people of a drilled day are called and what they write. Pure: a seed decides.

A drawn day knows needs and questions, not words; people who play it read words.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from random import Random

import msgspec
from msgspec import Struct

from rejoinder.drill.day import COMMON, Day
from rejoinder.listening.read.words import NEEDS

LONGEST = 280  # characters that the pretend network takes
NOT_OURS = "Win a phone in our spring draw. Details in every shop."  # by another client of ours


class Asked(Struct, frozen=True):
    """A question: what people call it, its answer in few words, and how it is asked."""

    name: str
    short: str
    asks: list[str]


class Words(Struct, frozen=True):
    """The words file. `{brand}`, `{place}`, `{hours}` and `{short}` are filled in."""

    first: list[str]
    last: list[str]
    places: list[str]
    openers: list[str]
    closers: list[str]
    urgent: list[str]
    specific: list[str]
    vent: list[str]
    abuse: list[str]
    none: list[str]
    questions: list[Asked]
    again: list[str]
    replies: dict[str, list[str]]

    def of(self, need: int, question: int) -> Sequence[str]:
        """The ways to write about a need, or to ask a question of the day (-1: none)."""
        if question >= 0 or need == COMMON:
            return self.questions[max(question, 0) % len(self.questions)].asks
        said: Sequence[str] = getattr(self, NEEDS[need])
        return said


@cache
def words() -> Words:
    """The words file of this folder."""
    found = files("rejoinder.drill.play").joinpath("words.json").read_bytes()
    return msgspec.json.decode(found, type=Words)


def asked(question: int) -> Asked:
    """A question of the day in words."""
    return words().questions[question % len(words().questions)]


def name(person: int) -> str:
    """What somebody is called; nobody else is."""
    known = words()
    rounds, place = divmod(person, len(known.first) * len(known.last))
    last, first = divmod(place, len(known.first))
    called = f"{known.first[first]} {known.last[(last + first) % len(known.last)]}"
    return f"{called} {rounds + 1}" if rounds else called


def texts(day: Day, brand: str, seed: int) -> list[str]:
    """What each mention says, without the name of who it is said to."""
    random = Random(seed)
    rows = zip(day.need.tolist(), day.question.tolist(), strict=True)
    return [_text(need, question, brand, random) for need, question in rows]


def again(text: str, random: Random) -> str:
    """The same person, some time later."""
    short = text if len(text) < 160 else text[:160].rsplit(" ", 1)[0] + " …"
    said = random.choice(words().again)
    return said.format(short=short, hours=random.choice(("an hour", "half an hour", "ages")))


def reply(need: str, random: Random) -> str:
    """What a colleague answers."""
    return random.choice(words().replies[need])


def _text(need: int, question: int, brand: str, random: Random) -> str:
    known = words()
    parts = [
        random.choice(known.openers),
        random.choice(known.of(need, question)),
        random.choice(known.closers),
    ]
    said = " ".join(part for part in parts if part)
    return said.format(brand=brand, place=random.choice(known.places))[:LONGEST]
