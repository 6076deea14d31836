"""What the people of the pretend network say next, to whom, and when. Pure: a seed decides."""

from importlib.resources import files
from random import Random

import msgspec
from msgspec import Struct

PAUSE = 14.0  # seconds between two posts, on average
WHISPERS = 11  # each so-and-so-many-th post is a private message
OPENING = 8  # posts in the first moments, so that a new desk has something to show


class Words(Struct):
    """The words file: who there is, what they say (`{brand}`, `{tag}`, `{place}`), what follows."""

    people: list[str]
    places: list[str]
    says: list[str]
    whispers: list[str]
    thanks: list[str]
    asks_again: list[str]


class Wish(Struct):
    """Somebody wants to post this in so many seconds."""

    who: str
    text: str
    after: float
    private: bool = False


class Life:
    """Endless small talk about a brand."""

    def __init__(self, brand: str, handle: str, seed: int | None) -> None:
        self._random = Random(seed)
        self._words = words()
        self._names = {"brand": brand.partition(" ")[0], "tag": f"@{handle}"}
        self._stack: list[str] = []
        self._posts = 0

    def next(self) -> Wish:
        """The next post out of the blue; no template comes twice before all came once."""
        self._posts += 1
        if self._posts % WHISPERS == 0:
            return self._whisper()
        if not self._stack:
            self._stack = self._random.sample(self._words.says, len(self._words.says))
        quick = self._posts <= OPENING
        after = self._random.uniform(0.2, 1.5) if quick else self._random.expovariate(1 / PAUSE)
        return Wish(self._random.choice(self._words.people), self._filled(self._stack.pop()), after)

    def _whisper(self) -> Wish:
        """What is for the brand's eyes alone."""
        text = self._filled(self._random.choice(self._words.whispers))
        who, after = self._random.choice(self._words.people), self._random.expovariate(1 / PAUSE)
        return Wish(who, text, after, private=True)

    def answer(self, who: str) -> Wish | None:
        """What somebody says to our reply: thanks, or something more, or nothing."""
        kind = self._random.choices(["thanks", "again", ""], [5, 3, 4])[0]
        if not kind:
            return None
        said = self._words.thanks if kind == "thanks" else self._words.asks_again
        return Wish(who, self._filled(self._random.choice(said)), self._random.uniform(8, 40))

    def _filled(self, template: str) -> str:
        place = self._random.choice(self._words.places)
        return template.format(place=place, **self._names)


def words() -> Words:
    """The words file of this folder."""
    return msgspec.json.decode(
        files("rejoinder.channels.pretend").joinpath("words.json").read_bytes(), type=Words
    )
