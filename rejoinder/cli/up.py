"""The whole desk on this machine: tables, pages and workers, until Ctrl-C."""

import os
import sys
import threading
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

NAME = "up"
HELP = "Run the whole desk on this machine: migrate, pages, workers. Ctrl-C ends it."
EXAMPLE = "rejoinder up --demo"

PARTS = ("web", "listen", "triage", "send", "work")
READY_WITHIN = 90.0  # seconds for the pages to answer; a slow disk migrates for a while


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--demo", action="store_true", help="with a pretend network, in a folder of its own"
    )


def prepare(given: Namespace) -> None:
    """Before settings are read: a demonstration never shares a folder with a real desk."""
    if given.demo:
        os.environ.setdefault("REJOINDER_DATA", str(Path.home() / ".rejoinder-demo"))
        os.environ["REJOINDER_DEMO"] = "true"
        private = os.environ.get("REJOINDER_ALLOW_PRIVATE", "")
        os.environ["REJOINDER_ALLOW_PRIVATE"] = f"{private},127.0.0.1"


def run(given: Namespace) -> int:
    from rejoinder.cli import _demo, _ground
    from rejoinder.plumbing import children, logging, upgrade

    logging.start("up")
    try:
        _ground.check()
        upgrade.upgrade()
        parts = children.Children(os.environ)
        parts.stop_on_signals()
        links = _demo.open_desk(parts) if given.demo else _first_link()
    except (_ground.BadGroundError, upgrade.UpgradeFailedError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for name in PARTS:
        parts.start(name, children.command(name))
    threading.Thread(target=_announce, args=(links,), daemon=True, name="announce").start()
    parts.watch()
    return 0


def _first_link() -> list[str]:
    from rejoinder.plumbing.config import config
    from rejoinder.team import sign_in

    if sign_in.has_owner():
        return [f"Open {config().base_url}/ to sign in."]
    return [f"Open this once to make the owner of the desk:\n  {sign_in.owner_link()}"]


def _announce(links: list[str]) -> None:
    """Print the addresses when the pages answer, so that no first click meets an empty door."""
    if _ready():
        sys.stdout.write("\nThe desk is open.\n" + "\n".join(links) + "\nCtrl-C ends it.\n\n")
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
