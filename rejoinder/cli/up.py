"""The whole desk on this machine: tables, pages and workers, until Ctrl-C."""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rejoinder.plumbing.children import Children

NAME = "up"
HELP = "Run the whole desk on this machine: migrate, pages, workers. Ctrl-C ends it."
EXAMPLE = "rejoinder up --demo"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--demo",
        action="store_true",
        help="in the middle of a drill on a pretend network, in a folder of its own",
    )


def prepare(given: Namespace) -> None:
    """Before settings are read: a demonstration never shares a folder with a real desk."""
    if given.demo:
        pretend(Path.home() / ".rejoinder-demo")


def pretend(folder: Path) -> None:
    """Let this process and its parts be a desk on a pretend network, in this folder unless told."""
    os.environ.setdefault("REJOINDER_DATA", str(folder))
    os.environ["REJOINDER_DEMO"] = "true"
    private = os.environ.get("REJOINDER_ALLOW_PRIVATE", "")
    os.environ["REJOINDER_ALLOW_PRIVATE"] = f"{private},127.0.0.1"


def run(given: Namespace) -> int:
    from rejoinder.cli import _open, _play

    return _open.desk(_play.demonstration() if given.demo else _first_link)


def _first_link(_: "Children") -> list[str]:
    from rejoinder.plumbing.config import config
    from rejoinder.team import sign_in

    if sign_in.has_owner():
        return [f"Open {config().base_url}/ to sign in."]
    return [f"Open this once to make the owner of the desk:\n  {sign_in.owner_link()}"]
