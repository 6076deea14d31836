"""Planned posts are paused with one switch; personal replies go on; going on is confirmed."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from rejoinder.channels.contract import Limit, Uncertain
from rejoinder.outbox import pause, publish
from rejoinder.outbox.actions import queue_reply
from rejoinder.outbox.models import Pause, Publication, Reply
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock, ids
from rejoinder.plumbing.models import Change
from rejoinder.team import access
from rejoinder.team.models import AuditLine
from tests import people, scene

pytestmark = pytest.mark.django_db

Network = type[scene.Notebook]


@pytest.fixture(autouse=True)
def network(monday: datetime) -> Iterator[Network]:
    with scene.networks(Limit(name="hour", cap=30, window=3600)) as found:
        yield found


@pytest.fixture
def sender() -> Sender:
    return Sender(scene.opened)


def publication(text: str = "Leeds", *, planned: bool = True) -> Publication:
    return publish.queue(
        scene.account(),
        subject=ids.new(),
        number=1,
        title="Outage",
        text=text,
        actor=people.alice() if planned else people.dan(),
        planned=planned,
    )


def reply(text: str, *, planned: bool = False) -> Reply:
    conversation = scene.wrote("Tom", "No signal")
    return queue_reply(
        conversation,
        scene.last(conversation),
        people.alice(),
        text,
        account=scene.account(),
        due_at=clock.now(),
        planned=planned,
    )


def test_planned_posts_wait_on_every_channel_and_personal_replies_go(
    sender: Sender, network: Network
) -> None:
    planned = [publication(), reply("One of 400", planned=True)]
    reply("Ring 112")
    held = pause.pause(people.dan(), "A crisis")
    assert (set(held.posts), held.leaving, held.count) == (set(planned), [], 2)
    assert sender.run_once() == 1
    assert network.tries == ["Ring 112"]
    publication("Later")
    assert sender.run_once() == 0
    assert pause.held().count == 3


def test_the_words_of_the_crisis_itself_leave_all_the_same(
    sender: Sender, network: Network
) -> None:
    pause.pause(people.dan(), "A crisis")
    publication()
    publication("We know, we are looking into it. Next update 14:30.", planned=False)
    assert sender.run_once() == 1
    assert [said.text[:7] for said in network.published.values()] == ["We know"]
    with pytest.raises(access.NotAllowedError):
        publish.queue(
            scene.account(),
            subject=ids.new(),
            number=1,
            title="Outage",
            text="Mine first",
            actor=people.alice(),
            planned=False,
        )


def test_going_on_needs_the_count_that_was_shown(sender: Sender, network: Network) -> None:
    publication()
    pause.pause(people.dan(), "A crisis")
    publication("One more")
    with pytest.raises(pause.LookAgainError) as caught:
        pause.resume(people.dan(), held=1)
    assert caught.value.held.count == 2
    assert pause.paused() is not None
    pause.resume(people.dan(), held=2)
    assert pause.paused() is None
    assert sender.run_once() == 2


def test_it_says_what_is_leaving_already(sender: Sender, network: Network) -> None:
    network.says.append(Uncertain("No answer"))
    doubtful = publication()
    sender.run_once()
    held = pause.pause(people.dan(), "A crisis")
    assert (held.count, held.leaving) == (0, [doubtful])


def test_who_when_and_why_are_kept_and_open_pages_are_told() -> None:
    Change.objects.all().delete()
    pause.pause(people.dan(), "A crisis")
    pause.pause(people.olga(), "Again")
    found = pause.paused()
    assert found is not None
    assert (found.advisor, found.why, found.at) == (people.dan(), "A crisis", clock.now())
    pause.resume(people.olga(), held=0)
    [row] = Pause.objects.all()
    assert (row.resumed_by, row.resumed_at) == (people.olga(), clock.now())
    assert list(Change.objects.values_list("topic", flat=True)) == ["stopped"] * 2
    lines = AuditLine.objects.order_by("id").values_list("actor__name", "action")
    assert list(lines) == [("Dan", "paused planned posts"), ("Olga", "resumed planned posts")]


def test_whoever_answers_pauses_and_who_steers_resumes() -> None:
    with pytest.raises(access.NotAllowedError):
        pause.pause(people.ann(), "Please")
    assert not Pause.objects.exists()
    pause.pause(people.alice(), "Something is wrong")
    for nobody in (people.alice(), people.ann()):
        with pytest.raises(access.NotAllowedError):
            pause.resume(nobody, held=0)
    assert pause.paused() is not None


def test_one_claimed_between_looking_and_pausing_is_not_sent(
    sender: Sender, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pause is pressed after the sender read what is due, before it claims it."""
    publication()
    attempt = Sender._attempt

    def pressed(self: Sender, *more: object) -> bool:
        pause.pause(people.dan(), "A crisis")
        return attempt(self, *more)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(Sender, "_attempt", pressed)
    sender.run_once()
    assert network.tries == []
    assert pause.held().count == 1
