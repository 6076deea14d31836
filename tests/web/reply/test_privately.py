"""Alice sees who will read her reply, and moves it from everybody to Tom alone."""

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.channels.contract import Can
from rejoinder.channels.pretend.pretend import Pretend
from rejoinder.desk import actions as desk
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox.models import Reply
from tests import people
from tests.web import stage
from tests.web.pages import source, text

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def talk(alice: Client) -> Conversation:
    return desk.take(stage.says("Tom", "no signal in Leeds", channel="pretend"), people.alice())


def page(client: Client, talk: Conversation) -> str:
    return text(client.get(reverse("conversation", args=[talk.public_id])))


def sends(client: Client, talk: Conversation, **form: str) -> Reply:
    client.post(reverse("send", args=[talk.public_id]), {"text": "It ends with 900."} | form)
    return Reply.objects.get()


def test_alice_moves_her_reply_to_tom_alone(alice: Client, talk: Conversation) -> None:
    assert "Reply to Tom, public" in page(alice, talk)
    form = {"who": "one", "text": "It ends"}
    alice.post(reverse("choose-readers", args=[talk.public_id]), form)
    shown = page(alice, talk)
    assert "Reply to Tom, private" in shown
    assert "Send to Tom alone" in shown
    assert "It ends" in shown
    assert sends(alice, talk, private="yes").private
    assert "private · Alice" in page(alice, talk)
    assert "private · Alice" in text(alice.get(reverse("outbox")))


def test_and_back_to_everybody(alice: Client, talk: Conversation) -> None:
    address = reverse("choose-readers", args=[talk.public_id])
    for who in ("one", "all"):
        alice.post(address, {"who": who, "text": "It is back."})
    assert "Reply to Tom, public" in page(alice, talk)
    assert not sends(alice, talk).private
    assert "public · Alice" in page(alice, talk)


def test_a_private_message_is_answered_so_without_a_choice(
    alice: Client, talk: Conversation
) -> None:
    Mention.objects.update(public=False)
    shown = source(alice.get(reverse("conversation", args=[talk.public_id])))
    assert "Reply to Tom, private" in shown
    assert "choose-readers" not in shown
    assert "Answer in public" not in shown
    assert sends(alice, talk).private


def test_where_everything_is_public_nothing_is_offered(
    alice: Client, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pretend, "can", Can())
    assert "Answer privately" not in page(alice, talk)
    form = {"who": "one", "text": "It ends"}
    answer = alice.post(reverse("choose-readers", args=[talk.public_id]), form, follow=True)
    assert "no way to answer one person alone" in text(answer)


def test_who_speaks_of_us_and_not_to_us_is_pointed_out(alice: Client, talk: Conversation) -> None:
    assert "spoke of you" not in page(alice, talk)
    Mention.objects.update(tagged=False)
    assert "Tom spoke of you, not to you. Answer if they would welcome it." in page(alice, talk)
