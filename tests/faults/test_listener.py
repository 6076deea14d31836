"""A real listener before a real far end: killed, out of disk, alone; nothing lost or twice."""

import os
import resource
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from tests import apart
from tests.faults.kept import state
from tests.faults.test_triage import LISTEN, killed, running

pytestmark = pytest.mark.tables


class FarEnd:
    """The pretend network in a process of its own, at one address."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    @contextmanager
    def up(self) -> Iterator[None]:
        server = ("-m", "rejoinder.channels.pretend.server", "--port", str(self.port))
        process: subprocess.Popen[str] = apart.python(os.environ, *server, "--seed", "1")
        try:
            apart.until(self._answers, "the far end answers")
            yield
        finally:
            process.terminate()
            process.communicate()

    def say(self, text: str, by: str = "Tom") -> str:
        """Somebody posts; the id it got."""
        order = {"say": {"by": by, "text": text}}
        return str(httpx.post(f"{self.url}/control", json=order).json()["id"])

    def tell(self, **order: object) -> None:
        httpx.post(f"{self.url}/control", json=order).raise_for_status()

    def listened(self) -> int:
        """How often somebody listened to it."""
        return int(httpx.get(f"{self.url}/control").json()["listened"])

    def _answers(self) -> bool:
        with suppress(httpx.TransportError):
            return httpx.get(f"{self.url}/api/me").status_code == 200
        return False


@pytest.fixture
def far() -> FarEnd:
    return FarEnd()


@pytest.fixture
def desk(tmp_path: Path) -> dict[str, str]:
    return apart.desk(tmp_path) | {"REJOINDER_ALLOW_PRIVATE": "127.0.0.1"}


def connected(desk: dict[str, str], far: FarEnd) -> None:
    """An account that is heard: the first listening of all only finds out where the present is."""
    apart.said(desk, "-m", "tests.faults.hearing", "connect", far.url)
    with running(desk, "listen"), running(desk, "triage"):
        apart.until(lambda: _one_more_is_kept(desk, far), "the account is heard")


def _one_more_is_kept(desk: dict[str, str], far: FarEnd) -> bool:
    far.say("@northwind are you there")
    return bool(state(desk).ids)


def all_is_kept_once(desk: dict[str, str], said: set[str]) -> None:
    with running(desk, "listen"), running(desk, "triage"):
        apart.until(lambda: said <= set(state(desk).ids), "all is kept")
    ids = state(desk).ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("mark", LISTEN)
def test_a_listener_killed_at_any_step_loses_nothing_and_hears_nothing_twice(
    desk: dict[str, str], far: FarEnd, mark: str
) -> None:
    with far.up():
        connected(desk, far)
        said = {far.say(f"@northwind no signal {number}") for number in range(20)}
        killed(desk, mark, "listen")
        said |= {far.say(f"@northwind still no signal {number}", "Tina") for number in range(5)}
        all_is_kept_once(desk, said)


def test_a_far_end_that_is_gone_shows_on_the_account_until_it_is_back(
    desk: dict[str, str], far: FarEnd
) -> None:
    with far.up():
        connected(desk, far)
        far.say("@northwind no signal")
        far.tell(fault={"do": "status", "on": "listen", "times": 3})
        with running(desk, "listen"):
            apart.until(lambda: bool(state(desk).trouble), "the trouble shows")
        said = {far.say("@northwind are you there")}
        all_is_kept_once(desk, said)
        assert state(desk).trouble == ""


def test_a_full_disk_leaves_the_posts_with_the_platform_until_there_is_room(
    desk: dict[str, str], far: FarEnd
) -> None:
    with far.up():
        connected(desk, far)
        before = far.listened()
        with running(desk, "listen") as process:
            apart.until(lambda: far.listened() > before, "it listens")
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
            said = {far.say(f"@northwind no signal {number}" + " x" * 90) for number in range(50)}
            asked = far.listened()
            apart.until(lambda: far.listened() > asked, "it is told and cannot write")
            everything = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, everything)
        all_is_kept_once(desk, said)
