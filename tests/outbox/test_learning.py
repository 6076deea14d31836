"""A limit that is cut without notice is met once, and other clients of the account are counted."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

import pytest

from rejoinder.budget import forecast
from rejoinder.budget.models import Spend
from rejoinder.channels.contract import (
    Limit,
    Observed,
    Outgoing,
    Receipt,
    Sent,
    TryLater,
    Uncertain,
)
from rejoinder.channels.models import Account
from rejoinder.channels.pretend.windows import Gate, Verdict, Window
from rejoinder.listening.models import Mention, Person
from rejoinder.outbox import actions
from rejoinder.outbox.models import Reply, State
from rejoinder.outbox.others import PATIENCE, count_others
from rejoinder.outbox.reconcile import reconcile
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock
from tests import people, scene

pytestmark = pytest.mark.django_db

HOUR = Limit(name="hour", cap=10, window=3600)
SLICE = Limit(name="half hour", cap=50, window=1800, alignment="fixed", published=False)
DAY = Limit(name="day", cap=2400, window=86_400)


class Platform:
    """What the notebook really enforces, whatever it publishes; it may tell, or keep quiet."""

    def __init__(self, *windows: Window, tells: bool = False) -> None:
        self.windows, self.tells = list(windows), tells
        self.gate = Gate()
        self.refusals = 0

    def post(self) -> Verdict:
        """Somebody posts on the account, by whatever client."""
        return self.gate.knock(self.windows, clock.now().timestamp())

    def send(self, outgoing: Outgoing, key: str) -> Sent:
        verdict, at = self.post(), clock.now()
        told: tuple[Observed, ...] = ()
        if self.tells:
            seen = Observed(name=verdict.name, limit=verdict.cap, remaining=verdict.left)
            told = (seen,)
        if verdict.allowed:
            scene.Notebook.posted[key] = (at, outgoing.text)
            return Receipt(f"post-{key}", observed=told)
        self.refusals += 1
        after = max(1.0, verdict.reset - at.timestamp())
        return TryLater(after, "Too fast", limited=True, observed=told)


@pytest.fixture(autouse=True)
def notebook(monday: datetime) -> Iterator[type[scene.Notebook]]:
    with scene.networks(HOUR) as found:
        yield found


def enforced(monkeypatch: pytest.MonkeyPatch, platform: Platform) -> Platform:
    monkeypatch.setattr(
        scene.Notebook, "send", lambda _, outgoing, key: platform.send(outgoing, key)
    )
    return platform


def queue(many: int) -> None:
    for number in range(many):
        conversation = scene.wrote(f"Tom {number}", "No signal")
        account = conversation.account
        assert account is not None
        actions.queue_reply(
            conversation,
            scene.last(conversation),
            people.alice(),
            f"Reply {number}",
            account=account,
            due_at=clock.now(),
        )


def hours(sender: Sender, many: float, *, step: float = 60) -> list[int]:
    """How many were sent in each hour, with a look every minute."""
    sent: list[int] = []
    for _ in range(int(many)):
        before = Reply.objects.filter(state=State.SENT).count()
        for _ in range(int(3600 / step)):
            sender.run_once()
            clock.turn(timedelta(seconds=step))
        sent.append(Reply.objects.filter(state=State.SENT).count() - before)
    return sent


@pytest.mark.parametrize("tells", [False, True])
@pytest.mark.parametrize("alignment", ["sliding", "fixed"])
def test_a_cap_cut_without_notice_costs_one_refusal(
    monkeypatch: pytest.MonkeyPatch, alignment: Literal["sliding", "fixed"], tells: bool
) -> None:
    told = Limit(name="hour", cap=10, window=3600, alignment=alignment)
    platform = enforced(monkeypatch, Platform(Window("hour", 4, 3600, alignment), tells=tells))
    with scene.networks(told):
        queue(20)
        sent = hours(Sender(scene.opened), 4, step=120)
    assert platform.refusals == (0 if tells else 1)
    assert sent[0] == 4
    assert sum(sent) >= 4 * 3
    assert max(sent) <= 4


def test_the_slice_that_nobody_published_is_found_by_one_refusal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    platform = enforced(
        monkeypatch, Platform(Window("s", 6, 1800, "fixed"), Window("d", 2400, 86_400))
    )
    with scene.networks(SLICE, DAY):
        queue(30)
        sent = hours(Sender(scene.opened), 2, step=120)
        [slice_, day] = forecast.left(scene.account())
    assert platform.refusals == 1
    assert (slice_.name, slice_.cap, slice_.source) == ("half hour", 6, "estimated")
    assert slice_.until is not None
    assert (day.cap, day.source) == (2400, "published")
    assert sent == [12, 12]


def test_another_client_that_the_headers_tell_of_takes_room_before_it_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    platform = enforced(monkeypatch, Platform(Window("hour", 10, 3600), tells=True))
    for _ in range(6):
        assert platform.post().allowed
    queue(8)
    Sender(scene.opened).run_once()
    assert platform.refusals == 0
    assert Reply.objects.filter(state=State.SENT).count() == 4


# What our own timeline shows


def heard(external_id: str, account: Account) -> Mention:
    """Our own timeline shows a post."""
    us, _ = Person.objects.get_or_create(
        channel=account.channel, external_id="brand", defaults={"handle": "@brand"}
    )
    return Mention.objects.create(
        channel=account.channel,
        external_id=external_id,
        account=account,
        person=us,
        thread=external_id,
        text="We are on it.",
        created_at=clock.now(),
        heard_at=clock.now(),
        ours=True,
    )


def test_posts_of_other_clients_are_counted_and_our_own_are_not_twice() -> None:
    account = scene.account()
    count_others()
    queue(2)
    Sender(scene.opened).run_once()
    for reply in Reply.objects.all():
        heard(reply.external_id, account)
    heard("from-the-app", account)
    assert count_others() == 1
    assert count_others() == 0
    assert forecast.left(account)[0].used == 3


def test_a_post_that_may_be_a_reply_in_doubt_waits_until_that_is_known(
    notebook: type[scene.Notebook],
) -> None:
    account = scene.account()
    count_others()
    notebook.says.append(Uncertain("No answer"))
    notebook.keeps_uncertain = True
    queue(1)
    Sender(scene.opened).run_once()
    reply = Reply.objects.get()
    heard(f"post-{reply.key}", account)
    assert count_others() == 0
    reconcile(scene.opened)
    assert count_others() == 0
    assert forecast.left(account)[0].used == 1


def test_a_reply_in_doubt_for_good_holds_the_count_up_for_minutes_only(
    notebook: type[scene.Notebook],
) -> None:
    account = scene.account()
    count_others()
    notebook.says.append(Uncertain("No answer"))
    queue(1)
    Sender(scene.opened).run_once()
    heard("from-the-app", account)
    assert count_others() == 0
    clock.turn(PATIENCE)
    assert count_others() == 1


def test_what_was_heard_before_the_desk_counted_and_old_posts_spend_nothing() -> None:
    account = scene.account()
    heard("before", account)
    assert count_others() == 0
    old = heard("imported", account)
    Mention.objects.filter(pk=old.pk).update(created_at=clock.now() - timedelta(days=30))
    count_others()
    assert not Spend.objects.exists()
