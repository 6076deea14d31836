"""The clock of a rehearsal: set, sped up, stopped, and the same for every process."""

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.plumbing import clock, config, pace

NOON = datetime(2012, 1, 25, 12, tzinfo=UTC).timestamp()


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("REJOINDER_DATA", str(tmp_path))
    monkeypatch.setenv("REJOINDER_DEMO", "true")
    config.config.cache_clear()
    pace.forget()
    yield tmp_path
    config.config.cache_clear()
    pace.forget()


def test_a_real_desk_never_looks_at_the_file(tmp_path: Path, demo: Path) -> None:
    pace.start(NOON, 60)
    with pytest.MonkeyPatch.context() as real:
        real.setenv("REJOINDER_DEMO", "false")
        config.config.cache_clear()
        assert abs(clock.now().timestamp() - time.time()) < 60
    config.config.cache_clear()


def test_without_a_file_a_demonstration_has_the_time_of_its_machine(demo: Path) -> None:
    assert abs(clock.now().timestamp() - time.time()) < 60


def test_it_starts_where_it_is_put_and_stands_at_speed_nought(demo: Path) -> None:
    pace.start(NOON, 0)

    assert clock.now() == clock.now() == datetime.fromtimestamp(NOON, UTC)
    assert clock.running() == NOON


def test_more_of_it_passes_meanwhile_the_faster_it_runs(demo: Path) -> None:
    assert clock.meanwhile(30) == timedelta(seconds=30)
    pace.start(NOON, 60)
    assert clock.meanwhile(30) == timedelta(minutes=30)
    pace.change(0)
    assert clock.meanwhile(30) == timedelta(0)


def test_another_process_sees_the_same_moment(demo: Path) -> None:
    pace.start(NOON, 0)
    code = "from rejoinder.plumbing import clock; print(clock.now().isoformat())"

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == datetime.fromtimestamp(NOON, UTC).isoformat()


def test_a_change_of_speed_goes_on_from_what_is_shown(demo: Path) -> None:
    pace.start(NOON, 240)
    time.sleep(0.05)
    pace.change(0)

    assert 10 <= pace.shown() - NOON < 240 * 30
    pace.change(1000)
    found = pace.current()
    assert found is not None
    assert found.speed == pace.FASTEST


@given(
    st.floats(0, 1e9),
    st.floats(0, 240),
    st.floats(0, 1e5, allow_subnormal=False),
    st.floats(0, 1e5),
)
def test_time_never_goes_back(shown: float, speed: float, first: float, more: float) -> None:
    one = pace.Pace(1000.0, shown, speed)

    assert one.at(1000.0) == shown
    assert one.at(1000.0 + first) <= one.at(1000.0 + first + more)
