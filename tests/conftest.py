"""What all tests share: no socket but loopback, a clock held still, no folder of a real desk."""

import os
import socket
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from rejoinder.plumbing import clock
from tests import databases

if TYPE_CHECKING:  # a run without the real parts has no browser
    from playwright.sync_api import Browser

# Folders whose tests drive the real parts: their files import what `make test` does not install.
REAL = ("real", "browser", "journeys")

# How long an example takes says more about the machine than about the code.
hypothesis.settings.register_profile("ours", deadline=None)
hypothesis.settings.load_profile("ours")

# The fixtures that give a test the database of this run.
DATABASE = {"db", "transactional_db", "django_db_serialized_rollback", "live_server"}

LOOPBACK = ("127.", "::1", "localhost")
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class LeftLoopbackError(AssertionError):
    """A test tried to reach another machine."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the real parts alone unless they were asked for (`-m real`)."""
    inside = collection_path.is_relative_to(Path(__file__).parent)
    top = collection_path.relative_to(Path(__file__).parent).parts[:1] if inside else ()
    asked = config.getoption("-m") == "real"
    return True if top and top[0] in REAL and not asked else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what has tables runs: the rest has passed already, and is the same."""
    if databases.on_postgres():
        left = [item for item in items if not _has_tables(item)]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if _has_tables(item)]


def pytest_runtest_setup(item: pytest.Item) -> None:
    databases.promised = _has_tables(item)


def _has_tables(item: pytest.Item) -> bool:
    """Whether a test said that it has: without, the driver of the tests lets it reach none."""
    marks = {mark.name for mark in item.iter_markers()}
    return bool({"django_db", "tables", "real"} & marks or DATABASE & set(item.fixturenames))  # type: ignore[attr-defined]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a test that is left out has failed: nobody would read that it was."""
    report = yield
    if report.skipped and os.environ.get("CI"):
        report.outcome = "failed"
    return report


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sockets of tests connect to this machine or to nothing."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        inside = self.family == socket.AF_UNIX or str(address[0]).startswith(LOOPBACK)
        if not inside:
            raise LeftLoopbackError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """One browser for all tests that ask for it; each person has a window of their own."""
    from tests.browser.desk import open_browser

    # Playwright keeps a loop in this thread, and Django then takes each query for one inside it.
    with pytest.MonkeyPatch.context() as patch, open_browser() as opened:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
        yield opened


@pytest.fixture
def monday() -> Iterator[datetime]:
    """Nine o'clock on a Monday, and the clock stands there."""
    with clock.standing(MONDAY):
        yield MONDAY
