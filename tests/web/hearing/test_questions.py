"""The page of questions: proposed with examples, named by a person, changed when people change."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.listening import questions
from rejoinder.listening.models import Likeness, Question
from rejoinder.listening.questions import Asked
from rejoinder.plumbing import clock
from tests import people
from tests.web import stage
from tests.web.pages import notices, source, text

pytestmark = pytest.mark.usefixtures("monday")


def proposed(name: str = "new-1", people: int = 14) -> Question:
    talk = stage.says("Tom", "is it <down> in Leeds? ring [••• phone number]")
    questions.keep([Asked(talk.last_mention_id or 0, name, True, clock.now())], {name: people})
    return Question.objects.get(provisional=name)


def test_an_empty_desk_says_so(alice: Client) -> None:
    assert "Nobody asks what others ask too, so far." in text(alice.get(reverse("questions")))


def test_a_proposed_question_shows_who_asks_and_hides_what_is_personal(alice: Client) -> None:
    proposed()
    page = alice.get(reverse("questions"))
    assert "1 question waits for a name." in text(page)
    assert "14 people" in text(page)
    assert "is it &lt;down&gt; in Leeds?" in source(page)
    assert '<span class="masked">phone number</span>' in source(page)


def test_naming_it_makes_it_a_question(alice: Client) -> None:
    question = proposed()
    done = alice.post(
        reverse("name-question", args=[question.pk]), {"name": "Signal in Leeds?"}, follow=True
    )
    assert "“Signal in Leeds?” is a question from now on." in notices(done)
    assert "Every question that many ask has a name." in text(done)
    one = text(alice.get(reverse("question", args=[question.pk])))
    assert "14 people asked" in one
    assert "Alice named it" in one


def test_a_name_that_is_none_is_said(alice: Client) -> None:
    done = alice.post(reverse("name-question", args=[proposed().pk]), {"name": " "}, follow=True)
    assert "Give the question a name" in notices(done)


def test_what_is_no_question_goes(alice: Client) -> None:
    question = proposed()
    done = alice.post(reverse("dismiss-question", args=[question.pk]), follow=True)
    assert "A new question?" not in text(done)


def test_a_change_is_shown_in_its_row(alice: Client) -> None:
    questions.name(proposed(), people.alice(), "Signal")
    questions.changed("Signal", "compensation")
    assert "People ask something else since 09:00: compensation" in text(
        alice.get(reverse("questions"))
    )


def test_an_auditor_sees_none(ann: Client) -> None:
    assert ann.get(reverse("questions")).status_code == 403
    assert ann.post(reverse("name-question", args=[proposed().pk])).status_code == 403


def test_how_good_likeness_is_is_said(alice: Client) -> None:
    assert "How good likeness is" not in text(alice.get(reverse("questions")))
    today = clock.now().date()
    Likeness.objects.create(
        day=today - timedelta(days=1),
        right=0.0,
        right_low=0.0,
        right_high=1.0,
        judged=0,
        covered=0.2,
        posts=100,
    )
    assert "Nobody has said yet whether" in text(alice.get(reverse("questions")))
    Likeness.objects.create(
        day=today,
        right=0.957,
        right_low=0.931,
        right_high=0.972,
        judged=1200,
        covered=0.62,
        posts=20_000,
    )
    page = text(alice.get(reverse("questions")))
    assert (
        "Of 1,200 suggestions that your team judged, 96 % were right (between 93 and 97 %)." in page
    )
    assert "It had a suggestion for 62 % of the newest 20,000 posts" in page


def test_a_lead_says_that_each_who_asks_is_urgent(alice: Client, dan: Client) -> None:
    question = proposed()
    alice.post(reverse("name-question", args=[question.pk]), {"name": "Is 999 down?"})
    page, act = reverse("question", args=[question.pk]), "urgent-question"
    assert "Each of these is urgent" not in text(alice.get(page))
    done = dan.post(reverse(act, args=[question.pk]), {"urgent": "1"}, follow=True)
    assert "Each who asks this is urgent: Dan said so" in text(done)
    assert "each is urgent" in text(alice.get(reverse("questions")))
    back = dan.post(reverse(act, args=[question.pk]), follow=True)
    assert "Each of these is urgent" in text(back)
