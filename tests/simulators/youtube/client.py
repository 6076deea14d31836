"""Starts the simulator, and lets a test speak to it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx


class SimulatedYouTube:
    """A running YouTube; `control` is what happens in it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._client = httpx.Client(base_url=url, trust_env=False)

    def control(self, what: str, **given: Any) -> Any:
        """Make something happen, or look."""
        answer = self._client.post(f"/control/{what}", json=given)
        answer.raise_for_status()
        return answer.json()

    def close(self) -> None:
        self._client.close()


@contextmanager
def running() -> Iterator[SimulatedYouTube]:
    """A YouTube in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.simulators.youtube"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        found = SimulatedYouTube(f"http://127.0.0.1:{process.stdout.readline().strip()}")
        yield found
        found.close()
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()
