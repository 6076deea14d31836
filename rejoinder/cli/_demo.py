"""A desk to try: a made-up operator, three colleagues, and a pretend network that talks to it."""

import os
import socket
import sys
import time

from rejoinder.channels import actions as channels
from rejoinder.channels.contract import TroubleError
from rejoinder.channels.models import Account
from rejoinder.plumbing.children import Children
from rejoinder.plumbing.config import config
from rejoinder.team import audit, sign_in
from rejoinder.team.models import Advisor, Organisation, Role

BRAND = "Northwind Mobile"
TEAM = (
    ("Olga Marsh", "olga@example.com", Role.OWNER),
    ("Alice Kay", "alice@example.com", Role.ADVISOR),
    ("Bob Mills", "bob@example.com", Role.ADVISOR),
)
PATIENCE = 30.0  # seconds for the pretend network to answer


def open_desk(parts: Children) -> list[str]:
    """Start the network, make the team, connect the account; returns what to tell the person."""
    port = int(os.environ.get("REJOINDER_PRETEND_PORT") or _free_port())
    address = f"http://127.0.0.1:{port}"
    parts.start("pretend", _network(port))
    team = [_colleague(*one) for one in TEAM]
    Organisation.objects.update_or_create(pk=1, defaults={"name": BRAND})
    _connect(address, team[0])
    links = [f"  {a.name}, {a.role}: {sign_in.colleague_link(a)}" for a in team]
    return [
        f"The desk:            {config().base_url}/",
        f"The pretend network: {address}/",
        "Sign in once with one of these, in browsers of their own if you take two:",
        *links,
    ]


def _network(port: int) -> list[str]:
    module = "rejoinder.channels.pretend.server"
    return [sys.executable, "-m", module, "--port", str(port), "--brand", BRAND, "--lively"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _colleague(name: str, email: str, role: Role) -> Advisor:
    found = Advisor.objects.filter(email=email).first()
    return found or Advisor.objects.create_user(email, name=name, role=role)


def _connect(address: str, owner: Advisor) -> Account:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return channels.connect(
                "pretend",
                {"url": address},
                witness=lambda account: audit.line(owner, "connected", account.handle),
            )
        except TroubleError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
