"""Jobs come round in their time; one that fails does not stop the rest; old rows go."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from rejoinder.plumbing import clock, housekeeping, live, work
from rejoinder.plumbing.models import Change


def noting(name: str, times: list[str]) -> Callable[[], int]:
    """A job that does nothing but write its name down."""

    def run() -> int:
        times.append(name)
        return 0

    return run


def test_each_job_runs_in_its_time() -> None:
    done: list[str] = []
    jobs = [
        work.Job("often", 1, noting("often", done)),
        work.Job("seldom", 10, noting("seldom", done)),
    ]
    for now in range(11):
        work.run_once(jobs, float(now))
    assert (done.count("often"), done.count("seldom")) == (11, 2)


def test_a_job_that_fails_moves_ahead_in_time_and_the_rest_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    tries: list[float] = []

    def fail() -> int:
        tries.append(now)
        raise OSError("disk full")

    done: list[str] = []
    jobs = [work.Job("Tidying", 1, fail), work.Job("Other", 1, noting("other", done))]
    for now in (float(second) for second in range(32)):
        work.run_once(jobs, now)
    assert tries == [0, 2, 6, 14, 30]
    assert len(done) == 32
    assert "Tidying failed; trying again in 2 s." in caplog.messages


def test_a_job_that_works_again_is_back_in_its_time(caplog: pytest.LogCaptureFixture) -> None:
    results = iter([None, 0, 3])

    def sometimes() -> int:
        result = next(results)
        if result is None:
            raise OSError("disk full")
        return result

    job = work.Job("Looked up", 1, sometimes)
    with caplog.at_level(logging.INFO):
        for now in (0.0, 2.0, 3.0):
            work.run_once([job], now)
    assert (job.failures, job.due) == (0, 4.0)
    assert caplog.messages[-1] == "Looked up: 3."


def test_it_stops_when_asked() -> None:
    stop, done = threading.Event(), list[str]()

    def last() -> int:
        stop.set()
        done.append("last")
        return 0

    work.run([work.Job("Last", 1, last)], stop)
    assert done == ["last"]


@pytest.mark.django_db
def test_changes_are_forgotten_after_an_hour_but_never_the_newest(monday: datetime) -> None:
    live.changed("queue", "account:1")
    clock.turn(timedelta(hours=2))
    assert housekeeping.forget_changes() == 1
    live.changed("queue")
    assert housekeeping.forget_changes() == 1
    assert Change.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_was_written_ahead_is_moved_into_the_file() -> None:
    live.changed("queue")
    assert housekeeping.checkpoint() == 0
    assert Change.objects.count() == 1
