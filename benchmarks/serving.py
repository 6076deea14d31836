"""Servers in processes of their own, for what only shows over a socket."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import httpx

from tests.ports import free_port

PATIENCE = 30.0  # seconds until it answers


@contextmanager
def door(path: str = "/healthz") -> Iterator[tuple[int, int]]:
    """A desk's door that answers at this path; its port and the number of its process."""
    with served([sys.executable, "-m", "rejoinder.cli", "web"], free_port(), path) as found:
        yield found


@contextmanager
def served(command: Sequence[str], port: int, path: str = "/") -> Iterator[tuple[int, int]]:
    """A server that listens on this port; its port and the number of its process."""
    environment = os.environ | {"REJOINDER_BIND": f"127.0.0.1:{port}"}
    with subprocess.Popen(command, env=environment) as process:
        try:
            _wait(f"http://127.0.0.1:{port}{path}")
            yield port, process.pid
        finally:
            process.terminate()


def signed_in() -> str:
    """The cookie of Alice, an advisor who is made for it. Asks for tables."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from rejoinder.team.models import Advisor

    advisor = Advisor.objects.create_user("alice@example.com", name="Alice")
    session = SessionStore()
    session[SESSION_KEY] = str(advisor.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = advisor.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def _wait(url: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if httpx.get(url, trust_env=False).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise RuntimeError(f"{url} did not answer in {PATIENCE:.0f} s")
