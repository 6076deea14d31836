"""Phrases that are looked for in what an advisor writes, and where they stand. Pure.

A draft is looked at as it will stand, so places count: it is spelt out letter by letter (small, no
apostrophes, ae for ä), and each letter knows where it came from. The files hold phrases by concept.
In a phrase a space is anything between two words of one sentence, ` ?` the same or nothing, ` ~ `
up to three words between, `word*` any ending, `[word] ` a word that may be missing, `{name}` the
words of that name under `[macros]`; brackets and bars are those of RE2.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import re2

CAP = 10_000  # code points of a draft that are read; no platform takes more in a reply

_SPELT = {
    **dict.fromkeys("'’‘ʼ´`\u200b\u200d\ufe0f", ""),
    **dict.fromkeys("£€", "$"),
    "…": "...",
    "&": " and ",
    **dict(zip("àáâèéêëìíîòóôùúûñç", "aaaeeeeiiiooouuunc", strict=True)),
    "ä": "ae",
    "ö": "oe",
    "ü": "ue",
    "ß": "ss",
    **dict.fromkeys("😂🤣😹😆😝😜🤪", " emojilaugh "),
    **dict.fromkeys("😉😏🙃🙄🤷", " emojiwink "),
}
_ASCII = frozenset(map(chr, range(32, 127))) | {"\n"}

_MACRO = re.compile(r"\{([a-z_]+)\}")
_GAP = re.compile(r"((?: ~)+) ")
_MISSING = re.compile(r"\[([^\[\]]*)\] ")
_ENDING = re.compile(r"(?<=[a-z0-9)])\*(?=[ |)]|$)")
_BETWEEN = r"[^\w.!?\n]"


class Folded(NamedTuple):
    """A text as cues are spelt; `places` says of each letter, and of the end, where it stood."""

    text: str
    places: Sequence[int]


class Place(NamedTuple):
    """Where a concept stands in a text: code points, the end exclusive."""

    start: int
    end: int


def fold(text: str) -> Folded:
    """Spell a text as cues are spelt."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text[:CAP]):
        small = letter.lower()
        spelt = _SPELT.get(small, small if small in _ASCII else "^")
        letters.append(spelt)
        places += [place] * len(spelt)
    return Folded("".join(letters), [*places, min(len(text), CAP)])


class Cues:
    """The concepts of a folder's files."""

    def __init__(self, package: str, files: Sequence[str]) -> None:
        self._patterns = {
            concept: re2.compile(_expression(phrases, macros), _options())
            for phrases, macros, concept in _concepts(package, files)
        }

    def places(self, concept: str, folded: Folded) -> Iterator[Place]:
        """Each place where the concept stands."""
        for found in self._patterns[concept].finditer(folded.text):
            start, end = found.span()
            yield Place(folded.places[start], folded.places[end - 1] + 1)

    def has(self, concept: str, folded: Folded) -> bool:
        """Whether the concept stands anywhere."""
        return self._patterns[concept].search(folded.text) is not None

    def without(self, concept: str, text: str) -> str:
        """A folded text with the concept cut out."""
        return str(self._patterns[concept].sub(" ", text))


@cache
def cues(package: str, *files: str) -> Cues:
    """Read once."""
    return Cues(package, files)


def _concepts(
    package: str, files: Iterable[str]
) -> Iterator[tuple[Sequence[str], Mapping[str, str], str]]:
    for name in files:
        file = resources.files(package) / "cues" / f"{name}.toml"
        read: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        macros = read.pop("macros", {})
        yield from ((phrases, macros, concept) for concept, phrases in read.items())


def _expression(phrases: Sequence[str], macros: Mapping[str, str]) -> str:
    return "|".join(_phrase(phrase, macros) for phrase in phrases)


def _phrase(phrase: str, macros: Mapping[str, str]) -> str:
    words = phrase
    while _MACRO.search(words):
        words = _MACRO.sub(lambda name: macros[name[1]], words)
    words = _ENDING.sub(r"\\w*", words)
    words = _GAP.sub(
        lambda gap: rf"{_BETWEEN}+(?:\w+{_BETWEEN}+){{0,{3 * gap[1].count('~')}}}", words
    )
    words = _MISSING.sub(r"(?:(?:\1) )?", words)
    words = words.replace(" ?", f"{_BETWEEN}*").replace(" ", f"{_BETWEEN}+")
    starts = r"\b" if re.match(r"[\w(]", words) else ""
    return rf"{starts}(?:{words})" + (r"\b" if re.search(r"[\w)*]$", words) else "")


def _options() -> "re2.Options":
    options = re2.Options()
    options.max_mem = 1 << 25
    return options
