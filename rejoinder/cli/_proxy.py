"""Runs mitmproxy beside us with our addon, and checks what passes through it."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from rejoinder.cli import _eye
from rejoinder.cli._leaks import Teller
from rejoinder.plumbing import jsonl
from rejoinder.privacy.leakcheck.check import Checker
from rejoinder.privacy.leakcheck.shapes import Request

_SETTINGS = (
    "flow_detail=0",
    "termlog_verbosity=error",
    "connection_strategy=lazy",
    "stream_large_bodies=1m",
    "validate_inbound_headers=false",  # a broken request is no reason to look away
)
_STOPS = (signal.SIGINT, signal.SIGTERM)


class NoProxyError(ValueError):
    """mitmproxy cannot be run; the message says what to do."""


class Seen(Struct):
    """A line of the addon: a request, or one of the two words."""

    host: str = ""
    target: str = ""
    headers: list[tuple[str, str]] = []
    body: bytes = b""
    ready: bool = False
    encrypted: bool = False


def watch(program: str, host: str, port: int, checks: Checker) -> int:
    """Check what passes until a signal ends it; the exit code. Raises NoProxyError."""
    if not program:
        raise NoProxyError(
            "Set REJOINDER_MITMDUMP to the mitmdump of an environment of its own: "
            "python -m venv /opt/mitmproxy && /opt/mitmproxy/bin/pip install mitmproxy==11.0.2."
        )
    teller = Teller(checks)
    encrypted, was_ready = 0, False
    with _running(program, host, port) as (process, pipe), os.fdopen(pipe, "rb") as lines:
        for some in jsonl.batches(lines):
            seen = [msgspec.json.decode(line, type=Seen) for line in some]
            encrypted += sum(one.encrypted for one in seen)
            if any(one.ready for one in seen):
                was_ready = True
                teller.say(f"Listening on {host}:{port}. Ctrl-C ends it.")
            teller.take([_request(one) for one in seen if one.host])
        process.wait()
    if not was_ready:
        raise NoProxyError(f"{program} did not start: look above.")
    if encrypted:
        teller.say(f"{encrypted:,} encrypted connections passed unread.")
    return teller.end()


@contextmanager
def _running(program: str, host: str, port: int) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    reads, writes = os.pipe()
    with tempfile.TemporaryDirectory(prefix="rejoinder-eye-") as folder:
        settings = [*_SETTINGS, f"confdir={folder}", f"listen_host={host}", f"listen_port={port}"]
        words = [word for one in settings for word in ("--set", one)]
        try:
            process = subprocess.Popen(  # noqa: S603  # the program that whoever runs us named
                [program, "--quiet", "--scripts", str(Path(_eye.__file__)), *words],
                stdin=subprocess.DEVNULL,
                stdout=sys.stderr,
                env=os.environ | {_eye.PIPE: str(writes)},
                pass_fds=(writes,),
            )
        except OSError as error:
            os.close(reads)
            raise NoProxyError(f"{program} cannot be run: {error.strerror}.") from None
        finally:
            os.close(writes)
        before = {stop: signal.signal(stop, lambda *_: process.terminate()) for stop in _STOPS}
        try:
            yield process, reads
        finally:
            process.terminate()
            process.wait()
            for stop, handler in before.items():
                signal.signal(stop, handler)


def _request(seen: Seen) -> Request:
    return Request(seen.host, seen.target, seen.headers, seen.body)
