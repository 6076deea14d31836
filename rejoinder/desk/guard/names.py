"""The right name, from the right account. Pure."""

import re
from collections.abc import Iterator, Sequence

from rejoinder.desk.cues import CAP
from rejoinder.desk.guard.kinds import Finding, Kind, Written

_GREETS = (
    r"(?:^|[.!?\n]\s*|\b(?:[Hh]i|[Hh]ello|[Hh]ey|[Dd]ear|[Tt]hanks|[Tt]hank you|[Ss]orry|[Cc]heers|"
    r"[Hh]allo|[Ll]ieber?|[Dd]anke|[Gg]uten (?:Tag|Morgen|Abend)|[Mm]oin)[ ,]+)"
)
_SHORT = 3


def found(one: Written) -> Iterator[Finding]:
    """Somebody else's name, and another account than the one that was written to."""
    yield from _name(one)
    yield from _account(one)


def _name(one: Written) -> Iterator[Finding]:
    """A name of another open conversation where one addresses people, or its handle anywhere.

    Not where the person is called so too, or spoke of somebody of that name.
    """
    known = " ".join([*one.to, *(said[:CAP] for said in one.said)]).casefold()
    for name in one.others:
        handle = name.startswith("@")
        first = name if handle else name.split(" ")[0].strip(",.")
        if len(first) < _SHORT or _word(first.casefold(), known) or _ours(first, one.ours):
            continue
        pattern = rf"{re.escape(first)}(?![\w-])" if handle else rf"{_GREETS}({re.escape(first)})\b"
        for place in re.finditer(pattern, one.text, re.IGNORECASE if handle else 0):
            start, end = place.span(0 if handle else 1)
            yield Finding(Kind.NAME, start, end, first)


def _account(one: Written) -> Iterator[Finding]:
    """They named another account of ours, and not this one."""
    said = one.said[-1][:CAP].casefold() if one.said else ""
    if not one.account or _named(one.account, said):
        return
    for other in one.accounts:
        if _named(other, said):
            yield Finding(Kind.ACCOUNT, detail=other)
            return


def _named(handle: str, said: str) -> bool:
    name = handle.casefold().lstrip("@")
    return bool(name) and re.search(rf"@{re.escape(name)}(?![\w.-]*\w)", said) is not None


def _word(word: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _ours(first: str, team: Sequence[str]) -> bool:
    return any(name.split(" ")[0].casefold() == first.casefold() for name in team if name)
