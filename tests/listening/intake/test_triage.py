"""From the log to rows: everything once, whatever is broken stands aside and stops nothing."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from django.db import OperationalError

from rejoinder.channels.contract import Post
from rejoinder.listening.hear import frames
from rejoinder.listening.hear.frames import pack
from rejoinder.listening.intake import keep, triage
from rejoinder.listening.intake.prepare import Plan, prepare
from rejoinder.listening.models import Mention, Unreadable
from rejoinder.listening.store import store
from rejoinder.plumbing import clock
from rejoinder.plumbing.log import FileLog
from rejoinder.plumbing.models import Change, Offset
from tests.listening.said import CHANNEL, conversation, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else was seen to write, whatever ran before in this process."""
    monkeypatch.setattr(triage._company, "seen", float("-inf"))


@pytest.fixture
def log(tmp_path: Path) -> Iterator[FileLog]:
    kept = FileLog(tmp_path / "intake.sqlite3")
    yield kept
    kept.close()


def heard(log: FileLog, *posts: Post, channel: str = CHANNEL) -> None:
    log.append(pack(channel, None, clock.now(), posts))


def texts() -> list[str]:
    return list(Mention.objects.order_by("pk").values_list("text", flat=True))


def test_what_was_heard_is_kept_once_with_the_offset(log: FileLog) -> None:
    heard(log, post("1", text="one"), post("2", text="two"))
    heard(log, post("2", text="two"), post("3", text="three"))
    heard(log, post("1", text="elsewhere"), channel="bluesky")
    assert triage.run_once(log) == 3
    assert sorted(texts()) == ["elsewhere", "one", "three", "two"]
    assert Offset.objects.get(reader="triage").value == log.tail()
    assert triage.run_once(log) == 0


