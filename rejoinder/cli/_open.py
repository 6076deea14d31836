"""Opens the whole desk on this machine and keeps it open: tables, pages, workers, until Ctrl-C."""

import os
import sys
import threading
import time
from collections.abc import Callable

from rejoinder.plumbing.children import Children

PARTS = ("web", "listen", "triage", "send", "work")
READY_WITHIN = 90.0  # seconds for the pages to answer; a slow disk migrates for a while

# What is done with the tables ready and before the parts start; gives what to tell the person.
Opening = Callable[[Children], list[str]]


def desk(opening: Opening) -> int:
    """Migrate, open, and watch until stopped; the exit code."""
    from rejoinder.cli import _ground
    from rejoinder.plumbing import children, logging, upgrade

    logging.start("up")
    try:
        _ground.check()
        upgrade.upgrade()
        parts = children.Children(os.environ)
        parts.stop_on_signals()
        told = opening(parts)
    except (_ground.BadGroundError, upgrade.UpgradeFailedError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for name in PARTS:
        parts.start(name, children.command(name))
    threading.Thread(target=_announce, args=(told,), daemon=True, name="announce").start()
    parts.watch()
    return 0


def _announce(told: list[str]) -> None:
    """Print the addresses when the pages answer, so that no first click meets an empty door."""
    if _ready():
        sys.stdout.write("\nThe desk is open.\n" + "\n".join(told) + "\nCtrl-C ends it.\n\n")
        sys.stdout.flush()
    else:
        sys.stderr.write("The pages do not answer yet. The lines above say why.\n")


def _ready() -> bool:
    import httpx

    from rejoinder.plumbing.config import config

    host = "127.0.0.1" if config().host in {"0.0.0.0", "::"} else config().host  # noqa: S104
    deadline = time.monotonic() + READY_WITHIN
    with httpx.Client(trust_env=False, timeout=5.0) as client:
        while time.monotonic() < deadline:
            try:
                if client.get(f"http://{host}:{config().port}/readyz").is_success:
                    return True
            except httpx.HTTPError:
                pass
            time.sleep(0.2)
    return False
