"""Asterisk in a Debian of its own, and sipp for everybody who calls or is called."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

TREE = Path(os.environ.get("REJOINDER_PHONE") or Path(__file__).parents[2] / ".real" / "phone")
ROOT = TREE / "root"
BASE, USER, PASSWORD = "http://127.0.0.1:8088", "desk", "made-up-password"
START = 60  # seconds


@pytest.fixture(scope="session")
def exchange() -> Iterator[httpx.Client]:
    """Asterisk, in a Debian of its own; `make test-phone` gives it a network of its own."""
    assert (ROOT / "usr/sbin/asterisk").exists(), "run tests/phone/setup first"
    with (TREE / "asterisk.log").open("wb") as log:
        process = subprocess.Popen(
            ["chroot", str(ROOT), "asterisk", "-f"],
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
        )
    client = httpx.Client(base_url=f"{BASE}/ari", auth=(USER, PASSWORD), trust_env=False)
    try:
        _ready(client)
        yield client
    finally:
        client.close()
        process.terminate()
        process.wait(20)


@contextmanager
def telephone(how: str, port: int) -> Iterator[None]:
    """sipp is a telephone there, and does what /how.xml says, once."""
    words = f"chroot {ROOT} sipp -i 127.0.0.1 -p {port} -m 1 -timeout 60s -nostdin -sf /{how}.xml"
    there = subprocess.Popen(words.split(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        there.kill()
        there.wait()


def _ready(client: httpx.Client) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        try:
            if client.get("/asterisk/info", params={"only": "system"}).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"Asterisk was not ready in {START} s: see {TREE / 'asterisk.log'}")
