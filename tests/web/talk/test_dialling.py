"""Calling from the page of a conversation: what is offered, what is said, and to whom."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.channels.models import Account
from rejoinder.desk import actions as desk
from rejoinder.desk.calling.rules import Outcome, Stage
from rejoinder.desk.models import Dialled
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock
from rejoinder.privacy import contacts
from rejoinder.team.models import Advisor
from rejoinder.web.talk import dialling
from tests import people
from tests.web import stage
from tests.web.pages import notices, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(monday: datetime) -> Conversation:
    """Granny Smith left her number, and Alice takes care of it; the exchange dials out."""
    clock.turn(timedelta(hours=2))
    found = stage.says("Granny Smith", "Please call me.", channel="phone", ref={"kind": "call"})
    person = found.person
    contacts.seal([contacts.Reach("phone", person.external_id, "phone", "020 7946 0123")])
    Account.objects.filter(channel="phone").update(
        settings={"exchange": "https://pbx.example.com:8089", "outside": "PJSIP/{number}@trunk"}
    )
    return desk.take(found, people.alice())


def page(client: Client, talk: Conversation) -> str:
    return text(client.get(reverse("conversation", args=[talk.public_id])))


def extension(name: str = "PJSIP/101") -> None:
    Advisor.objects.filter(pk=people.alice().pk).update(extension=name)


def test_she_names_her_telephone_and_calls(alice: Client, talk: Conversation) -> None:
    assert "Name your telephone in your settings first" in page(alice, talk)
    given = {
        "name": "Alice",
        "extension": "PJSIP/101",
        "time_zone": "Europe/London",
        "language": "en-gb",
    }
    wrong = alice.post(reverse("me"), given | {"extension": "Local/0906@trunk"})
    assert "Write it as the exchange names it" in text(wrong)
    alice.post(reverse("me"), given)
    assert "Call them now" in page(alice, talk)
    alice.post(reverse("dial", args=[talk.public_id]), {"why": "a call was promised"})
    row = Dialled.objects.get()
    assert (row.advisor.name, row.stage, row.rung_at) == ("Alice", Stage.ASKED, None)
    shown = page(alice, talk)
    assert "is about to ring" in shown
    assert "Hang up" in shown
    assert "Call them now" not in shown
    alice.post(reverse("hang-up", args=[talk.public_id]))
    row.refresh_from_db()
    assert row.giving_up


def test_colleagues_see_it_and_may_not_end_it(
    client: Client, alice: Client, talk: Conversation
) -> None:
    extension()
    alice.post(reverse("dial", args=[talk.public_id]), {"why": "promised"})
    client.force_login(people.bob())
    shown = page(client, talk)
    assert "is about to ring" in shown
    assert "Hang up" not in shown
    answer = client.post(reverse("hang-up", args=[talk.public_id]))
    assert answer.status_code == 403
    assert not Dialled.objects.get().giving_up


def test_without_a_reason_nobody_is_rung(alice: Client, talk: Conversation) -> None:
    extension()
    answer = alice.post(reverse("dial", args=[talk.public_id]), {"why": ""}, follow=True)
    assert notices(answer)
    assert not Dialled.objects.exists()


def test_a_desk_without_a_way_out_says_nothing_of_it(alice: Client, talk: Conversation) -> None:
    Account.objects.update(settings={})
    extension()
    shown = page(alice, talk)
    assert "Call them now" not in shown
    assert "exchange" not in shown
    assert "Your telephone at the exchange" not in text(alice.get(reverse("me")))


@pytest.mark.parametrize("outcome", list(Outcome))
def test_the_thread_says_how_it_ended(alice: Client, talk: Conversation, outcome: Outcome) -> None:
    now = clock.now()
    row = Dialled.objects.create(
        conversation=talk,
        advisor=people.alice(),
        account=Account.objects.get(channel="phone"),
        stage=Stage.ENDED,
        outcome=outcome,
        asked_at=now,
        since=now,
        answered_at=now,
        ended_at=now + timedelta(minutes=4),
    )
    said = dialling.ended(row)
    assert "Alice" in said
    assert ("4 minutes" in said) == (outcome == Outcome.TALKED)
    assert said in page(alice, talk)
