"""What was appended is there, in order, after anything; what failed left nothing."""

import multiprocessing
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.plumbing import clock, log
from rejoinder.plumbing.config import BadSettingError, read


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[log.FileLog]:
    opened = log.FileLog(tmp_path / "intake.sqlite3")
    yield opened
    opened.close()


def test_frames_come_back_in_order_from_any_offset(kept: log.FileLog) -> None:
    assert (kept.tail(), kept.read(0, 10)) == (0, [])
    assert kept.append([b"one", b"two"]) == 2
    assert kept.append([b"three"]) == 3
    assert kept.read(0, 2) == [(1, b"one"), (2, b"two")]
    assert kept.read(2, 10) == [(3, b"three")]
    assert (kept.append([]), kept.tail()) == (3, 3)


@given(st.lists(st.lists(st.binary(max_size=50), max_size=5), max_size=8))
def test_whatever_was_appended_is_read(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[bytes]]
) -> None:
    kept = log.FileLog(tmp_path_factory.mktemp("log") / "intake.sqlite3")
    for batch in batches:
        kept.append(batch)
    assert [frame for _, frame in kept.read(0, 1000)] == [f for batch in batches for f in batch]
    kept.close()


def test_another_opening_sees_what_was_appended(kept: log.FileLog) -> None:
    kept.append([b"heard"])
    again = log.FileLog(kept.path)
    assert again.read(0, 10) == [(1, b"heard")]
    again.close()


def test_trimming_keeps_what_is_young_or_unread(kept: log.FileLog, monday: datetime) -> None:
    kept.append([b"old and read", b"old, not read"])
    clock.turn(timedelta(days=1))
    kept.append([b"young"])
    assert kept.trim(upto=1, before=clock.now()) == 1
    assert [frame for _, frame in kept.read(0, 10)] == [b"old, not read", b"young"]
    assert kept.trim(upto=3, before=clock.now()) == 1
    assert kept.trim(upto=3, before=clock.now() + timedelta(seconds=1)) == 1
    assert kept.append([b"next"]) == 4, "offsets never start again"


def test_threads_append_without_losing_a_frame(kept: log.FileLog) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: kept.append([b"%d" % n]), range(200)))
    assert sorted(int(frame) for _, frame in kept.read(0, 500)) == list(range(200))


def test_processes_append_without_losing_a_frame(kept: log.FileLog) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        pool.map(_append_fifty, [(str(kept.path), n) for n in range(3)])
    assert len({frame for _, frame in kept.read(0, 500)}) == 150


def _append_fifty(of: tuple[str, int]) -> None:
    opened = log.FileLog(Path(of[0]))
    for n in range(50):
        opened.append([b"%d-%d" % (of[1], n)])
    opened.close()


def test_a_full_disk_leaves_nothing_half_written(kept: log.FileLog) -> None:
    kept.append([b"before"])
    kept._rows.execute("PRAGMA max_page_count=6")
    with pytest.raises(log.LogError, match=r"cannot be written: database or disk is full"):
        kept.append([b"small", b"x" * 100_000])
    assert [frame for _, frame in kept.read(0, 10)] == [b"before"]
    kept._rows.execute("PRAGMA max_page_count=10000")
    assert kept.append([b"small", b"x" * 100_000]) == 3


def test_a_log_locked_for_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "_WAIT", 0.01)
    kept = log.FileLog(tmp_path / "intake.sqlite3")
    other = sqlite3.connect(kept.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(log.LogError, match="database is locked"):
        kept.append([b"heard"])
    other.execute("COMMIT")
    assert kept.append([b"heard"]) == 1
    other.close()
    kept.close()


def test_a_file_that_is_no_log_says_so(tmp_path: Path) -> None:
    (tmp_path / "intake.sqlite3").write_bytes(b"not a database" * 100)
    with pytest.raises(log.LogError, match="cannot be opened: file is not a database"):
        log.FileLog(tmp_path / "intake.sqlite3")


def test_a_log_that_does_not_open_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries: list[log.FileLog | log.LogError] = [
        log.LogError("no room"),
        log.LogError("no room"),
        log.FileLog(tmp_path / "intake.sqlite3"),
    ]

    def opened() -> log.Log:
        found = tries.pop(0)
        if isinstance(found, log.LogError):
            raise found
        return found

    monkeypatch.setattr(log, "open_log", opened)
    monkeypatch.setattr(log, "_AGAIN", 0.001)
    found = log.open_when_possible(Event())
    assert found is not None
    found.close()
    assert [record.getMessage() for record in caplog.records] == ["no room"]
    stop = Event()
    stop.set()
    assert log.open_when_possible(stop) is None


def test_an_address_of_another_log_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    given_ = read({"REJOINDER_LOG_URL": "nats://127.0.0.1:4222"})
    monkeypatch.setattr(log, "config", lambda: given_)
    with pytest.raises(BadSettingError, match="REJOINDER_LOG_URL cannot be used"):
        log.open_log()


def test_the_log_grows_in_a_file_of_its_own(kept: log.FileLog) -> None:
    before = kept.size()
    kept.append([b"x" * 50_000])
    assert kept.size() >= before + 50_000


def test_the_file_has_nothing_of_what_people_wrote(kept: log.FileLog) -> None:
    kept.append([b"ring me on 07700 900123"])
    assert kept.read(0, 1) == [(1, b"ring me on 07700 900123")]
    files = kept.path.parent.glob("intake.sqlite3*")
    assert not any(b"900123" in file.read_bytes() for file in files)


def test_a_frame_of_an_earlier_version_is_read_as_it_is(kept: log.FileLog) -> None:
    with sqlite3.connect(kept.path) as rows:
        rows.execute("INSERT INTO frames (at, frame) VALUES (0, ?)", (b"\x84plain",))
    rows.close()
    assert kept.read(0, 1) == [(1, b"\x84plain")]


def test_under_another_master_key_it_stands_still_and_loses_nothing(
    kept: log.FileLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.append([b"heard"])
    with monkeypatch.context() as other:
        other.setattr("rejoinder.plumbing.config.master_keys", lambda: ("ab" * 32,))
        with pytest.raises(log.LogError, match="master key is another one"):
            kept.read(0, 1)
    assert kept.read(0, 1) == [(1, b"heard")]
