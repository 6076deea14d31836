"""Starts a simulator in a process of its own, and lets a test speak to it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx


class Simulator:
    """A platform that runs; `control` is what happens in it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._client = httpx.Client(base_url=url, trust_env=False)

    def control(self, what: str, **given: Any) -> Any:
        """Make something happen, or look."""
        answer = self._client.post(f"/control/{what}", json=given)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def answers(self, who: str, to: str) -> list[dict[str, Any]]:
        """What somebody said in answer to a post."""
        asked = self._client.get("/control/answers", params={"who": who, "to": to})
        found: list[dict[str, Any]] = asked.json()
        return found

    def close(self) -> None:
        self._client.close()


@contextmanager
def running(name: str) -> Iterator[Simulator]:
    """The simulator of `tests/simulators/<name>`."""
    process = subprocess.Popen(
        [sys.executable, "-m", f"tests.simulators.{name}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        found = Simulator(f"http://127.0.0.1:{process.stdout.readline().strip()}")
        yield found
        found.close()
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()
