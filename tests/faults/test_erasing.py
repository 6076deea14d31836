"""Killed between an erasure and the copy of the keys: the copy follows all the same."""

import json
import signal
from pathlib import Path

import pytest

from tests import apart

pytestmark = pytest.mark.tables


def kept(folder: Path) -> set[str]:
    """Whose key is in the copy."""
    lines = (folder / "keys" / "people.jsonl").read_text(encoding="ascii").splitlines()
    return {json.loads(line)["subject"] for line in lines} - {"index"}  # the key of blind names


def test_the_key_of_who_was_erased_leaves_the_copy_when_the_worker_turns(tmp_path: Path) -> None:
    desk = apart.desk(tmp_path)
    tom, tina = apart.said(desk, "-m", "tests.faults.erasing", "prepare").split()
    assert apart.said(desk, "-m", "tests.faults.erasing", "catch_up").split() == ["0", "0"]
    apart.said(desk, "-m", "rejoinder.cli", "backup", str(tmp_path / "b.tar.gz"))
    assert kept(tmp_path) == {tom, tina}
    dying = desk | {"REJOINDER_KILL_AT": "erase.committed"}
    process = apart.python(dying, "-m", "tests.faults.erasing", "erase")
    process.communicate(timeout=apart.PATIENCE)
    assert process.returncode == -signal.SIGKILL
    assert kept(tmp_path) == {tom, tina}  # it is what the worker is for
    assert apart.said(desk, "-m", "tests.faults.erasing", "catch_up").split() == ["1", "0"]
    assert kept(tmp_path) == {tina}


@pytest.mark.parametrize("heard", [None, "", "999"])
def test_a_copy_that_does_not_say_what_it_heard_is_written_anew(
    tmp_path: Path, heard: str | None
) -> None:
    desk = apart.desk(tmp_path)
    apart.said(desk, "-m", "tests.faults.erasing", "prepare")
    apart.said(desk, "-m", "rejoinder.cli", "backup", str(tmp_path / "b.tar.gz"))
    mark = tmp_path / "keys" / "people.ledger"
    if heard is None:
        mark.unlink()
    else:
        mark.write_text(heard, encoding="ascii")
    assert apart.said(desk, "-m", "tests.faults.erasing", "catch_up").split() == ["1", "0"]
