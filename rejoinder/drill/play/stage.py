"""Sets up a desk to play a drill on: the team, an account for each channel, the world's limits."""

from datetime import UTC, datetime
from typing import Any

import httpx
from django.db import transaction
from django.db.models import Q

from rejoinder.budget import rules
from rejoinder.channels import actions as channels
from rejoinder.channels.contract import Limit
from rejoinder.channels.models import Account
from rejoinder.channels.pretend.world import handle
from rejoinder.desk.models import Assignment, PlanSettings
from rejoinder.drill.limits import DAY
from rejoinder.drill.limits import Limit as Rule
from rejoinder.drill.play import control, diary
from rejoinder.drill.play.people import handles
from rejoinder.drill.world import HOUR_S, World
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock
from rejoinder.plumbing.config import config
from rejoinder.team import audit
from rejoinder.team.models import Advisor, Organisation, Role

BRAND = "Northwind Mobile"
PLAYERS = (
    ("Olga Marsh", "olga@example.com", Role.OWNER),
    ("Alice Kay", "alice@example.com", Role.ADVISOR),
    ("Bob Mills", "bob@example.com", Role.ADVISOR),
)
FILES = (diary.FILE, control.RESULT, control.REPORT)  # of one drill
ANY_NUMBER = 1_000_000  # the cap of an account that the world does not limit
PATIENCE = 10.0  # seconds for the pretend network to carry out an order


class RefusedOrderError(Exception):
    """The pretend network does not carry out an order; the message is its own words."""


class Network:
    """Gives orders to the pretend network."""

    def __init__(self, address: str) -> None:
        self._http = httpx.Client(base_url=address, trust_env=False, timeout=PATIENCE)

    def order(self, order: dict[str, Any]) -> str | None:
        """Carry out one; the number of the post it made.

        Raises httpx.HTTPError when it does not answer, RefusedOrderError with its words.
        """
        answer = self._http.post("/control", json=order)
        told = answer.json()
        if answer.status_code != httpx.codes.OK:
            raise RefusedOrderError(told["error"])
        made: str | None = told["id"]
        return made

    def refusals(self) -> list[tuple[float, str]]:
        """When it refused a post for its limits, in seconds since the epoch, and of whom."""
        found = self._http.get("/control").raise_for_status().json()["limited_at"]
        return [(at, account) for at, account in found]


def clear() -> None:
    """Nobody of an earlier drill waits or is held: a network keeps nothing when it ends."""
    for name in FILES:
        (config().data / name).unlink(missing_ok=True)
    now = clock.now()
    with transaction.atomic():
        Assignment.objects.filter(ended_at=None).update(ended_at=now, why="another drill began")
        open_ones = Q(waiting_since__isnull=False) | Q(holder__isnull=False)
        Conversation.objects.filter(open_ones).update(
            waiting_since=None, holder=None, held_at=None, kept_back=None, kept_until=None
        )


def team() -> list[Advisor]:
    """Those who play, the owner first."""
    Organisation.objects.update_or_create(
        pk=1,
        defaults={"name": BRAND, "time_zone": "Europe/London", "set_up_at": clock.now()},
    )
    return [_advisor(name, email, role) for name, email, role in PLAYERS]


def colleagues(world: World) -> list[Advisor]:
    """As many as are ever on duty together."""
    most = max((world.on_duty(hour * HOUR_S) for hour in range(24)), default=0)
    numbers = range(1, most + 1)
    return [_advisor(f"Colleague {n}", f"colleague{n}@example.com", Role.ADVISOR) for n in numbers]


def connect(world: World, address: str, owner: Advisor) -> dict[str, Account]:
    """An account for each channel that people write on, by the world's name for it."""
    shares = {channel.name: channel.share for channel in world.channels}
    return {
        name: _connected(ours, address, owner)
        for ours, name in handles(world, BRAND).items()
        if shares[name] > 0
    }


def limit(world: World, begins: float, accounts: dict[str, Account], network: Network) -> None:
    """The world's limits, on both sides; cuts come to the network at their hour, without a word."""
    first = True
    for name, account in accounts.items():
        found = [rule for rule in world.rules() if rule.account == name]
        some = found or [Rule(name, "a day", ANY_NUMBER, DAY)]
        rules.adopt(account, [_declared(rule) for rule in some])
        for rule in some:
            window = {
                "name": rule.name,
                "cap": rule.cap,
                "seconds": rule.window_s,
                "alignment": rule.alignment,
                "account": account.handle,
            }
            network.order({"limit": {"window": window, "only": first}})
            first = False
            for cut in (one for one in world.cuts if (one.account, one.limit) == (name, rule.name)):
                at = datetime.fromtimestamp(begins + cut.at_h * HOUR_S, UTC).isoformat()
                network.order({"limit": {"window": window | {"cap": cut.cap}, "at": at}})


def plan_for(world: World, owner: Advisor) -> None:
    """The plan knows the shifts of the world."""
    on_duty = [world.on_duty(hour * HOUR_S) for hour in range(24)]
    PlanSettings.objects.update_or_create(
        pk=1, defaults={"advisors": on_duty, "changed_by": owner, "changed_at": clock.now()}
    )


def _advisor(name: str, email: str, role: Role) -> Advisor:
    found = Advisor.objects.filter(email=email).first()
    return found or Advisor.objects.create_user(email, name=name, role=role)


def _connected(name: str, address: str, owner: Advisor) -> Account:
    return channels.connect(
        "pretend",
        # What names the brand without a tag is heard once, by the account that bears its name.
        {"url": address, "handle": name, "watch": "" if name == handle(BRAND) else name},
        witness=lambda account: audit.line(owner, "connected", account.handle),
    )


def _declared(rule: Rule) -> Limit:
    return Limit(name=rule.name, cap=rule.cap, window=rule.window_s, alignment=rule.alignment)
