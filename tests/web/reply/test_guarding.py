"""The guard at the send button: said as one types, said again at Send, and past it for a reason."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.channels.models import Account
from rejoinder.desk import actions as desk
from rejoinder.desk.models import OwnContact
from rejoinder.listening.models import Conversation
from rejoinder.outbox.models import Reply
from rejoinder.team.models import AuditLine
from tests import people
from tests.web import stage
from tests.web.pages import notices, source, text

ALONE = "Thank you, Tom. Her alarm is down and she is alone. Ring 07700 900417."


@pytest.fixture
def talk(db: None, monday: datetime) -> Conversation:
    """Tom waits, and Alice has him."""
    return desk.take(stage.says("Tom", "my gran has no signal"), people.alice())


def at(talk: Conversation, name: str = "conversation") -> str:
    return reverse(name, args=[talk.public_id])


def checked(client: Client, talk: Conversation, words: str) -> Any:
    return client.post(at(talk, "check"), {"text": words}).json()


def test_what_everybody_would_read_is_said_as_one_types(alice: Client, talk: Conversation) -> None:
    said = checked(alice, talk, ALONE)

    assert said["stops"] is True
    assert "Everybody would read: phone number, about somebody’s health, that" in said["block"]
    assert said["marks"].count("<mark>") == 3
    assert "&lt;b&gt;" in checked(alice, talk, ALONE + "<b>")["marks"]


def test_a_good_reply_is_counted_and_nothing_is_said(alice: Client, talk: Conversation) -> None:
    said = checked(alice, talk, "We are on it, Tom.")

    assert (said["used"], said["rest"], said["stops"]) == ("18", "/300", False)
    assert said["block"] == said["marks"] == ""


def test_send_holds_it_and_the_page_says_why(alice: Client, talk: Conversation) -> None:
    answer = alice.post(at(talk, "send"), {"text": ALONE}, follow=True)

    assert not Reply.objects.exists()
    assert "The reply has not left" in notices(answer)
    assert "Everybody would read: phone number" in text(answer)
    assert f">{ALONE}</textarea>" in source(answer)


def test_the_remedy_is_in_the_draft(alice: Client, talk: Conversation) -> None:
    answer = alice.post(at(talk, "remedy"), {"text": ALONE}, follow=True)

    assert ">Thank you, Tom. Ring •••.</textarea>" in source(answer)
    assert "Everybody would read" not in text(answer)


def test_past_the_guard_it_takes_a_reason_that_is_in_the_audit(
    alice: Client, talk: Conversation
) -> None:
    alice.post(at(talk, "send"), {"text": ALONE, "past": "  "})
    assert not Reply.objects.exists()

    alice.post(at(talk, "send"), {"text": ALONE, "past": "they asked, on 07700 900999"})

    assert Reply.objects.get().text == ALONE
    line = AuditLine.objects.get(action="sent past the guard")
    assert line.detail == {
        "found": ["alone", "health", "personal"],
        "why": "they asked, on [••• phone number]",
    }


def test_a_question_passed_over_takes_a_second_press_alone(alice: Client, db: None) -> None:
    talk = desk.take(stage.says("Tom", "When is it back?"), people.alice())

    assert "They asked: “When is it back?”" in checked(alice, talk, "Thanks, Tom!")["block"]
    alice.post(at(talk, "send"), {"text": "Thanks, Tom!", "past": ""})

    assert Reply.objects.get().text == "Thanks, Tom!"


def test_no_reason_sends_what_the_platform_would_not_take(
    alice: Client, talk: Conversation
) -> None:
    answer = alice.post(at(talk, "send"), {"text": "a" * 301, "past": "I must"}, follow=True)

    assert "too long: 301 of 300" in notices(answer)
    assert not Reply.objects.exists()


def test_a_name_of_another_conversation_of_hers_is_found(alice: Client, talk: Conversation) -> None:
    desk.take(stage.says("Tina", "me too"), people.alice())

    assert "Tina is in another conversation" in checked(alice, talk, "Hi Tina, on it.")["block"]
    assert checked(alice, talk, "Hi Tom, on it.")["block"] == ""


def test_another_account_of_ours_was_asked(alice: Client, db: None) -> None:
    stage.account("help.northwind.example")
    talk = desk.take(stage.says("Tom", "@help.northwind.example no signal"), people.alice())
    assert Account.objects.count() == 2

    assert "They wrote to help.northwind.example" in checked(alice, talk, "On it.")["block"]


def test_in_a_private_message_it_may_stand(alice: Client, db: None) -> None:
    talk = desk.take(stage.says("Tom", "a word in private", public=False), people.alice())

    assert checked(alice, talk, ALONE)["block"] == ""
    assert "We never do" in checked(alice, talk, "What is your PIN?")["block"]


def test_what_a_lead_lists_may_stand(alice: Client, dan: Client, talk: Conversation) -> None:
    dan.post(reverse("add-own-contact"), {"kind": "phone", "text": "07700 900417"})
    listed = OwnContact.objects.get()

    assert checked(alice, talk, "Ring 07700 900417.")["block"] == ""
    assert "07700 900417" in text(alice.get(reverse("own-contacts")))
    dan.post(reverse("remove-own-contact", args=[listed.pk]))
    assert checked(alice, talk, "Ring 07700 900417.")["stops"] is True
    assert AuditLine.objects.filter(action__startswith="let it stand").count() == 2


@pytest.mark.parametrize(
    ("kind", "words"),
    [("domain", "no domain"), ("email", "@"), ("phone", "ring us"), ("x", "1234")],
)
def test_what_is_no_such_thing_is_not_listed(dan: Client, kind: str, words: str) -> None:
    answer = dan.post(reverse("add-own-contact"), {"kind": kind, "text": words}, follow=True)

    assert "This is no such thing" in notices(answer)
    assert not OwnContact.objects.exists()


def test_a_link_is_kept_to_our_domains_as_people_write_them(
    alice: Client, dan: Client, talk: Conversation
) -> None:
    dan.post(
        reverse("add-own-contact"), {"kind": "domain", "text": "https://www.Northwind.example/"}
    )
    assert OwnContact.objects.get().text == "northwind.example"

    assert (
        "other.example is no domain of ours"
        in (checked(alice, talk, "Pay your bill at https://other.example/x")["block"])
    )
    assert checked(alice, talk, "Pay your bill at https://pay.northwind.example/x")["block"] == ""
