"""A lead calls each who asks a question urgent: those who asked, those to come, and back again."""

from pathlib import Path

import pytest

from rejoinder.listening import correct, hastened, questions
from rejoinder.listening.careful.reader import Reader
from rejoinder.listening.models import Conversation, Mention, Need, Question, ReadWith
from rejoinder.listening.questions import Asked
from rejoinder.plumbing import clock
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import AuditLine
from tests.people import alice, dan
from tests.scene import last, wrote

pytestmark = pytest.mark.django_db
NAME = "Is the pin the same abroad?"


def asking(name: str, text: str = "is my pin the same abroad") -> Conversation:
    """Somebody asked it, and was read with care."""
    talk = wrote(name, text, need=Need.COMMON)
    Mention.objects.filter(pk=talk.last_mention_id or 0).update(
        read_with=ReadWith.CAREFUL, need=Need.COMMON, reading={"why": [("asks", "is my pin")]}
    )
    return talk


def asked(*talks: Conversation, people: int = 7) -> Question:
    keep = [Asked(last(talk).pk, "new-1", True, clock.now()) for talk in talks]
    questions.keep(keep, {"new-1": people})
    return questions.name(Question.objects.get(), alice(), NAME)


def need(talk: Conversation) -> tuple[int | None, int | None]:
    """Of the conversation and of its last mention."""
    talk.refresh_from_db()
    return talk.need, last(talk).need


def test_who_asked_waits_as_urgent_and_is_told_why() -> None:
    talk = asking("Tom")
    hastened.mark(asked(talk), dan())
    assert need(talk) == (Need.URGENT, Need.URGENT)
    assert (last(talk).reading or {})["why"] == [["urgent-question", NAME]]
    line = AuditLine.objects.latest("id")
    assert (line.actor, line.action) == (dan(), "marked each who asks as urgent")


def test_taken_back_each_is_as_before() -> None:
    talk = asking("Tom")
    question = asked(talk)
    hastened.mark(question, dan())
    hastened.unmark(question, dan())
    assert need(talk) == (Need.COMMON, Need.COMMON)
    assert last(talk).reading == {"why": [["asks", "is my pin"]]}
    assert question.urgent_at is None


def test_whoever_an_advisor_judged_stays_as_judged() -> None:
    talk = asking("Tom")
    question = asked(talk)
    correct.correct(last(talk), alice(), "need", "vent")
    hastened.mark(question, dan())
    assert last(talk).need == Need.VENT


def test_many_who_ask_it_do_not_make_it_common_again() -> None:
    first, later = asking("Tom"), asking("Tina")
    hastened.mark(asked(first), dan())
    kept = questions.keep([Asked(last(later).pk, NAME, False, clock.now())], {NAME: 40})
    assert (kept.mentions, kept.newly) == ({}, [])
    assert [question.name for question in kept.urgent] == [NAME]


def test_an_advisor_says_that_one_more_asks_it() -> None:
    hastened.mark(asked(asking("Tom")), dan())
    other = asking("Tina", "pin over there, same?")
    questions.asks(last(other), alice(), NAME)
    assert need(other) == (Need.URGENT, Need.URGENT)


def test_who_asks_next_is_urgent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    question = asked(asking("Tom"))
    hastened.mark(question, dan())
    talk = asking("Rosa")
    Mention.objects.filter(pk=last(talk).pk).update(read_with=ReadWith.FAST)

    def ask(_: object, mentions: list[Mention], __: object) -> questions.AskedByMany:
        return questions.keep([Asked(m.pk, NAME, False, clock.now()) for m in mentions], {NAME: 8})

    monkeypatch.setattr("rejoinder.listening.careful.reader._ask", ask)
    Reader(tmp_path).read_more()
    assert need(talk) == (Need.URGENT, Need.URGENT)


def test_only_who_steers_may() -> None:
    question = asked(asking("Tom"))
    for act in (hastened.mark, hastened.unmark):
        with pytest.raises(NotAllowedError):
            act(question, alice())
    assert not hastened.may_mark(alice())
