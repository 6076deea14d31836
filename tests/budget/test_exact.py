"""Many processes, some of them killed: the limit is reached and never passed."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests import apart
from tests.budget.hammer import CAP

pytestmark = pytest.mark.tables


def _hammer(folder: Path, *numbers: int) -> dict[str, Any]:
    words = ("-m", "tests.budget.hammer", *map(str, numbers))
    found: dict[str, Any] = json.loads(apart.said(apart.desk(folder), *words))
    return found


def test_eight_processes_are_given_exactly_the_limit(tmp_path: Path) -> None:
    found = _hammer(tmp_path, 8)
    assert found["then"] == {
        "spent": CAP,
        "reserved": 0,
        "open": 0,
        "totals": list(range(1, CAP + 1)),
    }
    assert found["more"] == 0


def test_killed_in_between_the_rest_gets_what_is_left_and_no_more(tmp_path: Path) -> None:
    found = _hammer(tmp_path, 6, 100)
    then, now = found["then"], found["now"]
    assert 100 <= then["spent"] < CAP
    # What a killed process had reserved stays reserved: it fails closed.
    assert then["reserved"] == then["open"] <= 6
    assert now["spent"] == then["spent"] + found["more"] == len(now["totals"])
    assert now["spent"] + now["reserved"] == CAP


def test_at_the_platforms_clock_no_window_is_over_its_limit(tmp_path: Path) -> None:
    """Eight processes with clocks of their own, some of them killed; a benchmark does a million."""
    posts = 120
    words = ("-m", "tests.budget.windows", str(tmp_path), str(posts))
    found = json.loads(apart.said(apart.desk(tmp_path), *words))
    assert found["over"] == 0
    assert found["posts"] >= posts
    assert found["windows"] > 6 * posts
    assert found["full"] > 0
