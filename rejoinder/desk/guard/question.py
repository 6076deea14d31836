"""A direct question that the reply passes over. Pure.

Only where it is plain: they ask when and no time, and no word on one, is in the reply; they ask
what it costs and no figure is; or the reply is pleasantries alone. A question back, a link, a way
to speak, or saying that we do not know, each answers.
"""

import re
from collections.abc import Iterator

from rejoinder.desk.cues import CAP, Folded, cues, fold
from rejoinder.desk.guard.kinds import Finding, Kind, Written

_QUESTION = re.compile(r"[^.!?\n]*\?")
_LINKS = re.compile(r"(?:https?://|www\.)\S*|@\S+")
_ASKED = (("asks_when", "tells_when"), ("asks_price", "tells_price"), ("asks_how", "tells_how"))
_FEW = 4  # words that are left of a reply when its pleasantries are gone
_LONGEST = 80  # characters of a question that are cited


def found(one: Written, reply: Folded) -> Iterator[Finding]:
    """Their last question, when nothing in the reply goes to it."""
    known = cues(__package__, "question")
    asked = _last_question(one)
    if not asked or "?" in reply.text or known.has("goes_on", reply):
        return
    question = fold(asked)
    missed = any(
        known.has(asks, question) and not known.has(tells, reply) for asks, tells in _ASKED
    )
    if missed or _says_nothing(reply.text):
        yield Finding(Kind.UNANSWERED, detail=asked[:_LONGEST].strip())


def _last_question(one: Written) -> str:
    for said in reversed(one.said):
        found = [each.strip() for each in _QUESTION.findall(_LINKS.sub(" ", said[:CAP]))]
        asked = [each for each in found if len(each) > len("why?")]
        if asked:
            return (
                ""
                if cues(__package__, "question").has("rhetorical", fold(asked[-1]))
                else asked[-1]
            )
    return ""


def _says_nothing(reply: str) -> bool:
    rest = cues(__package__, "question").without("pleasantry", _LINKS.sub(" ", reply))
    return len(re.findall(r"[a-z0-9]+", rest)) < _FEW and not re.match(
        r"\W*(yes|no|ja|nein)\b", reply
    )
