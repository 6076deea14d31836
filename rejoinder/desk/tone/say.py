"""What may be said instead, in the language of the reply, and the reply with it. Pure."""

import re

from rejoinder.desk.cues import fold
from rejoinder.desk.tone.kinds import Hint

# In the spirit of what a reader wrote to a team that joked about somebody who left.
_KINDER = {
    "en": "Don't break up with us yet: how can we patch things up?",
    "de": "Bitte noch nicht Schluss machen: Wie können wir es wieder gutmachen?",
}
_SORRY = {"en": "We are sorry.", "de": "Das tut uns leid."}
_GERMAN = re.compile(
    r"\b(der|die|das|und|ist|wir|sie|ihr|ihre|ihren|nicht|ein|eine|bitte|uns|auf|mit|im|den|dem|es|"
    r"ich|zu|haben|wird|selber|na|ja)\b"
)
_ENGLISH = re.compile(
    r"\b(the|and|is|we|you|your|not|a|an|please|us|on|with|it|i|to|have|will|of)\b"
)
_END = re.compile(r"[.!?]+\s+|\n+")


def language(text: str) -> str:
    """German or English, by their small words; English where neither is plain."""
    small = fold(text).text
    return "de" if len(_GERMAN.findall(small)) > len(_ENGLISH.findall(small)) else "en"


def kinder(language: str) -> str:
    """To somebody who leaves."""
    return _KINDER[language]


def sorry(language: str) -> str:
    """Where we failed."""
    return _SORRY[language]


def better(text: str, hint: Hint) -> str:
    """The text with what the hint suggests; the same where only a person can say it better."""
    if hint.instead is None:
        return text
    if hint.start == hint.end:
        return f"{hint.instead} {text}".strip()
    if not hint.instead:
        return _without(text, hint)
    start, end = (
        _sentence(text, hint)
        if " " in hint.instead and "?" in hint.instead
        else (
            hint.start,
            hint.end,
        )
    )
    return _tidy(f"{text[:start]} {hint.instead} {text[end:]}")


def _without(text: str, hint: Hint) -> str:
    """Left out: the word after it takes its capital."""
    before, after = text[: hint.start].rstrip(), text[hint.end :].lstrip(" ,")
    if not before or before[-1] in ".!?\n":
        after = after[:1].upper() + after[1:]
    return _tidy(f"{before} {after}")


def _sentence(text: str, hint: Hint) -> tuple[int, int]:
    ends = [0, *(found.end() for found in _END.finditer(text)), len(text)]
    return (
        max(end for end in ends if end <= hint.start),
        min(end for end in ends if end >= hint.end),
    )


def _tidy(text: str) -> str:
    return re.sub(r" +([.,!?])", r"\1", re.sub(r"[^\S\n]{2,}", " ", text)).strip()
