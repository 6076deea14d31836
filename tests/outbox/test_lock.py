"""An account in other hands: locked it sends nothing, and what a stranger posts is an alarm."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from rejoinder.channels.contract import Limit
from rejoinder.listening.models import Mention
from rejoinder.outbox import lock
from rejoinder.outbox.actions import queue_reply
from rejoinder.outbox.models import Lock, Stranger
from rejoinder.outbox.others import count_others
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock
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


def reply(channel: str = "notebook") -> None:
    conversation = scene.wrote("Tom", "No signal", channel=channel)
    queue_reply(
        conversation,
        scene.last(conversation),
        people.alice(),
        f"On {channel}",
        account=scene.account(channel),
        due_at=clock.now(),
    )


def posted(text: str = "Send your bank details to us", *, ours: bool = True) -> Mention:
    """Heard on our own timeline, and not made here."""
    post = scene.last(scene.wrote("brand", text))
    post.ours = ours
    post.save()
    return post


def test_a_locked_account_sends_nothing_and_others_do(sender: Sender, network: Network) -> None:
    reply()
    reply("letterbox")
    lock.lock(scene.account(), people.dan(), "Somebody has our password")
    assert sender.run_once() == 1
    assert network.tries == ["On letterbox"]
    assert lock.unlock(scene.account(), people.dan())
    assert not lock.unlock(scene.account(), people.dan())
    assert sender.run_once() == 1


def test_one_that_was_read_before_the_lock_is_not_claimed_after_it(
    sender: Sender, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply()
    attempt = Sender._attempt

    def pressed(self: Sender, *more: object) -> bool:
        lock.lock(scene.account(), people.dan(), "Somebody has our password")
        return attempt(self, *more)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(Sender, "_attempt", pressed)
    sender.run_once()
    assert network.tries == []


def test_a_post_the_desk_did_not_make_is_an_alarm(sender: Sender) -> None:
    count_others()
    posted("Before the lock")
    count_others()
    lock.lock(scene.account(), people.dan(), "Somebody has our password")
    clock.turn(timedelta(seconds=1))
    stranger = posted()
    posted("No signal", ours=False)
    Change.objects.all().delete()
    assert count_others() == 1
    [alarm] = lock.alarms()
    assert (alarm.mention, alarm.lock.why) == (stranger, "Somebody has our password")
    assert "stopped" in Change.objects.values_list("topic", flat=True)
    assert AuditLine.objects.filter(actor=None, action="heard a stranger on").count() == 1
    assert count_others() == 0
    lock.seen(alarm, people.dan())
    assert lock.alarms() == []
    assert alarm.seen_by == people.dan()


def test_rooms_above_are_told_of_an_alarm(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Stranger] = []
    monkeypatch.setattr(lock, "_follows", [])
    lock.follow(told.append)
    lock.lock(scene.account(), people.dan(), "Why")
    post = posted()
    assert lock.alarm(post) == lock.alarm(post)
    assert [stranger.mention for stranger in told] == [post]


def test_what_the_desk_sent_itself_is_no_alarm(sender: Sender, network: Network) -> None:
    count_others()
    reply()
    sender.run_once()
    lock.lock(scene.account(), people.dan(), "Why")
    [key] = network.posted
    post = posted("On notebook")
    Mention.objects.filter(pk=post.pk).update(external_id=f"post-{key}")
    assert count_others() == 0
    assert lock.alarms() == []


def test_an_unlocked_account_raises_none() -> None:
    assert lock.alarm(posted()) is None
    lock.lock(scene.account(), people.dan(), "Why")
    lock.unlock(scene.account(), people.dan())
    assert lock.alarm(posted()) is None
    assert not Stranger.objects.exists()


def test_revoking_destroys_the_credentials_and_the_lock_stays() -> None:
    account = scene.account()
    account.seal({"password": "made-up"})
    account.save()
    lock.lock(account, people.dan(), "Why")
    with pytest.raises(access.NotAllowedError):
        lock.revoke(account, people.dan())
    assert lock.revoke(account, people.olga())
    account.refresh_from_db()
    assert account.unseal() == {}
    assert account.disconnected_at == clock.now()
    assert lock.locked(account) is not None


def test_only_who_steers_locks_and_once_is_enough() -> None:
    for nobody in (people.alice(), people.ann(), people.charlie()):
        with pytest.raises(access.NotAllowedError):
            lock.lock(scene.account(), nobody, "Please")
        with pytest.raises(access.NotAllowedError):
            lock.unlock(scene.account(), nobody)
    first = lock.lock(scene.account(), people.dan(), "Why")
    assert lock.lock(scene.account(), people.olga(), "Again") == first
    assert (first.advisor, first.why) == (people.dan(), "Why")
    assert Lock.objects.count() == 1
