"""Whose a conversation is: Alice, Bob and Dan at one queue, Ann and Charlie outside it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from rejoinder.budget.models import Allowance
from rejoinder.desk import actions, leaving, refusals
from rejoinder.desk.models import Assignment, Closure, Draft, Handover
from rejoinder.listening.models import Conversation, Need
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from rejoinder.plumbing.models import Change
from rejoinder.team import access
from rejoinder.team.models import Advisor, AuditLine
from tests import people, scene

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def network(monday: datetime) -> Iterator[None]:
    with scene.networks():
        yield


def now(conversation: Conversation) -> Conversation:
    conversation.refresh_from_db()
    return conversation


def test_alice_takes_and_bob_is_told_who_was_quicker() -> None:
    tom = scene.wrote("Tom", "No signal")
    Change.objects.all().delete()
    actions.take(tom, people.alice())
    assert set(Change.objects.values_list("topic", flat=True)) == {
        "queue",
        f"conversation:{tom.public_id}",
    }
    with pytest.raises(refusals.AlreadyTakenError, match="Alice has this") as told:
        actions.take(tom, people.bob())
    assert told.value.by == "Alice"
    assert Assignment.objects.get().advisor == people.alice()
    assert AuditLine.objects.filter(action="took").count() == 1


def test_taking_ones_own_again_changes_nothing() -> None:
    tom = scene.wrote("Tom", "No signal")
    actions.take(tom, people.alice())
    actions.take(tom, people.alice())
    assert Assignment.objects.count() == 1


def test_the_next_is_by_need_then_age() -> None:
    scene.wrote("Rosa", "Lovely people", need=Need.VENT, ago=timedelta(hours=2))
    young = scene.wrote("Ewan", "Voicemail", need=Need.SPECIFIC, ago=timedelta(minutes=1))
    old = scene.wrote("Marcus", "Charged twice", need=Need.SPECIFIC, ago=timedelta(minutes=9))
    tina = scene.wrote("Tina", "999 just beeps", need=Need.URGENT)
    taken = [actions.take_next(people.alice()), actions.take_next(people.bob())]
    assert taken == [tina, old]
    assert actions.take_next(people.bob()) == young
    assert now(tina).holder == people.alice()


def test_nobody_waits_so_there_is_no_next() -> None:
    tom = scene.wrote("Tom", "No signal")
    actions.take_next(people.alice())
    actions.close(tom, people.alice(), "Answered on the phone")
    assert actions.take_next(people.bob()) is None


def test_a_lead_takes_over_and_the_draft_stays_with_its_writer() -> None:
    tom = scene.wrote("Tom", "No signal")
    actions.take(tom, people.alice())
    actions.start_reply(tom, people.alice())
    actions.save_draft(tom, people.alice(), "Hello Tom, we")
    assert not actions.may_take_over(tom, people.bob())
    with pytest.raises(access.NotAllowedError):
        actions.take_over(tom, people.bob(), "I know him")
    with pytest.raises(refusals.CannotError, match="Say why"):
        actions.take_over(tom, people.dan(), "  ")
    actions.take_over(tom, people.dan(), "She is at lunch")
    assert now(tom).holder == people.dan()
    left = actions.draft(tom, people.alice())
    assert left is not None
    assert (left.text, left.reservation_id) == ("Hello Tom, we", None)
    assert [each.text for each in actions.drafts(tom, people.dan())] == ["Hello Tom, we"]
    assert actions.drafts(tom, people.bob()) == []
    assert Allowance.objects.get().reserved == 0
    ended = Assignment.objects.get(advisor=people.alice())
    assert (ended.ended_by, ended.why) == (people.dan(), "She is at lunch")


def test_what_alice_lets_go_bob_may_take() -> None:
    tom = scene.wrote("Tom", "No signal")
    actions.take(tom, people.alice())
    with pytest.raises(refusals.NotYoursError, match="Alice has this"):
        actions.let_go(tom, people.bob())
    actions.let_go(tom, people.alice())
    actions.take(tom, people.bob())
    assert now(tom).holder == people.bob()


def test_alice_hands_over_with_a_word() -> None:
    tom = scene.wrote("Tom", "No signal")
    actions.take(tom, people.alice())
    actions.hand_over(tom, people.alice(), people.bob(), "you know the alarm people")
    assert now(tom).holder == people.bob()
    handed = Handover.objects.get()
    assert (handed.giver, handed.taker, handed.note) == (
        people.alice(),
        people.bob(),
        "you know the alarm people",
    )
    assert [each.advisor for each in Assignment.objects.filter(ended_at=None)] == [people.bob()]


@pytest.mark.parametrize("taker", [people.ann, people.charlie])
def test_nothing_is_handed_to_somebody_who_cannot_answer(taker: Callable[[], Advisor]) -> None:
    tom = scene.wrote("Tom", "No signal")
    actions.take(tom, people.alice())
    with pytest.raises(refusals.CannotError, match="cannot answer"):
        actions.hand_over(tom, people.alice(), taker())
    assert now(tom).holder == people.alice()


def test_bob_hands_nothing_over_that_is_not_his_but_dan_does() -> None:
    tom = scene.wrote("Tom", "No signal")
    actions.take(tom, people.alice())
    assert not actions.may_hand_over(tom, people.bob())
    with pytest.raises(refusals.NotYoursError):
        actions.hand_over(tom, people.bob(), people.bob())
    actions.hand_over(tom, people.dan(), people.bob())
    assert now(tom).holder == people.bob()


def test_closing_says_why_and_frees_it() -> None:
    tom = scene.wrote("Tom", "No signal")
    actions.take(tom, people.alice())
    with pytest.raises(refusals.NotYoursError):
        actions.close(tom, people.bob(), "Done")
    with pytest.raises(refusals.CannotError, match="Say why"):
        actions.close(tom, people.alice(), "")
    actions.close(tom, people.alice(), "Solved on the phone")
    closed = now(tom)
    assert (closed.waiting_since, closed.holder) == (None, None)
    assert Closure.objects.get().why == "Solved on the phone"


@pytest.mark.parametrize("nobody", [people.ann, people.charlie])
def test_without_the_right_nothing_happens(nobody: Callable[[], Advisor]) -> None:
    tom, outsider = scene.wrote("Tom", "No signal"), nobody()
    attempts: list[Callable[[], object]] = [
        lambda: actions.take(tom, outsider),
        lambda: actions.take_next(outsider),
        lambda: actions.take_over(tom, outsider, "why"),
        lambda: actions.let_go(tom, outsider),
        lambda: actions.hand_over(tom, outsider, people.bob()),
        lambda: actions.close(tom, outsider, "why"),
        lambda: actions.note(tom, outsider, "words"),
        lambda: actions.save_draft(tom, outsider, "words"),
        lambda: actions.start_reply(tom, outsider),
        lambda: actions.answer(tom, outsider, "words"),
        lambda: leaving.remove_advisor_work(people.alice(), outsider),
    ]
    for attempt in attempts:
        with pytest.raises(access.NotAllowedError):
            attempt()
    assert now(tom).holder is None
    assert not AuditLine.objects.exists()


def test_when_alice_leaves_the_team_her_work_goes_back() -> None:
    tom, tina = scene.wrote("Tom", "No signal"), scene.wrote("Tina", "999 just beeps")
    alice = people.alice()
    for conversation in (tom, tina):
        actions.take(conversation, alice)
    actions.start_reply(tom, alice)
    actions.save_draft(tom, alice, "Hello Tom")
    unsent = actions.answer(tina, alice, "Ring 112")
    leaving.remove(people.olga(), alice)
    assert Conversation.objects.filter(holder__isnull=False).count() == 0
    assert Allowance.objects.get().reserved == 0
    assert Reply.objects.get(id=unsent.pk).state == State.WITHDRAWN
    assert set(Draft.objects.values_list("text", flat=True)) == {"Hello Tom", "Ring 112"}
    assert actions.take_next(people.bob()) == tom
    alice.refresh_from_db()
    with pytest.raises(access.NotAllowedError):
        actions.take_next(alice)
    assert clock.now() == Assignment.objects.filter(advisor=alice).latest("id").ended_at
