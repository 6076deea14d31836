"""A reply that stands: changed, taken back, and what other hands did to it."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.desk import actions as desk
from rejoinder.listening.models import Mention
from rejoinder.outbox.models import Amendment, Reply, State
from rejoinder.plumbing import clock
from tests import people
from tests.web import stage
from tests.web.pages import text


@pytest.fixture
def reply(db: None, monday: datetime) -> Reply:
    """Alice answered Tom, and it stands on WordPress, which lets one do both."""
    talk = desk.take(stage.says("Tom", "when is it back"), people.alice())
    found = desk.answer(talk, people.alice(), "Back at noon.")
    found.account.channel = "wordpress"
    found.account.save()
    Reply.objects.filter(pk=found.pk).update(
        state=State.SENT, sent_at=clock.now(), external_id="blog#2"
    )
    found.refresh_from_db()
    return found


def page(client: Client, reply: Reply) -> str:
    return text(client.get(reverse("change-reply", args=[reply.public_id])))


def talk(client: Client, reply: Reply) -> str:
    return text(client.get(reverse("conversation", args=[reply.conversation.public_id])))


def heard(reply: Reply, **values: object) -> None:
    """It was heard on our own timeline."""
    Mention.objects.create(
        channel="wordpress",
        external_id=reply.external_id,
        account=reply.account,
        conversation=None,
        person=reply.mention.person,
        thread=reply.mention.thread,
        text=str(values.pop("text", reply.text)),
        created_at=clock.now(),
        heard_at=clock.now(),
        ours=True,
        **values,
    )


def test_the_conversation_leads_to_it(alice: Client, reply: Reply) -> None:
    assert "Change or take back" in talk(alice, reply)
    assert "Back at noon." in page(alice, reply)


def test_it_is_changed_and_says_what_it_said(alice: Client, reply: Reply) -> None:
    given = {"text": "Back at two.", "why": "the crew needs longer"}
    answer = alice.post(reverse("edit-reply", args=[reply.public_id]), given)
    assert answer.status_code == 302
    assert "being changed" in talk(alice, reply)
    Amendment.objects.update(state=State.SENT, sent_at=clock.now())
    Reply.objects.update(text="Back at two.")
    shown = talk(alice, reply)
    assert "changed by Alice, 09:00: “the crew needs longer”" in shown
    assert "What it said before" in shown
    assert "Back at noon." in shown


def test_it_is_taken_back_once_that_is_ticked(alice: Client, reply: Reply) -> None:
    there = reverse("take-back-reply", args=[reply.public_id])
    refused = alice.post(there, {"why": "wrong person"})
    assert refused.status_code == 422
    assert "cannot be put back" in text(refused)
    assert alice.post(there, {"why": "wrong person", "sure": "yes"}).status_code == 302
    row = Amendment.objects.get()
    assert (row.takes_back, row.before) == (True, "Back at noon.")
    Amendment.objects.update(state=State.SENT, sent_at=clock.now())
    assert "taken back by Alice, 09:00: “wrong person”" in talk(alice, reply)
    assert "Change or take back" not in talk(alice, reply)


def test_the_guard_reads_the_new_words_too(alice: Client, reply: Reply) -> None:
    given = {"text": "Your number is 07700 900123.", "why": "asked for"}
    there = reverse("edit-reply", args=[reply.public_id])
    refused = alice.post(there, given)
    assert refused.status_code == 422
    assert "07700 900123" in text(refused)
    assert not Amendment.objects.exists()
    assert alice.post(there, given | {"past": "yes"}).status_code == 302


def test_what_another_hand_took_down_is_shown(alice: Client, reply: Reply) -> None:
    heard(reply, deleted_at=clock.now())
    assert "taken down there by another hand, 09:00" in talk(alice, reply)
    assert "Change the words" not in page(alice, reply)


def test_what_another_hand_changed_is_shown_with_its_words(alice: Client, reply: Reply) -> None:
    heard(reply, edited_at=clock.now(), text="Back never.")
    shown = talk(alice, reply)
    assert "changed there by another hand, 09:00" in shown
    assert "Back never." in shown


def test_our_own_change_heard_back_is_nobody_else_s(alice: Client, reply: Reply) -> None:
    heard(reply, edited_at=clock.now(), text="@tom Back  at noon.")
    assert "another hand" not in talk(alice, reply)


def test_who_may_not_sees_who_may(bob: Client, reply: Reply) -> None:
    assert "Who wrote it, or a lead, may change it" in page(bob, reply)
    given = {"text": "Ha.", "why": "because"}
    assert bob.post(reverse("edit-reply", args=[reply.public_id]), given).status_code == 403
    assert not Amendment.objects.exists()
