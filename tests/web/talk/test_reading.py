"""The reading on the page: what it says, why, and put right with one key."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.listening import safety
from rejoinder.listening.models import (
    Conversation,
    Correction,
    Mention,
    Need,
    Question,
    ReadWith,
)
from rejoinder.listening.read.reasons import REASONS
from rejoinder.plumbing import clock
from rejoinder.web.talk import reasons
from tests.web import stage
from tests.web.pages import notices, source, text

pytestmark = pytest.mark.usefixtures("monday")


def read(words: str = "her pendant beeps, ring [••• phone number]") -> Conversation:
    talk = stage.says(
        "Tom",
        words,
        need=Need.URGENT,
        read_with=ReadWith.CAREFUL,
        intent="device",
        sentiment="negative",
        language="en",
        reading={
            "confidence": {"need": 0.97},
            "why": [["alarm", "her pendant"], ["hurry", "ring"]],
        },
    )
    Mention.objects.filter(pk=talk.last_mention_id or 0).update(need=Need.URGENT)
    return talk


def test_the_row_says_the_weightiest_reason(alice: Client) -> None:
    read()
    page = text(alice.get(reverse("inbox")))
    assert "an alarm, or what keeps somebody alive, may fail: “her pendant”" in page


def test_the_side_says_all_of_it(alice: Client) -> None:
    talk = read()
    safety.open_cards([(talk.last_mention_id or 0, "stalking")])
    page = text(alice.get(reverse("conversation", args=[talk.public_id])))
    for words in (
        "Urgent, 97 %",
        "presses: “ring”",
        "Device",
        "Negative",
        "English",
        "phone number, hidden",
        "with care",
        "Stalking: no lead sees to it yet",
    ):
        assert words in page


def test_what_was_not_read_has_no_reading(alice: Client) -> None:
    talk = stage.says("Tom", "hello")
    page = source(alice.get(reverse("conversation", args=[talk.public_id])))
    assert 'id="reading"' not in page


def test_one_key_puts_the_need_right(alice: Client) -> None:
    talk = read()
    page = source(alice.get(reverse("conversation", args=[talk.public_id])))
    assert 'name="need" value="common" data-key="3"' in page
    done = alice.post(
        reverse("correct", args=[talk.public_id]),
        {"mention": str(talk.last_mention_id), "need": "common"},
        follow=True,
    )
    assert "Corrected. The desk learns from it." in notices(done)
    assert "corrected by Alice" in text(done)
    talk.refresh_from_db()
    assert talk.need == Need.COMMON


def test_a_mention_of_somebody_else_is_not_corrected_here(alice: Client) -> None:
    talk, other = read(), stage.says("Tina", "hello", thread="at://other")
    for given in (str(other.last_mention_id), "x", ""):
        done = alice.post(
            reverse("correct", args=[talk.public_id]),
            {"mention": given, "need": "none"},
            follow=True,
        )
        assert "not part of this conversation" in notices(done)


def test_an_auditor_corrects_nothing(ann: Client) -> None:
    assert ann.post(reverse("correct", args=[read().public_id])).status_code == 403


def test_every_reason_has_its_words_here() -> None:
    for code, words in REASONS.items():
        assert reasons.said(code, "so") == words.format(words="so")


def test_a_need_lapses_once_nobody_waits(alice: Client) -> None:
    talk = read()
    Mention.objects.update(created_at=clock.now() - timedelta(hours=25))
    address = reverse("conversation", args=[talk.public_id])
    Conversation.objects.update(waiting_since=clock.now() - timedelta(hours=25))
    assert "Urgent, 97 %" in text(alice.get(address))  # who waits still needs it
    Conversation.objects.update(waiting_since=None)
    assert "Urgent, 97 %" not in text(alice.get(address))


def test_what_is_asked_is_said_and_put_right(alice: Client) -> None:
    talk = read("when is it repaired")
    page = reverse("conversation", args=[talk.public_id])
    assert "What they ask" not in text(alice.get(page))
    now = clock.now()
    for name in ("When is it repaired?", "Is it on Wi-Fi too?"):
        Question.objects.create(name=name, people=1, first_at=now, last_at=now)
    assert "No question with a name" in text(alice.get(page))

    values = {"mention": talk.last_mention_id, "question": "When is it repaired?"}
    answered = alice.post(reverse("correct", args=[talk.public_id]), values, follow=True)
    assert "The desk learns from it." in notices(answered)
    assert "No question with a name" not in text(answered)
    kept = Mention.objects.get(pk=talk.last_mention_id or 0)
    assert Question.objects.get(pk=kept.question_id or 0).name == "When is it repaired?"
    alice.post(reverse("correct", args=[talk.public_id]), values)
    assert Correction.objects.filter(field="question").count() == 1

    unknown = values | {"question": "Who knows?"}
    answered = alice.post(reverse("correct", args=[talk.public_id]), unknown, follow=True)
    assert "No question is called “Who knows?”" in notices(answered)
