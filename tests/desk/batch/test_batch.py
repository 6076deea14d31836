"""From many who ask to one batch: looked through, sent as room allows, stopped, corrected."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest

from rejoinder.answers.models import Answer, Revision, Told
from rejoinder.channels.contract import Limit
from rejoinder.desk import actions as desk
from rejoinder.desk.batch import actions
from rejoinder.desk.batch.feed import AT_ONCE, Feeder, heard_back
from rejoinder.desk.batch.propose import RAISED, Proposal, corrections, news, pointers
from rejoinder.desk.models import Batch, BatchItem
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation, Mention, Need
from rejoinder.outbox import actions as outbox
from rejoinder.outbox import pause
from rejoinder.outbox.models import Reply, State
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import AuditLine
from tests import people, scene
from tests.answers.newsroom import SHORT, asks, opened, published, question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
BACK = "Everybody can call again since noon."


@pytest.fixture(autouse=True)
def network() -> Iterator[type[scene.Notebook]]:
    with scene.networks(Limit(name="hour", cap=50, window=3600)) as found:
        yield found


class Spare:
    """A plan that keeps so much room for others."""

    def __init__(self, **left: float) -> None:
        self.left = left

    def spare(self) -> Mapping[int, float]:
        return {scene.account().pk: self.left["left"]} if self.left else {}


def answer() -> Answer:
    return opened("No signal", question())


def talk_of(mention: Mention) -> Conversation:
    assert mention.conversation is not None
    return mention.conversation


def all_fit(found: list[Proposal]) -> dict[int, str]:
    return {one.conversation.pk: one.text for one in found if one.unfit is None}


def pointed(revision: Revision) -> Batch:
    chosen = all_fit(pointers(revision, people.dan()))
    return actions.make("pointers", revision, people.dan(), chosen, link=False)


def leaves() -> None:
    """What is queued is sent."""
    clock.turn(outbox.undo_hold())
    Sender(scene.opened).run_once()


def states(batch: Batch) -> dict[str, str]:
    rows = BatchItem.objects.filter(batch=batch).select_related("person")
    return {row.person.name: row.state for row in rows}


def test_everybody_who_asks_is_proposed_and_who_is_unfit_is_told_why() -> None:
    revision = published(answer())
    tom, tina, rosa = (asks(name, question()) for name in ("Tom", "Tina", "Rosa"))
    Conversation.objects.filter(pk=talk_of(tina).pk).update(need=Need.URGENT)
    desk.take(talk_of(rosa), people.alice())
    scene.wrote("Else", "what is a PAC code")

    found = {one.conversation.person.name: one.unfit for one in pointers(revision, people.dan())}
    assert found == {"Tom": None, "Tina": "urgent", "Rosa": "in-hand"}
    assert pointers(revision, people.dan())[0].text == SHORT
    assert "/s/" in pointers(revision, people.dan(), link=True)[0].text
    assert tom.text == pointers(revision, people.dan())[0].said


def test_a_batch_says_what_was_looked_through_once_to_each() -> None:
    revision = published(answer())
    for name in ("Tom", "Tina", "Rosa"):
        asks(name, question())
    chosen = all_fit(pointers(revision, people.dan()))
    first = next(iter(chosen))
    chosen[first] = f"Hello Tom. {SHORT}"
    batch = actions.make("pointers", revision, people.dan(), chosen, link=False)

    assert Feeder(Spare()).run() == 3
    assert Feeder(Spare()).run() == 0
    leaves()

    assert states(batch) == dict.fromkeys(("Tom", "Tina", "Rosa"), "sent")
    assert min(Reply.objects.values_list("text", flat=True)) == f"Hello Tom. {SHORT}"
    assert Told.objects.filter(revision=revision).count() == 3
    assert not Conversation.objects.filter(waiting_since__isnull=False).exists()
    Feeder(Spare()).run()
    batch.refresh_from_db()
    assert batch.ended_at is not None
    assert pointers(revision, people.dan()) == []
    assert AuditLine.objects.filter(action="began a batch of pointers").exists()


def test_who_raised_it_and_was_closed_hears_that_there_is_news_once() -> None:
    """An area says that it is fixed: who asked before hears of it, and nobody else."""
    for name in ("Tom", "Tina", "Rosa", "Ida", "Vera"):
        asks(name, question())
    scene.wrote("Else", "what is a PAC code")
    talks = Conversation.objects.exclude(person__name="Vera")
    talks.update(waiting_since=None)
    Mention.objects.filter(person__name="Tina").update(need=Need.ABUSE)
    Mention.objects.filter(person__name="Ida").update(tagged=False)
    revision = published(answer(), short=BACK)

    found = {one.conversation.person.name: one.unfit for one in news(revision, people.dan())}
    assert found == {"Tom": None, "Tina": "abuse", "Rosa": None, "Ida": "not-asked"}
    chosen = all_fit(news(revision, people.dan()))
    batch = actions.make("news", revision, people.dan(), chosen, link=False)
    assert Feeder(Spare()).run() == 2
    leaves()

    assert states(batch) == {"Tom": "sent", "Rosa": "sent"}
    assert set(Reply.objects.values_list("text", flat=True)) == {BACK}
    assert all_fit(news(revision, people.dan())) == {}
    later = published(revision.answer, short="All is well again.")
    assert all_fit(news(later, people.dan())) == {}  # a correction is for them


def test_who_raised_it_long_ago_is_left_in_peace() -> None:
    mention = asks("Tom", question())
    long_ago = clock.now() - RAISED - timedelta(minutes=1)
    Mention.objects.filter(pk=mention.pk).update(created_at=long_ago)
    Conversation.objects.update(waiting_since=None)
    assert news(published(answer()), people.dan()) == []


def test_who_wrote_the_same_as_somebody_else_is_told_too() -> None:
    revision = published(answer())
    tom, tina = asks("Tom", question()), asks("Tina", question())
    Mention.objects.filter(pk=tina.pk).update(copy_of=tom.pk, need=Need.COMMON)
    # The queue has read no more of it since.
    rows = Conversation.objects.filter(pk=talk_of(tina).pk)
    rows.update(waiting_since=None, need=Need.URGENT)

    assert [one.conversation.person.name for one in pointers(revision, people.dan())] == [
        "Tom",
        "Tina",
    ]
    batch = pointed(revision)
    assert Feeder(Spare()).run() == 2
    leaves()

    assert states(batch) == {"Tom": "sent", "Tina": "sent"}
    assert pointers(revision, people.dan()) == []


def test_many_who_are_kept_back_hold_up_nobody_behind_them() -> None:
    revision = published(answer())
    first = [asks(f"Early {number}", question()) for number in range(2 * AT_ONCE)]
    asks("Tina", question())
    batch = pointed(revision)
    kept = Conversation.objects.filter(pk__in=[one.conversation_id for one in first])
    kept.update(kept_back="kept-for-urgent", need=Need.COMMON)

    assert Feeder(Spare()).run() == 1
    assert states(batch)["Tina"] == "queued"


def test_it_leaves_the_room_that_is_kept_for_others() -> None:
    revision = published(answer())
    for number in range(6):
        asks(f"Tom{number}", question())
    batch = pointed(revision)

    assert Feeder(Spare(left=2.4)).run() == 2
    assert Feeder(Spare(left=0.4)).run() == 0
    assert sorted(states(batch).values()) == ["queued"] * 2 + ["waiting"] * 4


def test_no_room_is_no_reply_and_nobody_is_lost(network: type[scene.Notebook]) -> None:
    with scene.networks(Limit(name="hour", cap=2, window=3600)):
        revision = published(answer())
        for number in range(4):
            asks(f"Tom{number}", question())
        batch = pointed(revision)
        assert Feeder(Spare()).run() == 2
        leaves()
        assert sorted(states(batch).values()) == ["sent"] * 2 + ["waiting"] * 2


def test_who_became_urgent_or_is_in_hand_is_not_told() -> None:
    revision = published(answer())
    tom, tina = asks("Tom", question()), asks("Tina", question())
    batch = pointed(revision)
    Conversation.objects.filter(pk=talk_of(tom).pk).update(need=Need.URGENT)
    desk.take(talk_of(tina), people.alice())

    assert Feeder(Spare()).run() == 0
    assert states(batch) == {"Tom": "left-out", "Tina": "waiting"}
    desk.let_go(talk_of(tina), people.alice())
    assert Feeder(Spare()).run() == 1


def test_a_batch_stops_by_itself_when_people_say_it_does_not_help() -> None:
    revision = published(answer())
    for number in range(AT_ONCE + 5):
        asks(f"Tom{number}", question())
    batch = pointed(revision)
    Feeder(Spare()).run()
    leaves()
    clock.turn(timedelta(minutes=2))
    for number in range(6):
        talk = scene.wrote(f"Tom{number}", "that is not it", thread=f"post-tom{number}")
        Mention.objects.filter(pk=talk.last_mention_id or 0).update(sentiment="negative")

    assert heard_back(batch) == (AT_ONCE, 6)
    assert Feeder(Spare()).run() == 0
    batch.refresh_from_db()
    assert (batch.stopped_by, batch.stopped_why) == (
        None,
        "people say that it does not help them",
    )
    assert list(states(batch).values()).count("left-out") == 5


def test_a_lead_stops_it_and_what_waits_in_the_outbox_is_withdrawn() -> None:
    revision = published(answer())
    asks("Tom", question())
    batch = pointed(revision)
    Feeder(Spare()).run()
    with pytest.raises(NotAllowedError):
        actions.stop(batch, people.alice(), "wrong")

    assert actions.stop(batch, people.dan(), "the mast fell again") == 1
    assert Reply.objects.get().state == State.WITHDRAWN
    assert states(batch) == {"Tom": "left-out"}
    assert actions.stop(batch, people.dan(), "again") == 0


def test_a_pause_holds_a_batch_too() -> None:
    revision = published(answer())
    asks("Tom", question())
    pointed(revision)
    Feeder(Spare()).run()
    pause.pause(people.dan(), "look first")

    leaves()
    assert Reply.objects.get().state != State.SENT


def test_only_a_lead_makes_one_and_only_of_what_is_said_now() -> None:
    old = published(answer())
    asks("Tom", question())
    chosen = all_fit(pointers(old, people.dan()))
    with pytest.raises(NotAllowedError):
        actions.make("pointers", old, people.alice(), chosen, link=False)
    new = published(old.answer, BACK, BACK, material=True)
    with pytest.raises(CannotError):
        actions.make("pointers", old, people.dan(), chosen, link=False)
    with pytest.raises(CannotError):
        actions.make("pointers", new, people.dan(), {}, link=False)
    with pytest.raises(CannotError):
        actions.make("pointers", new, people.dan(), dict.fromkeys(chosen, "x" * 300), link=False)


def told(*names: str) -> Revision:
    """These people were told the first revision."""
    revision = published(answer())
    for name in names:
        asks(name, question())
    pointed(revision)
    Feeder(Spare()).run()
    leaves()
    Feeder(Spare()).run()
    clock.turn(timedelta(minutes=10))
    return revision


def corrected(revision: Revision) -> Batch:
    chosen = all_fit(corrections(revision, people.dan()))
    return actions.make("corrections", revision, people.dan(), chosen, link=False)


def test_everybody_who_heard_the_old_version_hears_the_correction_once() -> None:
    old = told("Tom", "Tina", "Rosa")
    scene.wrote("Rosa", "is it really seven in ten?", thread="post-rosa")
    new = published(old.answer, BACK, BACK, material=True)

    found = corrections(new, people.dan())
    assert [one.conversation.person.name for one in found] == ["Rosa", "Tom", "Tina"]
    assert [one.asked_again for one in found] == [True, False, False]
    assert found[0].text == f"What we told you has changed, and we are sorry. {BACK}"
    batch = corrected(new)
    assert {one.unfit for one in corrections(new, people.dan())} == {"told"}
    Feeder(Spare()).run()
    leaves()

    assert states(batch) == dict.fromkeys(("Tom", "Tina", "Rosa"), "sent")
    assert corrections(new, people.dan()) == []
    assert Told.objects.filter(revision=new).count() == 3


def test_a_change_that_is_not_material_is_told_to_nobody() -> None:
    old = told("Tom")
    new = published(old.answer, BACK, BACK)

    assert corrections(new, people.dan()) == []
    third = published(old.answer, "Masts are up.", "Masts are up.", harmful=True)
    assert [one.conversation.person.name for one in corrections(third, people.dan())] == ["Tom"]


def test_the_newest_correction_replaces_those_that_have_not_left() -> None:
    old = told("Tom", "Tina")
    second = published(old.answer, BACK, BACK, material=True)
    first_batch = corrected(second)
    third = published(old.answer, "All masts are up.", "All masts are up.", material=True)
    newest = corrected(third)

    first_batch.refresh_from_db()
    assert first_batch.stopped_why == "a newer correction"
    assert states(first_batch) == dict.fromkeys(("Tom", "Tina"), "left-out")
    Feeder(Spare()).run()
    leaves()
    assert states(newest) == dict.fromkeys(("Tom", "Tina"), "sent")
    said = Reply.objects.filter(state=State.SENT, text__contains="sorry")
    assert {reply.text.endswith("All masts are up.") for reply in said} == {True}
    assert said.count() == 2
