"""The real work process, killed between sealing a recording and deleting it at the exchange."""

import json
import signal
from pathlib import Path

import pytest

from rejoinder.channels.phone import ringing
from tests import apart
from tests.faults.calling import REFERENCE
from tests.simulators.asterisk.server import PASSWORD, USER
from tests.simulators.client import running

pytestmark = pytest.mark.tables


def test_killed_once_it_is_sealed_it_is_deleted_there_the_next_time(tmp_path: Path) -> None:
    desk = apart.desk(tmp_path) | {"REJOINDER_ALLOW_PRIVATE": "127.0.0.1"}
    with running("asterisk") as exchange:
        exchange.control("keeps", name=ringing.PREFIX + REFERENCE, seconds=34)
        apart.said(desk, "-m", "tests.faults.calling", "prepare", exchange.url, USER, PASSWORD)
        assert _sealed(desk) == 0
        work = ("-m", "rejoinder.cli", "work")
        killed = apart.python(desk | {"REJOINDER_KILL_AT": "voices.sealed"}, *work)
        killed.communicate(timeout=apart.PATIENCE)
        assert killed.returncode == -signal.SIGKILL
        assert _sealed(desk) == 1
        assert exchange.control("looks")["stored"] == [ringing.PREFIX + REFERENCE]
        again = apart.python(desk, *work)
        apart.until(lambda: not exchange.control("looks")["stored"], "it is deleted there")
        again.terminate()
        again.communicate(timeout=apart.PATIENCE)
        assert _sealed(desk) == 1


def _sealed(desk: dict[str, str]) -> int:
    """How many recordings the desk has."""
    return int(json.loads(apart.said(desk, "-m", "tests.faults.calling", "sealed")))
