"""A desk of its own, with processes of its own: for what only real processes can show."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from tests.databases import empty_database

PATIENCE = 240.0  # seconds; a machine may be busy with other things


def desk(folder: Path) -> dict[str, str]:
    """The environment of a desk with empty tables, on the database this run is on."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "rejoinder.settings",
        "REJOINDER_DATA": str(folder / "data"),
        "REJOINDER_KEYS": str(folder / "keys"),
        "REJOINDER_DATABASE_URL": empty_database(),
        "PYTHONWARNINGS": "error",
    }
    if environment["REJOINDER_DATABASE_URL"]:
        _migrate(environment)
    else:
        shutil.copytree(_empty_tables(), folder / "data")
    return environment


@cache
def _empty_tables() -> Path:
    """A folder with migrated SQLite tables, made once for this run."""
    folder = Path(tempfile.mkdtemp(prefix="rejoinder-empty-"))
    data = folder / "data"
    _migrate(os.environ | {"REJOINDER_DATA": str(data), "REJOINDER_KEYS": str(folder / "keys")})
    return data


def _migrate(environment: Mapping[str, str]) -> None:
    command = [sys.executable, "-m", "django", "migrate", "--skip-checks", "-v0"]
    settings = {"DJANGO_SETTINGS_MODULE": "rejoinder.settings"}
    subprocess.run(command, env={**environment, **settings}, check=True)


def python(environment: Mapping[str, str], *words: str) -> subprocess.Popen[str]:
    """Start `python WORDS` there; its standard output can be read."""
    return subprocess.Popen(
        [sys.executable, *words], env=dict(environment), stdout=subprocess.PIPE, text=True
    )


def said(environment: Mapping[str, str], *words: str) -> str:
    """Run it to its end; what it wrote."""
    command = [sys.executable, *words]
    return subprocess.run(
        command,
        env=dict(environment),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        timeout=PATIENCE,
    ).stdout


def until(true: Callable[[], bool], what: str) -> None:
    """Wait for something that other processes do; fails when patience ends."""
    ends = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < ends, f"waited in vain until {what}"
        time.sleep(0.02)
