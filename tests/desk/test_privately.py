"""Alice moves a public conversation to where only Tom reads; nothing moves it back unseen."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from rejoinder.channels.contract import Can, Count
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


def test_what_is_moved_is_counted_as_what_it_becomes(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A comment may be long where the message that it becomes may not."""

    def counts(text: str, settings: object, *, to: str = "", ref: Mapping[str, object]) -> Count:
        allowed = 20 if ref.get("private") else 80
        return Count(len(text), allowed, len(text) <= allowed)

    monkeypatch.setattr(scene.Notebook, "count_for", counts)
    alice, words = people.alice(), "It ends with nine hundred."
    privately.choose(talk, alice, private=True, text=words)
    with pytest.raises(refusals.TooLongError):
        desk.answer(talk, alice, words)
    privately.choose(talk, alice, private=False, text=words)
    with pytest.raises(refusals.TooLongError):
        desk.answer(talk, alice, words, private=True)
    assert not desk.answer(talk, alice, words).private
