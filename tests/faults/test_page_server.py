"""A real page server, killed at every marked step of taking and answering: all of it or nothing."""

import json
import re
import signal
from pathlib import Path
from typing import Any

import httpx
import pytest

import rejoinder
from tests import apart

pytestmark = pytest.mark.tables

NOTHING = {"held": 0, "assignments": 0, "took": 0, "replies": [], "queued": 0}
TAKEN = {"held": 1, "assignments": 1, "took": 1, "replies": [], "queued": 0}
ANSWERED = TAKEN | {"replies": ["We are on it."], "queued": 1}

CALLING = "call.ringing"  # see test_dialling
# The step, what was pressed, what the tables hold after the death there.
STEPS = [
    ("page.taking", "take", NOTHING),
    ("page.taken", "take", TAKEN),
    ("page.answering", "send", TAKEN),
    ("page.answered", "send", ANSWERED),
]


class Browser:
    """Alice's: signed in, on Tom's page."""

    def __init__(self, desk: dict[str, str]) -> None:
        told = json.loads(apart.said(desk, "-m", "tests.faults.paging", "prepare"))
        self._page, self._session = told["page"], told["session"]

    def press(self, address: str, button: str) -> int:
        """Open the page and press a button; the status that came back."""
        with httpx.Client(
            base_url=address, cookies={"sessionid": self._session}, timeout=60, trust_env=False
        ) as client:
            client.get(self._page).raise_for_status()
            form = {"csrfmiddlewaretoken": client.cookies["csrftoken"], "text": "We are on it."}
            return client.post(f"{self._page}/{button}", data=form).status_code


def state(desk: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(apart.said(desk, "-m", "tests.faults.paging", "state"))
    return found


@pytest.fixture
def desk(tmp_path: Path) -> dict[str, str]:
    return apart.desk(tmp_path)


@pytest.mark.parametrize(("mark", "button", "after"), STEPS)
def test_a_page_server_killed_at_any_step_does_all_of_it_or_nothing(
    desk: dict[str, str], mark: str, button: str, after: dict[str, Any]
) -> None:
    alice = Browser(desk)
    with apart.page_server(desk | {"REJOINDER_KILL_AT": mark}) as (address, process):
        if button == "send":
            assert alice.press(address, "take") == 302
        with pytest.raises(httpx.HTTPError):
            alice.press(address, button)
        assert process.wait(apart.PATIENCE) == -signal.SIGKILL
    assert state(desk) == after

    # The same pressed again, because nobody said that it had worked: once is enough.
    with apart.page_server(desk) as (address, _):
        assert alice.press(address, button) == 302
    assert state(desk) == (TAKEN if button == "take" else ANSWERED)


def test_every_marked_step_of_the_pages_is_tried() -> None:
    source = Path(rejoinder.__file__).parent
    marks = {
        mark
        for room in ("desk", "web")
        for file in (source / room).rglob("*.py")
        for mark in re.findall(r'fault\.step\("([^"]+)"\)', file.read_text())
    }
    assert marks == {*(mark for mark, _, _ in STEPS), CALLING}
