"""Writers take turns: one that writes batch after batch lets the others in between."""

import fcntl
import threading
from pathlib import Path

import pytest

from rejoinder.plumbing import turn
from rejoinder.plumbing.turn import Turn
from tests import apart


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.sqlite3-turn"


def somebody_waits(path: Path) -> bool:
    """Whether the first lock is held: that of the one who is next."""
    with path.with_name(path.name + "-next").open("r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_a_busy_writer_comes_again_only_after_the_one_who_waited(path: Path) -> None:
    order: list[str] = []
    busy, claims = Turn(path), Turn(path)

    def claim() -> None:
        claims.take()
        order.append("claim")
        claims.give()

    for _ in range(20):
        busy.take()
        claimer = threading.Thread(target=claim)
        claimer.start()
        apart.until(lambda: somebody_waits(path), "the claimer waits")
        busy.give()
        busy.take()
        order.append("batch")
        busy.give()
        claimer.join()
    assert order == ["claim", "batch"] * 20
    for each in (busy, claims):
        each.close()


def test_patience_ends_and_one_goes_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "PATIENCE", 0.01)
    stuck, other = Turn(path), Turn(path)
    stuck.take()
    other.take()
    other.give()
    stuck.give()
    other.take()
    for each in (stuck, other):
        each.close()


def test_who_ends_without_a_word_is_no_longer_in_the_way(path: Path) -> None:
    gone, other = Turn(path), Turn(path)
    gone.take()
    gone.close()
    other.take()
    other.close()
