"""Random mornings of eight processes, half of which die at a write: who exactly is the truth."""

from pathlib import Path

import pytest

from tests import apart

pytestmark = pytest.mark.tables

MORNINGS = 6  # `python -m benchmarks ledger` plays a thousand


def test_who_exactly_is_the_truth_whoever_dies_when(tmp_path: Path) -> None:
    said = apart.said(apart.desk(tmp_path), "-m", "tests.faults.mornings", "0", str(MORNINGS))
    assert said.splitlines() == ["done"]
