"""Publishing, killed on its way: the subject stands once, and says what it should."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests import apart
from tests.faults.test_sender import DOUBTS_END, QUEUEING, FarEnd, killed, network

pytestmark = pytest.mark.tables

__all__ = ["network"]

DOES = "tests.faults.publishing"


@pytest.fixture
def desk(tmp_path: Path) -> dict[str, str]:
    return apart.desk(tmp_path) | {"REJOINDER_ALLOW_PRIVATE": "127.0.0.1"}


def stands(network: FarEnd, handle: str) -> list[tuple[str, bool]]:
    """The posts of an account as its readers see them, and which is pinned."""
    ask = {"as": handle, "since": "2000-01-01T00:00:00+00:00"}
    posts = httpx.get(f"{network.url}/api/ours", params=ask).json()
    told = httpx.get(f"{network.url}/api/publications", params={"as": handle}).json()
    pinned = {each["id"] for each in told if each["pinned"]}
    return [(post["text"], post["id"] in pinned) for post in posts]


def later(desk: dict[str, str]) -> Any:
    return json.loads(apart.said(desk, "-m", DOES, "later", DOUBTS_END))


@pytest.mark.parametrize("mark", ["send.claimed", "send.answered", "send.recording"])
def test_a_sender_killed_on_the_way_publishes_once_and_changes_once(
    desk: dict[str, str], network: FarEnd, mark: str
) -> None:
    handle = f"brand.{mark}"
    apart.said(desk, "-m", DOES, "connect", network.url, handle)
    apart.said(desk, "-m", DOES, "queue", "1")
    killed(desk, mark, "rejoinder.cli", "send")
    # While nobody knows, the next number waits; then it takes the place of the first.
    apart.said(desk, "-m", DOES, "queue", "2")
    assert set(later(desk).values()) <= {"sent", "withdrawn"}
    assert stands(network, handle) == [("Leeds, 2", True)]


@pytest.mark.parametrize("mark", QUEUEING)
def test_whoever_is_killed_while_writing_it_down_asks_again(
    desk: dict[str, str], network: FarEnd, mark: str
) -> None:
    handle = f"brand.{mark}"
    apart.said(desk, "-m", DOES, "connect", network.url, handle)
    apart.said(desk, "-m", DOES, "queue", "1")
    killed(desk, mark, DOES, "queue", "2")
    apart.said(desk, "-m", DOES, "queue", "2")
    assert later(desk) == {"1": "withdrawn", "2": "sent"}
    assert stands(network, handle) == [("Leeds, 2", True)]
