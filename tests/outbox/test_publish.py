"""A public answer on its way to where it is published: the newest number, once, within limits."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from rejoinder.budget.models import Allowance
from rejoinder.channels.contract import PUBLICATION, Can, Limit, Refused, TryLater, Uncertain
from rejoinder.outbox import publish, settled
from rejoinder.outbox.actions import TooLateError, queue_reply
from rejoinder.outbox.models import Publication, State
from rejoinder.outbox.others import count_others
from rejoinder.outbox.reconcile import SETTLING, reconcile
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
    with scene.networks(Limit(name="hour", cap=3, window=3600)) as found:
        yield found


@pytest.fixture
def sender() -> Sender:
    return Sender(scene.opened)


@pytest.fixture
def subject() -> UUID:
    return ids.new()


def queue(subject: UUID, number: int = 1, text: str = "", **more: Any) -> Publication:
    """Alice publishes a number of a subject."""
    account = more.pop("account", None) or scene.account()
    more.setdefault("actor", people.alice())
    return publish.queue(
        account,
        subject=subject,
        number=number,
        title="Outage in Leeds",
        text=text or f"Leeds, {number}",
        url="https://desk.example.com/a",
        **more,
    )


def now(publication: Publication) -> Publication:
    publication.refresh_from_db()
    return publication


def texts(network: Network) -> list[str]:
    return [publication.text for publication in network.published.values()]


def test_it_is_published_once_and_counted(sender: Sender, network: Network, subject: UUID) -> None:
    publication = queue(subject)
    assert sender.run_once() == 1
    assert sender.run_once() == 0
    assert texts(network) == ["Leeds, 1"]
    sent = now(publication)
    assert (sent.state, sent.external_id) == (State.SENT, f"page-{sent.key}")
    assert sent.url == f"https://n.example/page-{sent.key}"
    assert Allowance.objects.get().spent == 1_000_000


def test_a_new_number_takes_the_place_of_what_stands(
    sender: Sender, network: Network, subject: UUID
) -> None:
    first = queue(subject)
    sender.run_once()
    queue(subject, 2)
    sender.run_once()
    assert texts(network) == ["Leeds, 2"]
    [stands] = network.published.values()
    assert (stands.external_id, stands.ref) == (f"page-{first.key}", {"by": first.key})
    assert [row.number for row in publish.standing(subject)] == [2]


def test_the_newest_replaces_those_that_have_not_left(
    sender: Sender, network: Network, subject: UUID
) -> None:
    first, third = queue(subject, 1), queue(subject, 3)
    late = queue(subject, 2)
    assert [(row.state, row.replaced_by) for row in (now(first), now(late))] == [
        (State.WITHDRAWN, 3)
    ] * 2
    assert sender.run_once() == 1
    assert network.tries == ["Leeds, 3"]
    assert now(third).state == State.SENT
    # What comes late does not bring the past back.
    assert queue(subject, 1).state == State.WITHDRAWN
    assert sender.run_once() == 0


def test_asking_twice_changes_nothing(sender: Sender, network: Network, subject: UUID) -> None:
    assert queue(subject) == queue(subject, text="Other words")
    sender.run_once()
    queue(subject)
    assert sender.run_once() == 0
    assert network.tries == ["Leeds, 1"]


def test_other_subjects_and_accounts_do_not_wait_for_each_other(
    sender: Sender, network: Network, subject: UUID
) -> None:
    queue(subject)
    queue(ids.new(), text="Roaming")
    queue(subject, account=scene.account("letterbox"))
    assert sender.run_once() == 3


def test_languages_stand_beside_each_other(sender: Sender, network: Network, subject: UUID) -> None:
    queue(subject, 1, "Leeds", language="en")
    queue(subject, 1, "Leeds auf Deutsch", language="de")
    assert sender.run_once() == 2
    queue(subject, 2, "Leeds ist zurück", language="de")
    assert sender.run_once() == 1
    assert texts(network) == ["Leeds", "Leeds ist zurück"]
    assert [(row.language, row.number) for row in publish.standing(subject)] == [
        ("de", 2),
        ("en", 1),
    ]


def test_while_one_is_in_doubt_the_next_waits(
    sender: Sender, network: Network, subject: UUID
) -> None:
    network.keeps_uncertain = True
    network.says.append(Uncertain("No answer in 30 s"))
    first = queue(subject)
    sender.run_once()
    second = queue(subject, 2)
    assert sender.run_once() == 0
    assert (now(first).state, now(second).state) == (State.UNCERTAIN, State.QUEUED)
    assert reconcile(scene.opened) == 1
    assert sender.run_once() == 1
    assert texts(network) == ["Leeds, 2"]
    assert len(network.tries) == 2


def test_one_that_did_not_arrive_is_replaced_once_that_is_known(
    sender: Sender, network: Network, subject: UUID
) -> None:
    network.says.append(Uncertain("No answer in 30 s"))
    queue(subject)
    sender.run_once()
    queue(subject, 2)
    clock.turn(SETTLING)
    assert reconcile(scene.opened) == 1
    sender.run_once()
    assert texts(network) == ["Leeds, 2"]
    assert network.tries == ["Leeds, 1", "Leeds, 2"]


def test_one_that_was_put_off_is_replaced_by_the_next(
    sender: Sender, network: Network, subject: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(channel: scene.Notebook, *_: object) -> TryLater:
        queue(subject, 2)
        return TryLater(5, "Busy")

    with monkeypatch.context() as patch:
        patch.setattr(network, "publish", slow)
        queue(subject)
        sender.run_once()
    clock.turn(timedelta(minutes=1))
    assert sender.run_once() == 1
    assert texts(network) == ["Leeds, 2"]


def test_where_nothing_can_be_read_back_a_person_decides(
    sender: Sender, network: Network, subject: UUID
) -> None:
    network.says.append(Uncertain("No answer"))
    publication = queue(subject, account=scene.account("letterbox"))
    sender.run_once()
    clock.turn(timedelta(days=1))
    assert reconcile(scene.opened) == 0
    with pytest.raises(access.NotAllowedError):
        publish.settle(now(publication), people.bob(), arrived=True)
    publish.settle(now(publication), people.dan(), arrived=True, url="https://n.example/7")
    assert (now(publication).state, publication.url) == (State.SENT, "https://n.example/7")
    with pytest.raises(TooLateError):
        publish.settle(publication, people.dan(), arrived=False)


def test_replies_to_people_leave_first_and_share_the_limit(
    sender: Sender, network: Network, subject: UUID
) -> None:
    queue(subject)
    conversation = scene.wrote("Tom", "No signal")
    for number in range(3):
        queue_reply(
            conversation,
            scene.last(conversation),
            people.alice(),
            f"Reply {number}",
            account=scene.account(),
            due_at=clock.now(),
        )
    assert sender.run_once() == 3
    assert network.tries == ["Reply 0", "Reply 1", "Reply 2"]
    clock.turn(timedelta(hours=1, seconds=5))
    assert sender.run_once() == 1
    assert texts(network) == ["Leeds, 1"]


def test_what_a_publication_costs_is_reserved(
    sender: Sender, network: Network, subject: UUID
) -> None:
    network.allows = (Limit(name="hour", cap=10, window=3600, cost=3, costs={PUBLICATION: 5}),)
    queue(subject)
    sender.run_once()
    assert Allowance.objects.get().spent == 5_000_000


def test_a_refused_one_shows_why_and_goes_again_when_asked(
    sender: Sender, network: Network, subject: UUID
) -> None:
    network.says.append(Refused("You may not publish"))
    publication = queue(subject)
    sender.run_once()
    assert (now(publication).state, publication.words) == (State.REFUSED, "You may not publish")
    assert queue(subject).state == State.QUEUED
    sender.run_once()
    assert texts(network) == ["Leeds, 1"]


def test_try_later_is_honoured(sender: Sender, network: Network, subject: UUID) -> None:
    network.says.append(TryLater(90, "We are busy"))
    queue(subject)
    sender.run_once()
    clock.turn(timedelta(seconds=89))
    assert sender.run_once() == 0
    clock.turn(timedelta(seconds=1))
    assert sender.run_once() == 1


def test_its_author_or_a_lead_takes_it_back(
    sender: Sender, network: Network, subject: UUID
) -> None:
    publication = queue(subject)
    assert not publish.may_withdraw(publication, people.bob())
    with pytest.raises(access.NotAllowedError):
        publish.withdraw(publication, people.bob())
    publish.withdraw(publication, people.dan())
    assert sender.run_once() == 0
    with pytest.raises(TooLateError):
        publish.withdraw(publication, people.alice())


def test_what_does_not_fit_or_may_not_be_is_said_at_once(
    network: Network, subject: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(publish.CannotPublishError, match="281 of 280"):
        queue(subject, text="x" * 281)
    for nobody in (people.ann(), people.charlie()):
        with pytest.raises(access.NotAllowedError):
            queue(subject, actor=nobody)
    assert publish.accounts() == [scene.account()]
    monkeypatch.setattr(network, "can", Can())
    assert publish.accounts() == []
    with pytest.raises(publish.CannotPublishError, match="takes no publications"):
        queue(subject)
    assert not Publication.objects.exists()


def test_pages_rooms_above_and_the_record_are_told(
    sender: Sender, subject: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, str]] = []
    monkeypatch.setattr(settled, "_publications", [])
    settled.follow_publications(lambda row: told.append((row.number, row.state)))
    queue(subject)
    queue(subject, 2)
    Change.objects.all().delete()
    sender.run_once()
    assert told == [(1, "withdrawn"), (2, "sent")]
    topics = set(Change.objects.values_list("topic", flat=True))
    assert topics == {f"subject:{subject}", f"account:{scene.account().public_id}"}
    actions = AuditLine.objects.filter(what=str(subject)).order_by("id")
    assert list(actions.values_list("action", flat=True)) == [
        "queued a publication of",
        "queued a publication of",
        "sent a publication of",
    ]


def test_our_publication_on_our_timeline_is_not_another_client(
    sender: Sender, network: Network, subject: UUID
) -> None:
    count_others()
    publication = queue(subject)
    sender.run_once()
    ours = scene.last(scene.wrote("brand", "Leeds, 1"))
    ours.ours, ours.external_id = True, now(publication).external_id
    ours.save()
    assert count_others() == 0
    assert Allowance.objects.get().spent == 1_000_000
