"""Alice moves a public conversation to where only Tom reads; nothing moves it back unseen."""

from datetime import datetime

import pytest

from rejoinder.channels.contract import Can
from rejoinder.desk import actions as desk
from rejoinder.desk import privately, refusals
from rejoinder.desk.models import Draft
from rejoinder.desk.privately import Audience
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox import actions as outbox
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import AuditLine
from tests import people, scene

pytestmark = pytest.mark.django_db

PUBLIC = Audience(private=False, may_choose=True)
CHOSEN = Audience(private=True, may_choose=True)


@pytest.fixture
def talk(monday: datetime, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]  # a generator of one conversation
    monkeypatch.setattr(scene.Notebook, "can", Can(private=True, reads_back=True))
    with scene.networks():
        yield desk.take(scene.wrote("Tom", "no signal"), people.alice())


def test_a_public_conversation_may_be_moved_and_back(talk: Conversation) -> None:
    alice = people.alice()
    assert privately.audience(talk, alice) == PUBLIC
    privately.choose(talk, alice, private=True, text="Your number")
    assert privately.audience(talk, alice) == CHOSEN
    assert Draft.objects.get().text == "Your number"
    privately.choose(talk, alice, private=False, text="In public then")
    assert privately.audience(talk, alice) == PUBLIC
    lines = AuditLine.objects.filter(action__startswith="chose").values_list("action", flat=True)
    assert set(lines) == {"chose a private reply to", "chose a public reply to"}


def test_what_is_chosen_holds_for_one_reply_and_survives_taking_it_back(
    talk: Conversation,
) -> None:
    alice = people.alice()
    privately.choose(talk, alice, private=True, text="")
    reply = desk.answer(talk, alice, "It ends with 900.")
    assert reply.private
    assert privately.audience(talk, alice) == PUBLIC
    outbox.withdraw(reply, alice)
    assert privately.audience(talk, alice) == CHOSEN
    assert desk.answer(talk, alice, "It ends with 900.").private


def test_what_the_page_showed_as_private_is_sent_so(talk: Conversation) -> None:
    """Even where the choice was taken back in another window meanwhile."""
    assert desk.answer(talk, people.alice(), "It ends with 900.", private=True).private


def test_what_was_private_leaves_no_choice(talk: Conversation) -> None:
    Mention.objects.update(public=False)
    assert privately.audience(talk, people.alice()) == Audience(private=True, may_choose=False)
    assert desk.answer(talk, people.alice(), "Hello").private


def test_where_there_is_no_private_way_there_is_no_choice(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scene.Notebook, "can", Can())
    alice = people.alice()
    assert privately.audience(talk, alice) == Audience(private=False, may_choose=False)
    with pytest.raises(refusals.CannotError):
        privately.choose(talk, alice, private=True, text="")


def test_who_may_not_answer_chooses_nothing(talk: Conversation) -> None:
    with pytest.raises(NotAllowedError):
        privately.choose(talk, people.ann(), private=True, text="")
