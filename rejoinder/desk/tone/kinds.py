"""What tone hints speak of: a closed list. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What may be said better. None of these ever stops a reply."""

    ABUSE_BACK = "abuse-back"
    GLIB = "glib"
    BLAME = "blame"
    APOLOGY = "apology"
    PROMISE = "promise"
    AGAIN = "again"
    OFFER = "offer"
    CAUSE = "cause"
    LINK = "link"
    JARGON = "jargon"
    HARD = "hard"
    OWN = "own"


# What each means, for people who read the reference.
MEANS: dict[Kind, str] = {
    Kind.ABUSE_BACK: "answers abuse in kind",
    Kind.GLIB: "glib or sarcastic towards somebody in trouble, or a joke while a crisis is open",
    Kind.BLAME: "blames the person",
    Kind.APOLOGY: "says that we failed, and not that we are sorry",
    Kind.PROMISE: "promises something without saying by when",
    Kind.AGAIN: "says nearly what we have said to them before",
    Kind.OFFER: "an offer while a crisis is open",
    Kind.CAUSE: "a word on cause, blame or compensation while a crisis asks for care",
    Kind.LINK: "advertises, to somebody who has trouble",
    Kind.JARGON: "a word of the trade that the person did not use",
    Kind.HARD: "hard to read: long words in long sentences",
    Kind.OWN: "a word that a guideline of the organisation speaks of",
}


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing that may be said better, where it stands (code points; equal: everywhere).

    `instead` takes the place of those words, or goes before the text where none are named; empty
    leaves them out; None where only a person can say it better. `words` is what is cited, `title`
    the guideline that says so, if one does.
    """

    kind: Kind
    start: int = 0
    end: int = 0
    words: str = ""
    instead: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A guideline of the organisation: the words that bring it to mind, what to say instead."""

    title: str
    words: tuple[str, ...]
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A reply and what it answers.

    `said`: their words since our last, oldest first. `earlier`: what we have said to them.
    `trouble`: the mention was read as urgent, as a vent or as abuse. `tone`: of `crisis.policy`.
    """

    text: str
    said: Sequence[str] = ()
    earlier: Sequence[str] = ()
    urgent: bool = False
    trouble: bool = False
    tone: str = "usual"
    rules: Sequence[Rule] = ()
