"""What may be quoted: words that somebody said, as they said them, and said that we may. Pure."""

from enum import StrEnum

SHORTEST, LONGEST = 2, 60  # words
PLACE = 120


class No(StrEnum):
    """Why somebody is not asked, or not quoted; of several the first counts."""

    PRIVATE = "private"  # they said it to us alone
    PLACE = "place"  # nobody said where it is to stand
    SHORT = "short"
    LONG = "long"
    OTHER_WORDS = "other-words"  # they did not say so
    PERSONAL = "personal"  # a number, an address, another's name


def refused(words: str, said: str, place: str, *, public: bool, masked: str) -> No | None:
    """Why these words of a post are not asked for; None when they are.

    `masked` are the words with personal data hidden: where it differs there is some.
    """
    number = len(words.split())
    checks = (
        (No.PRIVATE, not public),
        (No.PLACE, not place.strip()),
        (No.SHORT, number < SHORTEST),
        (No.LONG, number > LONGEST),
        (No.OTHER_WORDS, not stands(words, said)),
        (No.PERSONAL, masked != words),
    )
    return next((no for no, wrong in checks if wrong), None)


def stands(words: str, said: str) -> bool:
    """Whether a post says these words, in this order; only spaces and line ends may differ."""
    quoted = words.split()
    return bool(quoted) and f" {' '.join(quoted)} " in f" {' '.join(said.split())} "


def asking(language: str, words: str, place: str) -> str:
    """The question, in German or English: what, where, and that no is fine."""
    if language.startswith("de"):
        return (
            f"Danke, das freut uns. Dürfen wir „{words}“ zitieren, {place}? "
            "Ein Nein ist völlig in Ordnung, und ein Ja gilt, bis Sie es zurücknehmen."
        )
    return (
        f"Thank you, that made our day. May we quote “{words}” {place}? "
        "No is a fine answer, and a yes holds until you take it back."
    )
