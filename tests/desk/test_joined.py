"""Two conversations that turn out to be one: nothing of either is lost or left behind."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.budget.models import Allowance
from rejoinder.desk import actions, joined, tags
from rejoinder.desk.asleep import sleep
from rejoinder.desk.models import Assignment, Draft, Note, Snooze, Tagged
from rejoinder.listening.intake import late
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox.models import Reply, State
from rejoinder.outbox.settled import tell
from rejoinder.plumbing import clock
from tests import people, scene

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def network(monday: datetime) -> Iterator[None]:
    with scene.networks():
        yield


@pytest.fixture
def two() -> tuple[Conversation, Conversation]:
    """Tom in two threads, of which the second is a part of the first."""
    first = scene.wrote("Tom", "No signal", thread="a", ago=2 * HOUR)
    return first, scene.wrote("Tom", "Since eleven", thread="b", ago=HOUR)


def join(*talks: Conversation) -> None:
    late.join("notebook", {"b": "a"})
    for talk in talks:
        talk.refresh_from_db()


def test_every_kind_of_row_about_a_conversation_has_its_way() -> None:
    known = {*joined.MOVED, *joined.DROPPED, *joined.FITTED, Conversation, Mention}
    assert {each.related_model for each in Conversation._meta.related_objects} == known


def test_of_two_that_are_held_one_is_held_and_nothing_stays_open(
    two: tuple[Conversation, Conversation],
) -> None:
    on, gone = two
    for talk, who in ((on, people.alice()), (gone, people.bob())):
        actions.take(talk, who)
        actions.start_reply(talk, who)
        actions.save_draft(talk, who, f"from {who}")
        actions.note(talk, who, f"note of {who}")
    reserved = Allowance.objects.get().reserved
    join(on, gone)
    assert (on.holder, gone.holder, gone.joined_into) == (people.alice(), None, on)
    assert [each.advisor for each in Assignment.objects.filter(ended_at=None)] == [people.alice()]
    assert set(Draft.objects.filter(conversation=on).values_list("text", flat=True)) == {
        "from Alice",
        "from Bob",
    }
    assert Allowance.objects.get().reserved == reserved / 2
    assert Note.objects.filter(conversation=on).count() == 2
    for model in (*joined.MOVED, *joined.DROPPED, *joined.FITTED):
        assert not model._default_manager.filter(conversation=gone).exists(), model


def test_who_wrote_in_both_finds_both_texts_and_what_was_private_stays_so(
    two: tuple[Conversation, Conversation],
) -> None:
    on, gone = two
    actions.take(on, people.alice())
    for talk, text in ((on, "Hello Tom"), (gone, "we look into it")):
        actions.save_draft(talk, people.alice(), text)
    Draft.objects.filter(conversation=gone).update(private=True)
    join()
    draft = Draft.objects.get()
    assert (draft.conversation, draft.text) == (on, "Hello Tom\n\nwe look into it")
    assert draft.private


def test_a_reply_underway_answers_the_one_that_goes_on(
    two: tuple[Conversation, Conversation],
) -> None:
    on, gone = two
    actions.take(gone, people.alice())
    reply = actions.answer(gone, people.alice(), "Try now")
    actions.let_go(gone, people.alice())
    join(on, gone)
    reply.refresh_from_db()
    assert reply.conversation == on
    Reply.objects.filter(pk=reply.pk).update(state=State.SENT, sent_at=clock.now())
    tell(Reply.objects.get())
    on.refresh_from_db()
    assert on.waiting_since is None
    assert on.answered_at == clock.now()


def test_a_place_that_was_kept_counts_and_nothing_sleeps_in_what_ended(
    two: tuple[Conversation, Conversation], monday: datetime
) -> None:
    on, gone = two
    actions.close(on, people.alice(), "Done")
    sleep.snooze(gone, people.alice(), monday + HOUR)
    join(on, gone)
    assert on.waiting_since == monday - HOUR
    assert not Snooze.objects.filter(done_at=None).exists()


def test_tags_are_carried_once(two: tuple[Conversation, Conversation]) -> None:
    on, gone = two
    for name in ("Roaming", "Refund"):
        tags.keep(people.dan(), name)
        tags.put(gone, people.alice(), name)
    tags.put(on, people.alice(), "Roaming")
    join()
    assert [each.name for each in tags.on([on])[on.pk]] == ["Refund", "Roaming"]
    assert Tagged.objects.filter(ended_at=None).count() == 2


def test_the_page_of_what_ended_leads_on(two: tuple[Conversation, Conversation]) -> None:
    on, gone = two
    join(on, gone)
    client = Client()
    client.force_login(
        people.alice(), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    answer = client.get(reverse("conversation", args=[gone.public_id]))
    assert answer.headers["Location"] == reverse("conversation", args=[on.public_id])
