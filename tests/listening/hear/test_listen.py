"""An account is heard, in trouble, heard again; none waits for another."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection

from rejoinder.channels.contract import Channel, Heard, Observed, Post, TroubleError
from rejoinder.channels.models import Account
from rejoinder.listening.hear import listen, told
from rejoinder.listening.hear.frames import unpack
from rejoinder.plumbing import clock
from rejoinder.plumbing.log import FileLog, LogError
from rejoinder.plumbing.models import Change
from tests.listening.said import post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


class Network:
    """What each account will hear next: posts, or what goes wrong. Then nothing more."""

    def __init__(self) -> None:
        self.next: dict[str, list[Heard | Exception]] = {}
        self.cursors: list[dict[str, Any]] = []
        self.closed: list[str] = []

    def opened(self, account: Account) -> Channel:
        return _Ear(self, account.handle)  # type: ignore[return-value]  # only listen is asked


class _Ear:
    poll = 2.0

    def __init__(self, network: Network, handle: str) -> None:
        self.network, self.handle = network, handle

    def listen(self, cursor: dict[str, Any]) -> Heard:
        self.network.cursors.append(cursor)
        waiting = self.network.next.get(self.handle) or [Heard((), cursor)]
        said = waiting.pop(0)
        if isinstance(said, Exception):
            raise said
        return said

    def close(self) -> None:
        self.network.closed.append(self.handle)


@pytest.fixture
def network() -> Network:
    return Network()


@pytest.fixture
def log(tmp_path: Path) -> Iterator[FileLog]:
    kept = FileLog(tmp_path / "intake.sqlite3")
    yield kept
    kept.close()


def account(handle: str = "@brand") -> Account:
    return Account.objects.create(
        channel="pretend", external_id=handle, handle=handle, connected_at=clock.now()
    )


def heard(log: FileLog) -> list[Post]:
    return [one for _, frame in log.read(0, 1000) for one in unpack(frame)[0].posts]


def test_what_tom_posts_is_on_the_log_before_the_cursor_moves(
    network: Network, log: FileLog, monday: datetime
) -> None:
    ours = account()
    network.next["@brand"] = [Heard([post("1")], {"last": 1}, more=True)]
    assert listen.run_once(log, network.opened) == {ours.pk: 0.0}
    frame, _ = unpack(log.read(0, 1)[0][1])
    assert (frame.account, frame.heard_at, frame.posts) == (ours.pk, monday, [post("1")])
    ours.refresh_from_db()
    assert (ours.cursor, ours.heard_at) == ({"last": 1}, monday)
    assert listen.run_once(log, network.opened) == {ours.pk: 2.0}
    assert network.cursors == [{}, {"last": 1}]
    assert log.tail() == 1, "nothing new is no frame"


def test_what_is_told_of_limits_is_passed_on_after_what_was_heard(
    network: Network, log: FileLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, passed = account(), list[tuple[int, Sequence[Observed], int]]()

    def believe(whose: Account, observed: Sequence[Observed]) -> None:
        passed.append((whose.pk, observed, log.tail()))

    monkeypatch.setattr(told, "_follows", [])
    told.follow(believe)
    told.follow(believe)
    observed = (Observed(name="hour", remaining=3),)
    network.next["@brand"] = [Heard([post("1")], {}, observed=observed), Heard([], {})]
    listen.run_once(log, network.opened)
    listen.run_once(log, network.opened)
    assert passed == [(ours.pk, observed, 1)]


def test_a_log_that_takes_nothing_leaves_the_cursor(
    network: Network, log: FileLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = account()
    network.next["@brand"] = [Heard([post("1")], {"last": 1}), Heard([post("1")], {"last": 1})]

    def full(frames: object) -> int:
        raise LogError("The intake log cannot be written: database or disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(log, "append", full)
        assert listen.run_once(log, network.opened) == {ours.pk: 5.0}
    ours.refresh_from_db()
    assert ours.cursor == {}
    assert "disk is full" in ours.trouble
    listen.run_once(log, network.opened)
    ours.refresh_from_db()
    assert (ours.cursor, ours.trouble, ours.trouble_at) == ({"last": 1}, "", None)
    assert heard(log) == [post("1")]


def test_trouble_is_shown_and_said_once_until_it_ends(
    network: Network, log: FileLog, monday: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    ours = account()
    down = TroubleError("The network does not answer.", after=30)
    network.next["@brand"] = [down, down, down, Heard([post("1")], {})]
    for _ in range(3):
        assert listen.run_once(log, network.opened) == {ours.pk: 30.0}
        clock.turn(timedelta(seconds=30))
    ours.refresh_from_db()
    assert (ours.trouble, ours.trouble_at) == ("The network does not answer.", monday)
    topic = f"account:{ours.public_id}"
    assert list(Change.objects.values_list("topic", flat=True)) == [topic]
    listen.run_once(log, network.opened)
    ours.refresh_from_db()
    assert (ours.trouble, ours.trouble_at, ours.heard_at) == ("", None, clock.now())
    assert list(Change.objects.values_list("topic", flat=True)) == [topic, topic]
    assert [record.getMessage() for record in caplog.records] == [
        "pretend @brand is not heard: The network does not answer.",
        "pretend @brand is heard again.",
    ]


def test_a_channel_that_breaks_keeps_nobody_else_from_being_heard(
    network: Network, log: FileLog
) -> None:
    broken, fine = account("@broken"), account("@fine")
    network.next["@broken"] = [ZeroDivisionError("its own bug")]
    network.next["@fine"] = [Heard([post("1")], {})]
    assert listen.run_once(log, network.opened) == {broken.pk: 60.0, fine.pk: 2.0}
    broken.refresh_from_db()
    assert "its own bug" in broken.trouble
    assert heard(log) == [post("1")]


def test_a_disconnected_account_is_not_asked(network: Network, log: FileLog) -> None:
    account()
    Account.objects.update(disconnected_at=clock.now())
    assert listen.run_once(log, network.opened) == {}


@pytest.mark.django_db(transaction=True)
def test_one_that_hangs_does_not_hold_up_the_other(network: Network, log: FileLog) -> None:
    account("@hangs")
    account("@fine")
    hangs, came, stop = Event(), Event(), Event()

    def opened(row: Account) -> Channel:
        if row.handle == "@hangs":
            hangs.wait(30)
        else:
            came.set()
        return network.opened(row)

    network.next["@fine"] = [Heard([post("1")], {})]

    def run() -> None:
        listen.run(stop, log, opened)
        connection.close()

    running = Thread(target=run)
    running.start()
    assert came.wait(20), "the other account was never asked"
    hangs.set()
    stop.set()
    running.join(20)
    assert not running.is_alive()
    assert heard(log) == [post("1")]
    assert "@fine" in network.closed
