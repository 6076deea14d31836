"""The cues: words and phrases by concept, compiled once and looked for in one pass.

The files of `cues/` hold phrases by concept, spelt as `folded.py` leaves them: small letters, no
apostrophes, ae for ä. In a phrase a space is anything between two words, ` ?` the same or nothing,
` ~ ` up to three words, `word*` any ending, `[word] ` a word that may be missing, `{name}` the
words of that name in `macros.toml`; brackets and bars are those of RE2.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

FILES = ("life", "service", "money", "safety", "figures", "manner")

_MACRO = re.compile(r"\{([a-z]+)\}")
_GAP = re.compile(r"((?: ~)+) ")
_MISSING = re.compile(r"\[([a-z][a-z |]*)\] ")
_ENDING = re.compile(r"(?<=[a-z0-9])\*")


@cache
def concepts() -> dict[str, str]:
    """One RE2 expression for each concept, in the order in which a scan numbers them."""
    return {name: of for file in FILES for name, of in _expressions(file).items()}


@cache
def beside() -> dict[str, str]:
    """The same of what is asked only of a post about a relative; no head weighs it."""
    return _expressions("beside")


def expression(phrases: Sequence[str], macros: Mapping[str, str]) -> str:
    """Any of the phrases, whole words only."""
    return "|".join(_phrase(phrase, macros) for phrase in phrases)


def _expressions(file: str) -> dict[str, str]:
    macros: dict[str, str] = _toml("macros")
    return {name: expression(phrases, macros) for name, phrases in _toml(file).items()}


def _phrase(phrase: str, macros: Mapping[str, str]) -> str:
    words = _MACRO.sub(lambda name: macros[name[1]], phrase)
    words = _GAP.sub(lambda gap: rf"\W+(?:\w+\W+){{0,{3 * gap[1].count('~')}}}", words)
    words = _MISSING.sub(r"(?:\1 )?", words)
    words = _ENDING.sub(r"\\w*", words.replace(" ?", r"\W*").replace(" ", r"\W+"))
    return rf"\b(?:{words})" + ("" if words.endswith("+") else r"\b")


def _toml(name: str) -> dict[str, Any]:
    file = resources.files(__package__) / "cues" / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
