"""Alice sees what colleagues said to the same question, and nothing of whom they said it to."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rejoinder.desk import actions as desk
from rejoinder.desk.suggest.similar import similar
from rejoinder.listening.models import Conversation, Mention, Question
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from rejoinder.team.models import Advisor
from tests import people
from tests.web import stage
from tests.web.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def question() -> Question:
    now = clock.now()
    return Question.objects.create(name="No signal in Leeds", first_at=now, last_at=now)


def asks(name: str, question: Question, **values: object) -> Conversation:
    talk = stage.says(name, "no signal in Leeds", **values)  # type: ignore[arg-type]  # of a mention
    Mention.objects.filter(pk=talk.last_mention_id or 0).update(question_id=question.pk)
    return talk


def told(talk: Conversation, words: str, by: Advisor, *, private: bool = False) -> Reply:
    """A reply that is out."""
    mention = Mention.objects.get(pk=talk.last_mention_id or 0)
    now = clock.now()
    return Reply.objects.create(
        conversation=talk,
        mention=mention,
        account=stage.account(),
        advisor=by,
        text=words,
        key=f"k{Reply.objects.count()}",
        state=State.SENT,
        written_at=now,
        due_at=now,
        sent_at=now,
        private=private,
    )


def test_public_replies_to_the_same_question_without_the_person(
    alice: Client, question: Question
) -> None:
    tina = asks("Tina Sample", question)
    told(
        tina, "@tina.sample.example Tina, the mast is back at noon. Call 07700 900123", people.bob()
    )
    tom = desk.take(asks("Tom", question), people.alice())

    page = text(alice.get(f"/c/{tom.public_id}"))

    assert "the mast is back at noon" in page
    assert "Bob to the same question" in page
    assert "Next: colleagues answered the same" in page
    assert "Tina" not in page
    assert "07700" not in page


def test_one_press_puts_it_into_the_draft(alice: Client, question: Question) -> None:
    told(asks("Tina", question), "It is back at noon", people.bob())
    tom = desk.take(asks("Tom", question), people.alice())

    for what in ("similar-0", "similar-7", "similar-x", "similar--1"):
        alice.post(f"/c/{tom.public_id}/insert", {"what": what})

    kept = desk.draft(tom, people.alice())
    assert kept is not None
    assert kept.text == "It is back at noon"


def test_private_words_of_others_stay_with_them(question: Question) -> None:
    tina = asks("Tina", question)
    told(tina, "your account is closed", people.bob(), private=True)
    hers = asks("Nina", question, public=False)
    told(hers, "said in private", people.bob())
    tom = asks("Tom", question)

    assert similar(tom, people.alice()) == []


def test_the_same_person_is_known_by_what_they_were_told(question: Question) -> None:
    before = stage.says("Tom", "my bill", thread="at://before")
    told(before, "Your bill is right, Tom.", people.bob(), private=True)
    tom = asks("Tom", question)

    [found] = similar(tom, people.alice())

    assert (found.theirs, found.text, found.by) == (True, "Your bill is right, Tom.", "Bob")


def test_the_same_words_are_shown_once_and_three_at_most(question: Question) -> None:
    for number in range(6):
        told(asks(f"Person{number}", question), "It is back  at noon", people.bob())
    told(asks("Other", question), "Quite another thing", people.bob())
    tom = asks("Tom", question)

    assert [each.text for each in similar(tom, people.alice())] == [
        "Quite another thing",
        "It is back  at noon",
    ]


def test_without_a_question_nothing_of_others_is_looked_at() -> None:
    told(stage.says("Tina", "hello"), "Hello Tina", people.bob())

    assert similar(stage.says("Tom", "hello"), people.alice()) == []


def test_only_who_has_it_is_helped_and_an_auditor_sees_nothing(
    bob: Client, question: Question
) -> None:
    told(asks("Tina", question), "It is back at noon", people.bob())
    tom = desk.take(asks("Tom", question), people.alice())

    assert "back at noon" not in text(bob.get(f"/c/{tom.public_id}"))
    assert similar(tom, people.ann()) == []


def test_it_costs_the_same_among_many(question: Question) -> None:
    tom = asks("Tom", question)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            similar(tom, people.alice())
        return len(asked)

    told(asks("Tina", question), "It is back at noon", people.bob())
    few = cost()
    for number in range(60):
        told(asks(f"Person{number}", question), f"reply {number}", people.bob())

    assert cost() <= few
