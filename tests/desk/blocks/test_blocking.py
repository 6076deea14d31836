"""Dan blocks who threatens Alice: nothing of theirs comes to the queue, danger is still seen."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.channels.contract import Post
from rejoinder.desk import actions
from rejoinder.desk.asleep import rows, sleep
from rejoinder.desk.blocks import actions as blocks
from rejoinder.desk.blocks.actions import Asking
from rejoinder.desk.refusals import CannotError
from rejoinder.listening import holding, safety
from rejoinder.listening.models import Block, Conversation, Mention, Need, SafetyCard
from rejoinder.listening.store import store
from rejoinder.plumbing import clock
from rejoinder.privacy.vault import Person as Whom
from rejoinder.team import access
from rejoinder.team.models import AuditLine
from tests import people, scene
from tests.listening import said
from tests.web.pages import notices, source, text

pytestmark = pytest.mark.django_db
ASKING = Asking("threats", "threatens Alice", "by phone", 30, sure=False)
FORM = {"ground": "threats", "why": "threatens Alice", "other_way": "by phone", "days": "30"}


@pytest.fixture(autouse=True)
def network(monday: datetime) -> Iterator[None]:
    with scene.networks():
        yield


@pytest.fixture
def rude() -> Conversation:
    talk = scene.wrote("Rude", "I will find you, Alice", need=Need.ABUSE)
    Mention.objects.update(need=Need.ABUSE, reading={"abuse": True})
    return talk


def block(talk: Conversation, asking: Asking = ASKING) -> Block:
    return blocks.block(talk, people.dan(), scene.last(talk), asking)


def writes(text: str, name: str = "rude") -> Conversation | None:
    said.hear(Post(external_id=f"n-{text}", author_id=name, text=text), channel="notebook")
    return Mention.objects.get(external_id=f"n-{text}").conversation


def test_what_they_write_is_kept_and_waits_for_nobody(rude: Conversation) -> None:
    block(rude)
    again, tom = writes("you again"), writes("no signal", "tom")
    assert again
    assert again.waiting_since is None
    assert tom
    assert tom.waiting_since is not None
    rude.refresh_from_db()
    assert (rude.waiting_since, rude.holder) == (None, None)


def test_danger_is_still_seen(rude: Conversation) -> None:
    block(rude)
    talk = writes("I want to end it all")
    assert talk
    safety.open_cards([(Mention.objects.latest("pk").pk, "self-harm")])
    assert [card.mention_id for card in safety.cards(people.dan())] == [
        Mention.objects.latest("pk").pk
    ]


def test_all_that_waits_or_sleeps_of_theirs_is_closed(rude: Conversation) -> None:
    other = scene.wrote("Rude", "idiots")
    asleep = scene.wrote("Rude", "fools")
    actions.take(other, people.alice())
    sleep.snooze(asleep, people.alice(), clock.now() + timedelta(hours=3))
    block(rude)
    clock.turn(timedelta(days=1))
    open_ = Conversation.objects.exclude(waiting_since=None, holder=None)
    assert not open_.exists()
    assert not rows.asleep().exists()


def test_criticism_is_answered(rude: Conversation) -> None:
    Mention.objects.update(need=Need.VENT, reading={"strong": True})
    with pytest.raises(CannotError, match="Strong language about the service is answered"):
        block(rude)
    assert not Block.objects.exists()


def test_nobody_in_danger_or_urgent_need_is_blocked(rude: Conversation) -> None:
    safety.open_cards([(scene.last(rude).pk, "threat")])
    with pytest.raises(CannotError, match="safety card"):
        block(rude)
    SafetyCard.objects.update(closed_at=clock.now())
    scene.wrote("Rude", "no 999", need=Need.URGENT)
    with pytest.raises(CannotError, match="urgent need"):
        block(rude)


def test_words_of_somebody_else_show_nothing(rude: Conversation) -> None:
    tom = scene.wrote("Tom", "idiots")
    with pytest.raises(CannotError, match="Name the words"):
        blocks.block(rude, people.dan(), scene.last(tom), ASKING)


def test_only_leads_block_review_and_unblock(rude: Conversation) -> None:
    with pytest.raises(access.NotAllowedError):
        blocks.block(rude, people.alice(), scene.last(rude), ASKING)
    row = block(rude)
    with pytest.raises(access.NotAllowedError):
        blocks.review(row, people.alice(), 7)
    with pytest.raises(access.NotAllowedError):
        blocks.blocked_there(row, people.alice())
    with pytest.raises(access.NotAllowedError):
        blocks.unblock(row, people.alice(), "over")
    assert list(blocks.listed(people.ann())) == []


def test_unblocked_they_come_to_the_queue_again(rude: Conversation) -> None:
    row = block(rude)
    with pytest.raises(CannotError):
        blocks.unblock(row, people.dan(), " ")
    blocks.unblock(row, people.dan(), "said sorry")
    talk = writes("sorry, and my bill?")
    assert talk
    assert talk.waiting_since is not None
    block(talk, Asking("spam", "sells watches", "by phone", 7, sure=True))
    done = set(AuditLine.objects.values_list("action", flat=True))
    assert {"blocked the author of", "unblocked somebody"} <= done


def test_personal_words_are_masked_exported_and_erased(rude: Conversation) -> None:
    block(rude, Asking("threats", "rings 07700 900123", "by phone", 30, sure=False))
    assert "900123" not in Block.objects.get().why
    store().index([scene.last(rude).pk], [scene.last(rude).text])
    heard, whom = holding.Heard(), Whom("notebook", "rude")
    assert "block" in {each["kind"] for each in heard.export(whom)}
    heard.erase(whom)
    row = Block.objects.get()
    assert (row.why, row.other_way) == ("", "")
    assert row.ended_at


def test_the_pages(rude: Conversation) -> None:
    dan, alice = Client(), Client()
    for client, who in ((dan, people.dan()), (alice, people.alice())):
        client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = reverse("conversation", args=[rude.public_id])
    assert "Block for abuse" in source(dan.get(page))
    assert "Block for abuse" not in source(alice.get(page))
    form = FORM | {"mention": str(scene.last(rude).pk)}
    wrong = dan.post(reverse("block", args=[rude.public_id]), form | {"days": "9"}, follow=True)
    assert "within half a year" in notices(wrong)
    answer = dan.post(reverse("block", args=[rude.public_id]), form, follow=True)
    assert "1 person is blocked." in text(answer)
    assert "None has to be looked at again yet." in text(answer)
    assert "By Dan" in text(alice.get(page))
    clock.turn(timedelta(days=31))
    assert "1 block has to be looked at again." in text(alice.get(reverse("blocks")))
    number = Block.objects.get().pk
    dan.post(reverse("review-block", args=[number]), {"days": "7"})
    assert "None has to be looked at again yet." in text(dan.get(reverse("blocks")))
    dan.post(reverse("unblock", args=[number]), {"why": "over"})
    assert "Nobody is blocked." in text(dan.get(reverse("blocks")))