def test_a_batch_of_several_channels_is_written_as_a_whole(
    log: FileLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(triage, "_write_one_by_one")
    heard(log, post("1", "Tom"), post("2", "Tina"))
    heard(log, post("1", "Ewan"), post("2", "Priya"), channel="bluesky")
    assert triage.run_once(log) == 2
    assert Mention.objects.values("channel", "person").distinct().count() == 4


def test_reading_the_log_again_from_its_start_changes_nothing(log: FileLog) -> None:
    heard(log, post("1"), post("2", "Tina", in_reply_to="1"))
    triage.run_once(log)
    Offset.objects.update(value=0)
    triage.run_once(log)
    assert Mention.objects.count() == 2


def test_a_long_log_is_read_in_batches(log: FileLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store(), "most", frames.POSTS_A_FRAME)
    many = 2 * frames.POSTS_A_FRAME + 1
    heard(log, *(post(str(n), f"Person {n}") for n in range(many)))
    rounds = 0
    while triage.run_once(log):
        rounds += 1
    assert (rounds, Mention.objects.count()) == (3, many)


def test_while_others_write_a_batch_is_several_short_transactions(
    log: FileLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store(), "others_write", lambda: True)
    sizes, write = [], keep.write

    def noted(plan: Plan) -> object:
        sizes.append(plan.kept)
        return write(plan)

    monkeypatch.setattr(keep, "write", noted)
    heard(log, *(post(str(n), f"Person {n}") for n in range(2 * triage.SLICE)))
    heard(log, post("elsewhere"), channel="bluesky")
    triage.run_once(log)
    assert sizes == [triage.SLICE, triage.SLICE, 1]
    assert Mention.objects.count() == 2 * triage.SLICE + 1
    assert Offset.objects.get(reader="triage").value == log.tail()


def test_the_queue_and_open_conversations_hear_that_something_came(log: FileLog) -> None:
    heard(log, post("1"))
    triage.run_once(log)
    assert list(Change.objects.values_list("topic", flat=True)) == ["queue"]
    Change.objects.all().delete()
    heard(log, post("2", in_reply_to="1"))
    triage.run_once(log)
    topics = set(Change.objects.values_list("topic", flat=True))
    assert topics == {"queue", f"conversation:{conversation().public_id}"}


def test_a_broken_frame_stands_aside_and_the_rest_goes_on(log: FileLog) -> None:
    log.append([b"\xc1 rubbish"])
    heard(log, post("1", text="fine"))
    triage.run_once(log)
    assert texts() == ["fine"]
    assert Unreadable.objects.get().reason.startswith("broken frame")


def test_malformed_posts_are_kept_or_refused_with_a_reason(log: FileLog) -> None:
    heard(
        log,
        post("nul", text="a\x00b"),
        post("half", text="a\ud83d"),
        post("long", text="x" * 10_000_000),
        post("year 1", created_at=datetime.fromisoformat("0001-01-01T00:00:00+14:00")),
        post("future", created_at=clock.now() + timedelta(days=9000)),
        post("script", text="<script>alert(1)</script>", url="javascript:alert(1)"),
        post("names", name="x" * 1000, handle="\u202e\x00@tom"),
        post("nobody", "", text="anonymous"),
        post("", text="no id"),
        post("x" * 600, text="long id"),
        post("fine", text="fine"),
    )
    triage.run_once(log)
    kept = {mention.external_id: mention for mention in Mention.objects.all()}
    assert set(kept) == {
        "nul", "half", "long", "year 1", "future", "script", "names", "nobody", "fine",
    }  # fmt: skip
    assert (kept["nul"].text, kept["half"].text) == ("ab", "a\ufffd")
    assert "left out" in kept["long"].text
    for odd in ("year 1", "future"):
        assert (kept[odd].created_at, kept[odd].time_known) == (clock.now(), False)
    assert (kept["script"].text, kept["script"].url) == ("<script>alert(1)</script>", "")
    reasons = Unreadable.objects.order_by("pk").values_list("reason", flat=True)
    assert list(reasons) == [
        "it has no id",
        "its id has 600 characters, more than 500",
    ]


def test_what_the_database_refuses_costs_only_itself(
    log: FileLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = keep.write

    def fussy(plan: Plan) -> object:
        if any("poison" in row for row in plan.mentions):
            raise ValueError("no row for this")
        return write(plan)

    monkeypatch.setattr(keep, "write", fussy)
    heard(log, post("1", text="one"), post("poison"), post("3", text="three"))
    triage.run_once(log)
    assert texts() == ["one", "three"]
    assert Unreadable.objects.get().external_id == "poison"
    assert triage.run_once(log) == 0


def test_two_readers_never_write_the_same_frames(
    log: FileLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard(log, post("1"))

    def slow(*given: object) -> object:
        Offset.objects.filter(reader="triage").update(value=1)
        return prepare(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(triage, "prepare", slow)
    with pytest.raises(triage.AnotherReaderError):
        triage.run_once(log)
    assert Mention.objects.count() == 0


def test_trouble_is_said_once_and_it_goes_on(
    log: FileLog, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    stop = Event()
    heard(log, post("1", text="one"))
    once, fails = triage.run_once, [OperationalError("database is locked")] * 3

    def troubled(kept: FileLog) -> int:
        if fails:
            raise fails.pop()
        done = once(kept)
        if not done:
            stop.set()
        return done

    monkeypatch.setattr(triage, "run_once", troubled)
    monkeypatch.setattr(triage, "_TROUBLE_WAIT", 0.001)
    triage.run(stop, log)
    assert texts() == ["one"]
    assert [record.getMessage() for record in caplog.records] == [
        "Triage stands still and tries again: database is locked",
        "Triage goes on.",
    ]


def test_frames_that_were_read_stay_for_a_day(log: FileLog) -> None:
    heard(log, post("1"))
    _until_idle(log)
    assert log.read(0, 10)
    clock.turn(timedelta(days=1, seconds=1))
    _until_idle(log)
    assert log.read(0, 10) == []


def _until_idle(log: FileLog) -> None:
    """As the process does: read all there is, then see to the log."""

    class Once(Event):
        def wait(self, timeout: float | None = None) -> bool:
            self.set()
            return True

    triage.run(Once(), log)


def test_what_could_not_be_kept_shows_nothing_personal(log: FileLog) -> None:
    heard(log, post("", text="ring me on 07700 900123"))
    triage.run_once(log)
    assert Unreadable.objects.get().start == "ring me on [••• phone number]"
