"""`rejoinder up` on a new machine: one command, a whole desk, a link, and nothing left behind."""

import os
import re
from pathlib import Path

import httpx
import pytest

from tests.house import house

pytestmark = pytest.mark.tables


def test_a_new_desk_opens_and_ends_as_one(tmp_path: Path) -> None:
    with house(tmp_path) as desk:
        ready = httpx.get(f"{desk.url}/readyz", trust_env=False).json()
        assert ready["ready"] is True
        (link,) = desk.links
        welcome = httpx.get(link, trust_env=False)
        assert welcome.status_code == 200
        assert "Your name" in welcome.text
        # Without the link no page makes an owner.
        without = re.sub(r"welcome/.*", "welcome/" + "x" * 32, link)
        assert httpx.get(without, trust_env=False).status_code == 410
        mine = _processes_with(str(tmp_path))
        assert len(mine) >= 6  # up and its five parts
    assert _processes_with(str(tmp_path)) == []


def test_the_demonstration_hears_people(tmp_path: Path) -> None:
    with house(tmp_path, "--demo", allow_private="127.0.0.1") as desk:
        assert len(desk.links) == 3
        heard = desk.rejoinder("doctor", "--channel", "pretend")
        assert "answers" in heard


def _processes_with(word: str) -> list[int]:
    """The running processes whose environment names this folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                if word.encode() in (entry / "environ").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue
    return found
