"""A correction changes the reading and the turn at once, and is a label from then on."""

import pytest

from rejoinder.listening import correct, safety
from rejoinder.listening.models import Correction, Need, ReadWith
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import AuditLine
from tests.people import alice, ann, dan
from tests.scene import last, wrote

pytestmark = pytest.mark.django_db


def test_the_turn_changes_at_once() -> None:
    talk = wrote("Tom", "her pendant just beeps")
    correct.correct(last(talk), alice(), "need", "urgent")
    talk.refresh_from_db()
    mention = last(talk)
    assert (talk.need, mention.need, mention.read_with) == (
        Need.URGENT,
        Need.URGENT,
        ReadWith.ADVISOR,
    )
    line = AuditLine.objects.get(action="corrected a reading")
    assert line.what == str(talk.public_id)
    assert line.detail == {"field": "need", "was": "", "now": "urgent"}


@pytest.mark.parametrize(("field", "now"), [("intent", "billing"), ("sentiment", "positive")])
def test_other_fields_change_no_turn(field: str, now: str) -> None:
    talk = wrote("Tom", "why was I charged twice")
    correct.correct(last(talk), alice(), field, now)
    talk.refresh_from_db()
    assert correct.said(last(talk), field) == now
    assert talk.need == Need.COMMON


def test_danger_opens_a_card_and_is_urgent() -> None:
    talk = wrote("Tina", "he reads all I write")
    correct.correct(last(talk), alice(), "safety", "stalking")
    talk.refresh_from_db()
    assert safety.cards(dan()).get().mention_id == talk.last_mention_id
    assert talk.need == Need.URGENT
    correct.correct(last(talk), alice(), "safety", "nothing")
    assert correct.said(last(talk), "safety") == "nothing"


def test_the_last_word_is_the_label() -> None:
    mention = last(wrote("Tom", "is it down in York?"))
    for now in ("specific", "common", "common"):
        correct.correct(mention, alice(), "need", now)
    assert Correction.objects.count() == 2  # saying the same again is no correction
    assert list(correct.labels("need")) == [(mention.pk, "is it down in York?", "common")]
    assert list(correct.labels("intent")) == []


@pytest.mark.parametrize(("field", "now"), [("need", "rude"), ("", "urgent"), ("faith", "none")])
def test_what_is_no_reading_is_refused(field: str, now: str) -> None:
    mention = last(wrote("Tom", "hello"))
    with pytest.raises(correct.CannotError):
        correct.correct(mention, alice(), field, now)


def test_who_may_not_answer_corrects_nothing() -> None:
    with pytest.raises(NotAllowedError):
        correct.correct(last(wrote("Tom", "hello")), ann(), "need", "urgent")
