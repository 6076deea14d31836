"""A desk of its own, with processes of its own: for what only real processes can show."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import httpx

from tests.databases import copy_of, empty_database
from tests.ports import free_port

PATIENCE = 240.0  # seconds; a machine may be busy with other things


def desk(folder: Path) -> dict[str, str]:
    """The environment of a desk with empty tables, on the database this run is on."""
    data, address = _empty_tables()
    shutil.copytree(data, folder / "data")
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "rejoinder.settings",
        "REJOINDER_DATA": str(folder / "data"),
        "REJOINDER_KEYS": str(folder / "keys"),
        "REJOINDER_DATABASE_URL": copy_of(address),
        "PYTHONWARNINGS": "error",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "",  # a test with a browser needs it; a desk never
    }


@cache
def _empty_tables() -> tuple[Path, str]:
    """A data folder and a database with migrated tables, made once for this run."""
    folder = Path(tempfile.mkdtemp(prefix="rejoinder-empty-"))
    data, address = folder / "data", empty_database()
    given = {"REJOINDER_DATA": str(data), "REJOINDER_DATABASE_URL": address}
    _migrate(os.environ | given | {"REJOINDER_KEYS": str(folder / "keys")})
    data.mkdir(exist_ok=True)
    return data, address


def _migrate(environment: Mapping[str, str]) -> None:
    command = [sys.executable, "-m", "django", "migrate", "--skip-checks", "-v0"]
    settings = {"DJANGO_SETTINGS_MODULE": "rejoinder.settings"}
    subprocess.run(command, env={**environment, **settings}, check=True)


def python(environment: Mapping[str, str], *words: str) -> subprocess.Popen[str]:
    """Start `python WORDS` there; its standard output can be read."""
    return subprocess.Popen(
        [sys.executable, *words], env=dict(environment), stdout=subprocess.PIPE, text=True
    )


@contextmanager
def page_server(environment: Mapping[str, str]) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The pages of a desk, in a process of their own: their address, and the process."""
    bind = f"127.0.0.1:{free_port()}"
    given = {**environment, "REJOINDER_BIND": bind, "REJOINDER_LOG_LEVEL": "warning"}
    process = python(given, "-m", "rejoinder.cli", "web")
    try:
        until(lambda: _answers(f"http://{bind}"), "the pages answer")
        yield f"http://{bind}", process
    finally:
        process.terminate()
        process.communicate()


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/healthz", trust_env=False).is_success
    except httpx.HTTPError:
        return False


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
