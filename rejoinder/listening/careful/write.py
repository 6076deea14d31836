"""What was understood with care becomes the mention's reading, unless somebody knew better."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from rejoinder.listening import needs, readings, safety
from rejoinder.listening.careful import precedent
from rejoinder.listening.careful.crowd import yields_to_many
from rejoinder.listening.careful.precedent import Found
from rejoinder.listening.learn.field import Guess
from rejoinder.listening.models import Conversation, Mention, Need, Question, ReadWith
from rejoinder.listening.read.words import NEEDS, Reading
from rejoinder.plumbing import live

_COLUMNS = ["need", "intent", "sentiment", "language", "reading", "read_with"]


class Understood(NamedTuple):
    """One mention, its reading, what advisors said of posts like it, and the taught readings."""

    mention: Mention
    reading: Reading
    precedents: Found | None
    own: Mapping[str, Guess]


def write(understood: Sequence[Understood]) -> None:
    """Write those still as they were: who corrected, edited or deleted meanwhile knew better."""
    numbers = [one.mention.pk for one in understood]
    rows = Mention.objects.select_for_update().filter(pk__in=numbers, read_with=ReadWith.FAST)
    same = set(rows.values_list("pk", "text"))
    kept = [one for one in understood if (one.mention.pk, one.mention.text) in same]
    for one in kept:
        _fill(one)
        if one.precedents:
            _follow(one.mention, one.precedents)
    Mention.objects.bulk_update([one.mention for one in kept], _COLUMNS)
    safety.open_cards((one.mention.pk, one.reading.safety) for one in kept if one.reading.safety)
    _tell({one.mention.conversation_id for one in kept if one.mention.conversation_id})


def leave(mentions: Sequence[Mention]) -> None:
    """What is too late for care stays as it was read at a glance; danger is danger all the same."""
    if mentions:
        rows = Mention.objects.filter(pk__in=[m.pk for m in mentions], read_with=ReadWith.FAST)
        rows.update(read_with=ReadWith.LATE)
        seen = [(mention.pk, (mention.reading or {}).get("safety")) for mention in mentions]
        safety.open_cards((pk, kind) for pk, kind in seen if kind)


def calm(asked: Sequence[Question]) -> None:
    """Who asked it before so many did, and speaks of no danger of their own, is one of many too."""
    for question in asked:
        rows = Mention.objects.filter(
            question_id=question.pk, need=Need.URGENT, read_with=ReadWith.CAREFUL, deleted_at=None
        )
        lower = [mention for mention in rows if _yields(mention.reading or {})]
        for mention in lower:
            why = [("asked-by-many", str(question.people))]
            mention.need, mention.reading = Need.COMMON, (mention.reading or {}) | {"why": why}
        Mention.objects.bulk_update(lower, ["need", "reading"])
        _tell({mention.conversation_id for mention in lower if mention.conversation_id})


def _yields(reading: Mapping[str, Any]) -> bool:
    codes = [code for code, _ in reading.get("why", [])]
    return "corrected" not in codes and yields_to_many(codes, reading.get("safety"))


def _fill(one: Understood) -> None:
    mention, reading = one.mention, one.reading
    mention.need = Need(NEEDS.index(reading.need))
    mention.intent, mention.sentiment = reading.intent, reading.sentiment
    mention.language = mention.language or reading.lang
    mention.reading, mention.read_with = readings.as_object(reading), ReadWith.CAREFUL
    if one.own:
        own = {name: (guess.label, round(guess.confidence, 2)) for name, guess in one.own.items()}
        mention.reading["own"] = own


def _follow(mention: Mention, found: Found) -> None:
    """Say what an advisor said of a post that says nearly the same."""
    mention.reading = (mention.reading or {}) | {"why": [("corrected", "")]}
    mention.need = Need(NEEDS.index(precedent.need(NEEDS[mention.need or 0], found)))
    mention.intent = found.said.get("intent", mention.intent)
    mention.sentiment = found.said.get("sentiment", mention.sentiment)


def _tell(talks: Collection[int]) -> None:
    needs.renew(talks)
    public = Conversation.objects.filter(pk__in=talks).values_list("public_id", flat=True)
    live.changed(live.QUEUE, *(live.conversation(public_id) for public_id in public))
