"""Cards for people in danger: opened once, owned by a lead, closed with a word on how it ended."""

import pytest

from rejoinder.listening import safety
from rejoinder.listening.models import SafetyCard
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import AuditLine
from tests.people import alice, ann, dan, olga
from tests.scene import last, wrote

pytestmark = pytest.mark.django_db


def card() -> SafetyCard:
    talk = wrote("Tina", "He put something on my phone and knows where I am. Please help me.")
    safety.open_cards([(last(talk).pk, "stalking")])
    return safety.cards(dan()).get()


def test_a_card_is_opened_once_a_danger() -> None:
    mention = last(wrote("Tina", "He follows me everywhere with your app"))
    for _ in range(2):
        safety.open_cards([(mention.pk, "stalking"), (mention.pk, "stalking")])
    safety.open_cards([(mention.pk, "threat")])
    assert sorted(safety.cards(alice()).values_list("kind", flat=True)) == ["stalking", "threat"]
    lines = AuditLine.objects.filter(action="opened a safety card")
    assert [line.detail["kind"] for line in lines.order_by("id")] == ["stalking", "threat"]


def test_a_lead_owns_it_and_no_second_one() -> None:
    opened = card()
    safety.own(opened, dan())
    assert opened.owner == dan()
    with pytest.raises(safety.CannotError, match="Dan sees to this already"):
        safety.own(opened, olga())
    with pytest.raises(NotAllowedError):
        safety.own(opened, alice())


def test_it_is_closed_with_a_word_and_stays_with_its_conversation() -> None:
    opened = card()
    with pytest.raises(safety.CannotError, match="how it ended"):
        safety.close(opened, dan(), "  ")
    safety.close(opened, dan(), "She is with her sister; the police have it.")
    assert not safety.cards(dan()).exists()
    talk = wrote("Tina", "thank you")
    assert not safety.of(talk, dan()).exists()
    first = opened.mention_id
    assert opened.closed_at
    assert AuditLine.objects.filter(action="closed the safety card").count() == 1
    assert SafetyCard.objects.get(mention_id=first).outcome.startswith("She is with her sister")


def test_who_may_not_read_sees_no_card() -> None:
    card()
    assert not safety.cards(ann()).exists()
