"""What leaves, what is in doubt, what was refused."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.desk import actions as desk
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from tests import people
from tests.web import stage
from tests.web.pages import notices, text


@pytest.fixture
def reply(db: None, monday: datetime) -> Reply:
    """Alice answered Tom a moment ago."""
    talk = desk.take(stage.says("Tom", "no signal"), people.alice())
    return desk.answer(talk, people.alice(), "Hold the button.")


def set_to(reply: Reply, state: State, **values: object) -> None:
    Reply.objects.filter(pk=reply.pk).update(state=state, **values)


def outbox(client: Client) -> str:
    return text(client.get(reverse("outbox")))


def test_nothing_waits(alice: Client) -> None:
    assert "Nothing waits to leave." in outbox(alice)


def test_a_reply_on_its_way_says_when_it_leaves(alice: Client, reply: Reply) -> None:
    page = outbox(alice)

    assert "1 reply on Bluesky waits to leave. The last goes by 09:00." in page
    assert "leaves in 8 s" in page


def test_one_that_waits_for_room_says_why_and_until_when(alice: Client, reply: Reply) -> None:
    later = clock.now() + timedelta(minutes=40)
    set_to(reply, State.QUEUED, due_at=later, words="The hour is used up.")

    assert "leaves at 09:40: The hour is used up." in outbox(alice)


def test_a_sent_one_says_when(alice: Client, reply: Reply) -> None:
    set_to(reply, State.SENT, sent_at=clock.now())

    assert "sent 09:00" in outbox(alice)


def test_a_refused_one_shows_the_platform_s_own_words(alice: Client, reply: Reply) -> None:
    set_to(reply, State.REFUSED, words="Record/text must not be longer than 300 graphemes")

    assert "refused: Record/text must not be longer than 300 graphemes" in outbox(alice)


def test_where_the_desk_can_look_nobody_is_asked(alice: Client, reply: Reply) -> None:
    set_to(reply, State.UNCERTAIN, sending_at=clock.now())

    page = outbox(alice)

    assert "uncertain: we are reading our timeline" in page
    assert "It is there" not in page


def test_the_writer_withdraws_from_the_list(alice: Client, reply: Reply) -> None:
    address = reverse("withdraw", args=[reply.public_id])

    answer = alice.post(address, {"next": reverse("outbox")})

    assert answer.headers["Location"] == reverse("outbox")
    reply.refresh_from_db()
    assert reply.state == State.WITHDRAWN


def test_next_leads_to_no_other_site(alice: Client, reply: Reply) -> None:
    address = reverse("withdraw", args=[reply.public_id])

    answer = alice.post(address, {"next": "https://elsewhere.example/"})

    assert answer.headers["Location"].startswith("/c/")


def test_alice_says_that_it_arrived(alice: Client, reply: Reply) -> None:
    set_to(reply, State.UNCERTAIN, sending_at=clock.now())

    alice.post(reverse("settle", args=[reply.public_id]), {"arrived": "yes"})

    reply.refresh_from_db()
    assert reply.state == State.SENT


def test_settling_what_is_settled_says_so(alice: Client, reply: Reply) -> None:
    set_to(reply, State.SENT, sent_at=clock.now())

    answer = alice.post(reverse("settle", args=[reply.public_id]), {"arrived": "no"}, follow=True)

    assert "This reply is out already." in notices(answer)


def test_bob_may_not_settle_for_alice(bob: Client, reply: Reply) -> None:
    set_to(reply, State.UNCERTAIN, sending_at=clock.now())

    assert bob.post(reverse("settle", args=[reply.public_id])).status_code == 403
