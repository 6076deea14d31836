"""The lead of a played day answers in public what many ask, by the same calls as any lead."""

from datetime import timedelta

import pytest

from rejoinder.answers import editions
from rejoinder.answers.models import Answer, Revision
from rejoinder.drill.play import script
from rejoinder.drill.play.lead import LOOKS_EVERY_S, Lead
from rejoinder.drill.world import World
from rejoinder.listening.models import Question
from rejoinder.plumbing import clock
from tests import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
FIXED = 1  # "Is it fixed?" of the day


def lead(which: int | None = FIXED) -> Lead:
    return Lead(World(), people.dan(), people.alice(), asked=lambda number: which)


def asked_by(many: int, name: str = "", provisional: str | None = "new-1") -> Question:
    now = clock.now()
    return Question.objects.create(
        name=name,
        provisional=None if name else provisional,
        people=many,
        first_at=now,
        last_at=now,
    )


def test_what_ten_ask_is_named_written_for_its_time_and_published() -> None:
    question = asked_by(10)
    one = lead()

    one.turn_to(0)
    question.refresh_from_db()
    assert question.name == script.asked(FIXED).name
    clock.turn(timedelta(seconds=World().writing_s - 1))
    one.turn_to(World().writing_s - 1)
    assert not Revision.objects.filter(published_at__isnull=False).exists()

    clock.turn(timedelta(seconds=1))
    one.turn_to(World().writing_s + LOOKS_EVERY_S)
    answer = editions.of_question(question)
    assert answer is not None
    published = editions.current(answer)
    assert published is not None
    assert published.short == script.asked(FIXED).short


def test_what_fewer_ask_or_nobody_can_tell_waits() -> None:
    asked_by(9)
    lead().turn_to(0)
    asked_by(20, provisional="new-2")
    lead(None).turn_to(0)

    assert not Answer.objects.exists()


def test_the_same_asked_in_other_words_is_no_second_answer() -> None:
    one = lead()
    asked_by(10)
    one.turn_to(0)
    asked_by(12, provisional="new-2")
    one.turn_to(LOOKS_EVERY_S)

    assert Answer.objects.count() == 1
    assert Question.objects.filter(dismissed_at=None).count() == 1


def test_what_is_careful_is_read_by_a_second_person() -> None:
    compensation = 6
    asked_by(10)
    one = lead(compensation)
    one.turn_to(0)
    clock.turn(timedelta(seconds=World().writing_s))
    one.turn_to(World().writing_s)

    published = Revision.objects.get(published_at__isnull=False)
    assert published.checked_by == people.alice()
    assert published.published_by == people.dan()


def test_looks_come_apart() -> None:
    one = lead()
    one.turn_to(0)
    asked_by(10)

    assert one.turn_to(LOOKS_EVERY_S - 1) == 0
    assert one.turn_to(LOOKS_EVERY_S) == 1
