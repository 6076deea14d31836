"""A whole desk as people run it: `rejoinder up` in a process of its own, on this machine."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.databases import empty_database
from tests.ports import free_port
from tests.real import mounts

PATIENCE = 120.0  # seconds until a desk that is not open has failed; machines of tests are slow


@dataclass(frozen=True)
class House:
    """An open desk: its address, what it printed, the environment for other commands."""

    url: str
    environment: dict[str, str]
    said: Path

    @property
    def links(self) -> list[str]:
        """The one-time links that were printed."""
        return re.findall(r"http\S+/(?:welcome|sign-in)/\S+", self.said.read_text())

    def rejoinder(self, *words: str) -> str:
        """What another command of the same desk prints."""
        done = subprocess.run(
            [sys.executable, "-m", "rejoinder.cli", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return done.stdout


@contextmanager
def house(
    folder: Path, *words: str, command: str = "up", hosts: Path | None = None, **settings: str
) -> Iterator[House]:
    """Open a desk in `folder`; `settings` are REJOINDER_ variables without that word.

    `hosts` is a hosts file that this desk alone sees, which takes root.
    """
    port = free_port()
    environment = os.environ | {
        "REJOINDER_DATA": str(folder / "desk"),
        "REJOINDER_BIND": f"127.0.0.1:{port}",
        "REJOINDER_DATABASE_URL": empty_database(),
        "DJANGO_SETTINGS_MODULE": "rejoinder.settings",
        **{f"REJOINDER_{name.upper()}": value for name, value in settings.items()},
    }
    said = folder / "said.log"
    line = [sys.executable, "-m", "rejoinder.cli", command, *words]
    if hosts is not None:
        line = mounts.alone(("--bind", hosts, "/etc/hosts"), line)
    with (
        said.open("w") as log,
        subprocess.Popen(line, env=environment, stdout=log, stderr=subprocess.STDOUT) as up,
    ):
        try:
            _wait(up, said)
            yield House(f"http://localhost:{port}", environment, said)
        finally:
            up.terminate()
            up.wait(30)


def _wait(up: subprocess.Popen[bytes], said: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while "The desk is open." not in said.read_text():
        if up.poll() is not None or time.monotonic() > deadline:
            raise AssertionError(f"the desk did not open:\n{said.read_text()[-3000:]}")
        time.sleep(0.1)
