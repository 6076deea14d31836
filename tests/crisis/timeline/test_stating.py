"""Statements in public: a page of their own, revised; and answers published meanwhile."""

from datetime import timedelta

import pytest

from rejoinder.answers import actions as answers
from rejoinder.answers import spread
from rejoinder.answers.editions import published
from rejoinder.answers.models import Revision
from rejoinder.answers.words import Words
from rejoinder.crisis import actions
from rejoinder.crisis.models import Crisis, Did, Kind
from rejoinder.crisis.refusals import CannotError
from rejoinder.outbox import settled
from rejoinder.outbox.models import Publication, State
from rejoinder.plumbing import clock
from tests import scene
from tests.people import alice, bob, dan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

SOON = timedelta(minutes=30)


def outage() -> Crisis:
    return actions.declare(dan(), "Network outage, Yorkshire")


def said(crisis: Crisis, words: str, **values: object) -> None:
    actions.state(crisis, dan(), words, clock.now() + SOON, publish=True, **values)  # type: ignore[arg-type]  # their names are the action's


def test_statements_are_revisions_of_one_answer() -> None:
    crisis = outage()
    said(crisis, "We know that calls fail, and are looking into it.")
    clock.turn(timedelta(minutes=20))
    said(crisis, "A mast group is down; the repair is under way.")
    assert crisis.answer is not None
    newest, first = published(crisis.answer)
    assert first.title == crisis.name
    assert first.text == "We know that calls fail, and are looking into it."
    assert newest.next_update_at == clock.now() + SOON
    assert newest.what_changed == "This is a new statement; earlier ones stand below."
    assert [line.detail["number"] for line in crisis.entries.filter(did=Did.STATED)] == [1, 2]
    kept, waiting = crisis.promises.order_by("id")
    assert (kept.kept_at, waiting.kept_at) == (clock.now(), None)
    actions.state(crisis, dan(), "Repaired. This is our last word.", publish=True)
    assert not crisis.promises.filter(kept_at=None).exists()


def test_what_needs_a_second_person_asks_why_one_is_alone() -> None:
    crisis = outage()
    with pytest.raises(CannotError, match="second person"):
        said(crisis, "Calls to 999 fail in Leeds.")
    assert Crisis.objects.get().answer is None  # nothing of it is kept
    assert crisis.entries.count() == 1
    said(crisis, "Calls to 999 fail in Leeds.", alone_why="Nobody else is here")
    assert crisis.answer is not None
    assert published(crisis.answer).get().alone_why == "Nobody else is here"


def test_nobody_writes_over_a_draft_of_the_page() -> None:
    crisis = outage()
    said(crisis, "We know.")
    assert crisis.answer is not None
    answers.write(crisis.answer, bob(), Words("Outage", "More to come", what_changed="More"))
    with pytest.raises(CannotError, match="Bob is writing"):
        said(crisis, "A mast is down.")


def test_a_revision_published_in_the_editor_is_a_statement_too() -> None:
    crisis = outage()
    said(crisis, "We know.")
    assert crisis.answer is not None
    words = Words("Outage", "A mast is down.", what_changed="What is broken")
    draft = answers.write(crisis.answer, bob(), words)
    answers.publish(Revision.objects.get(pk=draft.pk), dan())
    assert crisis.entries.filter(did=Did.STATED).count() == 2
    assert not crisis.promises.filter(kept_at=None).exists()


def test_where_it_stands_elsewhere_is_written_down_and_what_was_refused() -> None:
    crisis = outage()
    said(crisis, "We know.")
    assert crisis.answer is not None
    with scene.networks():
        spread.spread(published(crisis.answer).get(), [scene.account()], dan(), html="", url="")
    for state in (State.RESERVED, State.SENT, State.REFUSED):
        publication = Publication.objects.get()
        publication.state, publication.words = state, "Too long."
        settled.tell_publication(publication)
    lines = crisis.entries.filter(kind=Kind.DONE).order_by("id")
    assert [(line.did, line.words, line.by) for line in lines] == [
        (Did.SPREAD, crisis.name, None),
        (Did.NOT_SPREAD, "Too long.", None),
    ]
    assert {line.detail["account"] for line in lines} == {"@brand"}


def test_an_answer_published_meanwhile_keeps_its_own_promise() -> None:
    crisis = outage()
    said(crisis, "We know.")
    answer = answers.open_answer(alice(), "No signal?")
    for text, changed in (("We look.", ""), ("Restart it.", "What to do")):
        words = Words(
            "No signal?", text, what_changed=changed, next_update_at=clock.now() + 2 * SOON
        )
        draft = answers.write(answer, alice(), words)
        answers.publish(Revision.objects.get(pk=draft.pk), dan())
    lines = crisis.entries.filter(did=Did.PUBLISHED).order_by("id")
    assert [(line.words, line.detail["number"]) for line in lines] == [
        ("No signal?", 1),
        ("No signal?", 2),
    ]
    mine = crisis.promises.filter(answer=answer).order_by("id")
    assert [made.kept_at is None for made in mine] == [False, True]
    assert crisis.promises.filter(answer=None, kept_at=None).count() == 1


def test_without_a_crisis_nothing_is_written_down() -> None:
    answer = answers.open_answer(alice(), "No signal?")
    draft = answers.write(answer, alice(), Words("No signal?", "We look."))
    answers.publish(Revision.objects.get(pk=draft.pk), dan())
    crisis = outage()
    said(crisis, "We know.")
    actions.stand_down(crisis, dan(), "over")
    with pytest.raises(CannotError, match="stood down"):
        said(crisis, "One more.")
