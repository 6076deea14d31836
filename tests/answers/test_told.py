"""Who was told: written for what was sent, and for nothing else."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from rejoinder.answers import actions, told
from rejoinder.answers.coverage import coverage, unanswered
from rejoinder.answers.models import Told
from rejoinder.channels.contract import Limit, Refused
from rejoinder.desk import actions as desk
from rejoinder.listening.models import Correction, Mention
from rejoinder.outbox import actions as outbox
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock
from tests import people, scene
from tests.answers.newsroom import SHORT, TEXT, asks, opened, published, question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture(autouse=True)
def network() -> Iterator[type[scene.Notebook]]:
    with scene.networks(Limit(name="hour", cap=50, window=3600)) as found:
        yield found


def answers(mention: Mention, text: str) -> None:
    """Alice takes it and answers; the reply leaves."""
    assert mention.conversation is not None
    talk = desk.take(mention.conversation, people.alice())
    desk.answer(talk, people.alice(), text)
    clock.turn(outbox.undo_hold())
    Sender(scene.opened).run_once()


def test_a_reply_that_says_the_answer_tells_it() -> None:
    revision = published(opened("x", question()))
    tom = asks("Tom", question())

    answers(tom, f"Hello Tom. {SHORT} ^AK")

    (row,) = Told.objects.all()
    assert (row.revision, row.person, row.conversation) == (revision, tom.person, tom.conversation)
    assert row.account == tom.account
    assert row.reply is not None
    assert row.at == row.reply.sent_at
    assert [each.person for each in told.people(revision, people.alice())] == [tom.person]
    assert told.by_channel(revision) == [("notebook", 1)]
    assert list(told.people(revision, people.ann())) == []


def test_what_was_answered_so_is_learned_as_asking_it() -> None:
    asked, other = question(), question("When is it repaired?")
    answer = opened("x", asked)
    published(answer)
    tom, tina = asks("Tom", other), asks("Tina", asked)
    Mention.objects.filter(pk=tom.pk).update(question_id=None)

    answers(tom, SHORT + f" https://x.example/s/{answer.code}")
    answers(tina, SHORT)

    rows = Correction.objects.filter(field="question").order_by("id")
    assert [(row.mention_id, row.was, row.now) for row in rows] == [
        (tom.pk, "", asked.name),
        (tina.pk, asked.name, asked.name),
    ]
    assert Mention.objects.get(pk=tom.pk).question_id == asked.pk
    asked.refresh_from_db()
    assert asked.people == 2


def test_an_answer_said_by_heart_is_told_and_learned_where_no_question_was_recognised() -> None:
    asked = question()
    revision = published(opened("x", asked))
    tom = asks("Tom", asked)
    Mention.objects.filter(pk=tom.pk).update(question_id=None)

    answers(tom, f"Hello Tom. {SHORT} ^AK")

    assert Told.objects.get().revision == revision
    assert Mention.objects.get(pk=tom.pk).question_id == asked.pk
    assert Correction.objects.get(field="question").now == asked.name


def test_a_few_words_that_an_answer_has_too_tell_nothing() -> None:
    published(opened("x", question()), short="We are very sorry.")
    tom = asks("Tom", question("Something else?"))

    answers(tom, "We are very sorry to hear that, Tom.")

    assert not Told.objects.exists()


def test_an_answer_to_several_questions_does_not_say_which_was_asked() -> None:
    answer = opened("x", question(), question("When is it repaired?"))
    published(answer)
    tom = asks("Tom", question("Something else?"))

    answers(tom, f"See https://x.example/s/{answer.code}")

    assert Told.objects.exists()
    assert not Correction.objects.exists()


def test_a_link_tells_it_whatever_was_asked() -> None:
    answer = opened()
    revision = published(answer)

    answers(asks("Tom", question("Something else?")), f"See https://x.example/s/{answer.code}")

    assert Told.objects.get().revision == revision


def test_other_words_tell_nothing() -> None:
    published(opened("x", question()))

    answers(asks("Tom", question()), "Sorry to hear that, Tom. Where are you?")

    assert not Told.objects.exists()


def test_what_was_said_counts_and_not_what_is_newest() -> None:
    answer = opened("x", question())
    first = published(answer)
    published(answer, TEXT.replace("13:00", "17:00"), "Parts of Leeds have to wait until 17:00.")

    answers(asks("Tom", question()), SHORT)

    assert Told.objects.get().revision == first


def test_a_reply_that_was_refused_told_nobody(network: type[scene.Notebook]) -> None:
    published(opened("x", question()))
    network.says.append(Refused("blocked"))

    answers(asks("Tom", question()), SHORT)

    assert not Told.objects.exists()


def test_the_answer_is_suggested_in_the_language_of_the_person() -> None:
    answer = opened("x", question())
    tom = asks("Tom", question())
    assert tom.conversation is not None
    assert told.suggested(tom.conversation) is None
    english = published(answer)
    german = published(answer, "Sieben von zehn.", "Sieben von zehn.", language="de", follows=1)

    assert told.suggested(tom.conversation) == english
    Mention.objects.filter(pk=tom.pk).update(language="de")
    assert told.suggested(tom.conversation) == german
    actions.withdraw(answer, people.dan(), "A mistake.")
    assert told.suggested(tom.conversation) is None


def test_a_caller_is_told_by_voice() -> None:
    revision = published(opened("x", question()))
    granny = asks("Granny Smith", question())
    assert granny.conversation is not None

    told.by_voice(revision, granny.conversation, people.alice())
    told.by_voice(revision, granny.conversation, people.alice())

    assert [row.reply for row in Told.objects.all()] == [None, None]


def test_coverage_counts_people_and_what_came_of_it() -> None:
    other = question("When will you pay?")
    answer = opened("x", question())
    published(answer)
    since = clock.now() - timedelta(hours=1)
    answers(asks("Tom", question()), SHORT)
    answers(asks("Tina", question()), SHORT)
    clock.turn(timedelta(hours=2))
    asks("Tina", question(), "still no signal")
    asks("Rosa", other)
    clock.turn(timedelta(hours=23))
    asks("Colin", question())

    first, second = coverage(people.alice(), since)

    assert (first.question, first.answer, first.asked, first.waiting) == (question(), answer, 3, 2)
    assert (first.outcome.told, first.outcome.settled, first.outcome.again) == (2, 1, 1)
    assert (second.question, second.answer, second.asked, second.waiting) == (other, None, 1, 1)
    assert unanswered([first, second]) == [second]
    assert coverage(people.ann(), since) == []
