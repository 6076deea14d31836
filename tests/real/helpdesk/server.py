"""Starts a django-helpdesk on loopback, in a folder that goes afterwards."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.ports import free_port
from tests.real.network import PARTS, NotReadyError, process

HERE = Path(__file__).parent
PASSWORD = "made-up-password"


@dataclass(frozen=True)
class Running:
    """Where its pages begin, its queue, and the tokens of its staff and of a guest."""

    url: str
    queue: int
    desk: str
    guest: str

    def ticket(self, number: str) -> Any:
        """As somebody of its staff reads it, with what was said."""
        header = {"Authorization": f"Token {self.desk}"}
        answer = httpx.get(f"{self.url}/api/tickets/{number}/", headers=header, timeout=30)
        return answer.raise_for_status().json()

    def change(self, number: str, **values: Any) -> None:
        """Somebody of its staff changes it there."""
        header = {"Authorization": f"Token {self.desk}"}
        url = f"{self.url}/api/tickets/{number}/"
        httpx.patch(url, json=values, headers=header, timeout=30).raise_for_status()

    def count(self) -> int:
        """How many tickets there are."""
        header = {"Authorization": f"Token {self.desk}"}
        answer = httpx.get(f"{self.url}/api/tickets/", headers=header, timeout=30)
        return int(answer.raise_for_status().json()["count"])


@contextmanager
def helpdesk() -> Iterator[Running]:
    """A new one; some six seconds."""
    python = PARTS / "helpdesk" / "bin" / "python"
    if not python.exists():
        raise NotReadyError("django-helpdesk is missing: run `make setup-real`.")
    with tempfile.TemporaryDirectory(prefix="rejoinder-helpdesk-") as folder:
        room = Path(folder)
        for name in ("helpdesk_settings.py", "helpdesk_urls.py", "prepare.py"):
            shutil.copy(HERE / name, room)
        environment = {"HELPDESK_ROOM": str(room), "DJANGO_SETTINGS_MODULE": "helpdesk_settings"}
        environment |= {"PYTHONPATH": str(room), "PYTHONUNBUFFERED": "1"}
        told = _prepared(python, room, environment)
        at = f"127.0.0.1:{free_port()}"
        command = [python, "-m", "django", "runserver", at, "--noreload", "--insecure"]
        with process(command, room, room, environment, until="Quit the server"):
            yield Running(url=f"http://{at}/helpdesk", **told)


def _prepared(python: Path, room: Path, environment: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [python, "prepare.py"],
        cwd=room,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotReadyError(done.stderr[-2000:])
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told
