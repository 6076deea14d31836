"""Answering: room before typing, one reply however often Send is pressed, and what follows."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from rejoinder.budget import actions as budget
from rejoinder.budget.models import Allowance
from rejoinder.channels.contract import Limit, Refused
from rejoinder.desk import actions, refusals
from rejoinder.desk.models import Assignment
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox import actions as outbox
from rejoinder.outbox.models import Reply, State
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock
from tests import people, scene

pytestmark = pytest.mark.django_db

TEN = timedelta(minutes=10)


@pytest.fixture(autouse=True)
def network(monday: datetime) -> Iterator[type[scene.Notebook]]:
    with scene.networks(Limit(name="hour", cap=2, window=3600)) as found:
        yield found


@pytest.fixture
def tom() -> Conversation:
    """Tom wrote, and Alice has him."""
    return actions.take(scene.wrote("Tom", "No signal", thread="post-tom"), people.alice())


def leave() -> None:
    """Let the undo hold pass, and send."""
    clock.turn(outbox.undo_hold())
    Sender(scene.opened).run_once()


def test_room_is_kept_before_the_first_word_and_used_by_the_reply(tom: Conversation) -> None:
    room = actions.start_reply(tom, people.alice())
    assert room.until == clock.now() + TEN
    actions.save_draft(tom, people.alice(), "Hello")
    reply = actions.answer(tom, people.alice(), " Hello Tom \n")
    assert (reply.state, reply.text) == (State.RESERVED, "Hello Tom")
    assert reply.due_at == clock.now() + outbox.undo_hold()
    leave()
    allowance = Allowance.objects.get()
    assert (allowance.spent, allowance.reserved) == (1_000_000, 0)


def test_each_save_keeps_the_room_for_ten_more_minutes(tom: Conversation) -> None:
    actions.start_reply(tom, people.alice())
    clock.turn(timedelta(minutes=9))
    saved = actions.save_draft(tom, people.alice(), "Hello")
    assert actions.room(saved).until == clock.now() + TEN
    clock.turn(TEN)
    budget.expire()
    assert actions.room(actions.draft(tom, people.alice())).until is None


def test_opening_the_reply_box_twice_keeps_one_room(tom: Conversation) -> None:
    actions.start_reply(tom, people.alice())
    actions.start_reply(tom, people.alice())
    assert Allowance.objects.get().reserved == 1_000_000


def test_without_room_one_may_write_and_is_told_when_it_leaves(tom: Conversation) -> None:
    for _ in range(2):
        assert budget.reserve(scene.account(), None, None)
    room = actions.start_reply(tom, people.alice())
    assert (room.until, room.free_at) == (
        None,
        clock.now() + timedelta(hours=1, seconds=2, microseconds=1),
    )
    assert actions.answer(tom, people.alice(), "Hello Tom").state == State.QUEUED


def test_room_that_ended_is_reserved_again_by_send(tom: Conversation) -> None:
    actions.start_reply(tom, people.alice())
    clock.turn(TEN)
    budget.expire()
    assert actions.answer(tom, people.alice(), "Hello Tom").state == State.QUEUED
    leave()
    assert Reply.objects.get().state == State.SENT


def test_pressing_send_twice_queues_one(tom: Conversation) -> None:
    first = actions.answer(tom, people.alice(), "Hello Tom")
    assert actions.answer(tom, people.alice(), "Hello Tom") == first
    assert Reply.objects.count() == 1


def test_a_sent_reply_ends_the_waiting_and_frees_alice(tom: Conversation) -> None:
    actions.answer(tom, people.alice(), "Hello Tom")
    tom.refresh_from_db()
    assert (tom.holder, tom.waiting_since) == (people.alice(), clock.now())
    leave()
    tom.refresh_from_db()
    assert (tom.holder, tom.waiting_since, tom.answered_at) == (None, None, clock.now())
    assert Assignment.objects.get().why == "answered"


def test_who_writes_while_the_reply_leaves_waits_on_with_alice(tom: Conversation) -> None:
    actions.answer(tom, people.alice(), "Hello Tom")
    clock.turn(timedelta(seconds=3))
    scene.wrote("Tom", "And my wife too", thread="post-tom")
    wrote = clock.now()
    leave()
    tom.refresh_from_db()
    assert (tom.waiting_since, tom.holder, tom.reopened) == (wrote, people.alice(), True)


def test_undone_the_words_and_the_room_are_in_the_draft_again(tom: Conversation) -> None:
    actions.start_reply(tom, people.alice())
    reply = actions.answer(tom, people.alice(), "Hello Tom")
    emptied = actions.draft(tom, people.alice())
    assert emptied is not None
    assert emptied.text == ""
    outbox.withdraw(reply, people.alice())
    draft = actions.draft(tom, people.alice())
    assert draft is not None
    assert draft.text == "Hello Tom"
    assert actions.room(draft).until == clock.now() + TEN
    assert actions.answer(tom, people.alice(), "Hello Tom!").state == State.RESERVED
    assert Allowance.objects.get().reserved == 1_000_000


def test_refused_it_is_in_the_hands_of_its_writer_again(
    tom: Conversation, network: type[scene.Notebook]
) -> None:
    network.says.append(Refused("Blocked by the author"))
    actions.answer(tom, people.alice(), "Hello Tom")
    leave()
    tom.refresh_from_db()
    assert tom.holder == people.alice()
    assert tom.waiting_since is not None
    draft = actions.draft(tom, people.alice())
    assert draft is not None
    assert draft.text == "Hello Tom"


def test_only_the_one_who_has_it_answers(tom: Conversation) -> None:
    assert not actions.may_answer(tom, people.dan())
    with pytest.raises(refusals.NotYoursError, match="Alice has this"):
        actions.answer(tom, people.dan(), "Hello Tom")
    actions.let_go(tom, people.alice())
    with pytest.raises(refusals.NotYoursError, match="Take it first"):
        actions.answer(tom, people.alice(), "Hello Tom")


def test_a_text_too_long_is_not_queued(tom: Conversation) -> None:
    with pytest.raises(refusals.TooLongError, match="281 of 280"):
        actions.answer(tom, people.alice(), "x" * 281)
    with pytest.raises(refusals.CannotError, match="no text"):
        actions.answer(tom, people.alice(), " \n")
    assert not Reply.objects.exists()


def test_a_deleted_post_is_not_answered_but_what_stands_is(tom: Conversation) -> None:
    scene.wrote("Tom", "Anybody there?", thread="post-tom")
    tom.refresh_from_db()
    Mention.objects.filter(id=tom.last_mention_id or 0).update(deleted_at=clock.now())
    assert actions.to_answer(tom).text == "No signal"
    Mention.objects.update(deleted_at=clock.now())
    with pytest.raises(refusals.CannotError, match="deleted the post"):
        actions.answer(tom, people.alice(), "Hello Tom")


def test_imported_words_have_no_account_to_answer_from(tom: Conversation) -> None:
    Conversation.objects.update(account=None)
    tom.refresh_from_db()
    with pytest.raises(refusals.CannotError, match="No account"):
        actions.answer(tom, people.alice(), "Hello Tom")


def test_a_note_is_kept_and_never_sent(tom: Conversation) -> None:
    actions.note(tom, people.bob(), " He called before \n")
    with pytest.raises(refusals.CannotError):
        actions.note(tom, people.bob(), "  ")
    assert [each.text for each in tom.note_set.all()] == ["He called before"]
    assert not Reply.objects.exists()


def test_empty_drafts_are_forgotten_after_a_day(tom: Conversation) -> None:
    from rejoinder.desk.drafting import forget_drafts

    actions.save_draft(tom, people.alice(), "")
    actions.save_draft(tom, people.bob(), "I would say")
    assert forget_drafts() == 0
    clock.turn(timedelta(days=1, seconds=1))
    assert forget_drafts() == 1
