"""Tess learns: she takes and writes, Alice looks at it and sends it or gives it back."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from rejoinder.desk import actions, refusals
from rejoinder.desk.coaching import actions as coaching
from rejoinder.desk.coaching import listed
from rejoinder.desk.models import Draft, DraftReview, Handover
from rejoinder.listening.models import Conversation, Mention, Need
from rejoinder.outbox.models import Reply
from rejoinder.team import access
from rejoinder.team.models import AuditLine
from tests import people, scene

pytestmark = pytest.mark.django_db
WORDS = "Sorry about that. We look at it now."


@pytest.fixture(autouse=True)
def network(monday: datetime) -> Iterator[None]:
    with scene.networks():
        yield


def asked(name: str = "Tom", text: str = WORDS) -> DraftReview:
    talk = scene.wrote(name, "No signal", need=Need.COMMON)
    actions.take(talk, people.tess())
    return coaching.ask(talk, people.tess(), text)


def holder(talk: Conversation) -> str:
    return str(Conversation.objects.get(pk=talk.pk).holder)


def test_a_draft_is_asked_for_looked_at_and_sent_as_the_mentors() -> None:
    review = asked()
    assert listed.to_look_at(people.alice()) == [review]
    talk = coaching.take_up(review, people.alice())
    assert holder(talk) == "Alice"
    kept = actions.draft(talk, people.alice())
    assert kept is not None
    assert kept.text == WORDS
    assert listed.to_look_at(people.alice()) == []
    reply = actions.answer(talk, people.alice(), "Sorry, Tom. We look at it now.")
    review.refresh_from_db()
    assert (review.outcome, review.mentor, review.reply) == ("sent", people.alice(), reply)
    assert review.text == WORDS
    assert listed.lately(people.tess()) == listed.lately(people.alice()) == [review]
    assert listed.lately(people.bob()) == []
    coaching.say(review, people.alice(), "Their name makes it warmer.")
    review.refresh_from_db()
    assert review.word == "Their name makes it warmer."
    done = set(AuditLine.objects.values_list("action", flat=True))
    assert {"asked for a look at a draft about", "took up a draft about"} <= done


def test_nothing_leaves_by_a_trainee() -> None:
    talk = scene.wrote("Tom", "No signal", need=Need.COMMON)
    actions.take(talk, people.tess())
    for attempt in (
        lambda: actions.answer(talk, people.tess(), WORDS),
        lambda: actions.start_reply(talk, people.tess()),
        lambda: actions.close(talk, people.tess(), "done"),
        lambda: actions.hand_over(talk, people.tess(), people.alice()),
    ):
        with pytest.raises(access.NotAllowedError):
            attempt()
    assert not Reply.objects.exists()
    assert not Handover.objects.exists()
    assert holder(talk) == "Tess"
    actions.note(talk, people.tess(), "What is a mast?")
    actions.let_go(talk, people.tess())
    assert holder(talk) == "None"


def test_given_back_with_a_word_the_trainee_writes_on() -> None:
    review = asked()
    talk = coaching.take_up(review, people.alice())
    with pytest.raises(refusals.CannotError, match="few words"):
        coaching.give_back(review, people.alice(), "  ")
    coaching.give_back(review, people.alice(), "Say sorry first. Their number was 07700 900123.")
    assert holder(talk) == "Tess"
    review.refresh_from_db()
    assert review.outcome == "given-back"
    assert "900123" not in review.word
    mine = actions.draft(talk, people.tess())
    assert mine is not None
    assert mine.text == WORDS
    assert not Draft.objects.filter(advisor=people.alice()).exclude(text="").exists()
    again = coaching.ask(talk, people.tess(), "Sorry, Tom.")
    assert again.pk != review.pk
    assert listed.to_look_at(people.bob()) == [again]


def test_asking_twice_asks_once_with_the_newer_words() -> None:
    review = asked()
    coaching.ask(review.conversation, people.tess(), "Sorry, Tom.")
    assert [each.text for each in listed.to_look_at(people.alice())] == ["Sorry, Tom."]
    with pytest.raises(refusals.CannotError, match="no text"):
        coaching.ask(review.conversation, people.tess(), "   ")


def test_two_who_look_at_once_get_one_each_or_a_sentence() -> None:
    review = asked()
    coaching.take_up(review, people.alice())
    with pytest.raises(refusals.CannotError, match="waits for nobody"):
        coaching.take_up(review, people.bob())
    with pytest.raises(refusals.NotYoursError):
        coaching.give_back(review, people.bob(), "No.")


def test_what_a_lead_took_over_waits_for_no_look() -> None:
    review = asked()
    actions.take_over(review.conversation, people.dan(), "it burns")
    assert listed.to_look_at(people.alice()) == []
    with pytest.raises(refusals.CannotError, match="waits for nobody"):
        coaching.take_up(review, people.alice())
    assert [each.text for each in actions.drafts(review.conversation, people.dan())] == [WORDS]


def test_a_mentor_who_lets_go_is_mentor_no_more() -> None:
    review = asked()
    talk = coaching.take_up(review, people.alice())
    actions.let_go(talk, people.alice())
    talk.refresh_from_db()
    assert coaching.open_of(talk) is None
    actions.take(talk, people.bob())
    actions.answer(talk, people.bob(), "Hello Tom.")
    review.refresh_from_db()
    assert review.outcome == ""


def test_who_learns_is_given_nobody_urgent_and_no_abuse() -> None:
    hour = timedelta(hours=1)
    urgent = scene.wrote("Tina", "999 just beeps", need=Need.URGENT)
    rude = scene.wrote("Rude", "you are idiots", need=Need.SPECIFIC, ago=hour)
    Mention.objects.filter(pk=scene.last(rude).pk).update(reading={"abuse": True})
    tom = scene.wrote("Tom", "my bill", need=Need.SPECIFIC)
    assert actions.take_next(people.tess()) == tom
    assert actions.take_next(people.tess()) is None
    with pytest.raises(refusals.CannotError, match="urgent need"):
        actions.take(urgent, people.tess())
    assert actions.take_next(people.alice()) == urgent


def test_the_page_stands_in_the_rail_only_where_somebody_learns() -> None:
    team = [people.alice(), people.bob()]
    assert not listed.any_learns(people.alice(), team)
    team.append(people.tess())
    assert listed.any_learns(people.tess(), team)
    assert listed.any_learns(people.alice(), team)
    assert not listed.any_learns(people.ann(), team)
